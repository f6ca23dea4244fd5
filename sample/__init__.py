"""Made-up exports, scrapes and roster results of any size, and the figures that are true of them.

    campaigns, seed ──► make_sample() ──► campaigns_export.csv, scraped/, roster/, truth.json
                    ──► make_weeks() ──► week_001/, week_002/ ...: exports, scrapes, in order
                    ──► evolve_sample() ──► later/, view/: the next export, a filtered view of it

Every kind of flaw in the real files occurs, in similar proportions. Equal arguments give equal
bytes: neither the clock nor the machine matters. The figures of truth.json are counted while the
data is generated, not read back, so a loader that misreads a file cannot agree with them.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from sample.catalogue import Campaign, Catalogue, catalogue_of
from sample.export import write_export
from sample.filtered_view import write_view
from sample.links import url_kind
from sample.next_export import Week, write_later
from sample.output_files import write_truth
from sample.roster_results import ROSTER_LIMIT, RUNS, Roster, write_roster
from sample.scraped_files import ScrapeTally, write_scrapes
from sample.weeks import make_weeks

FILES_PER_CAMPAIGN = 300 / 585

__all__ = ["Campaign", "Catalogue", "evolve_sample", "make_sample", "make_weeks"]


def make_sample(
    out: Path, campaigns: int = 653, seed: int = 1, scraped_files: int | None = None
) -> dict[str, dict | int]:
    """Write a sample into the folder `out` and return the content of its truth.json.

    Creates the folder. Files of another sample are not removed, so give each its own folder.
    `scraped_files` defaults to 300 for every 585 campaigns, at most 20,000 (see `ROSTER_LIMIT`).
    """
    if scraped_files is None:
        scraped_files = round(min(campaigns, ROSTER_LIMIT) * FILES_PER_CAMPAIGN)
    (out / "scraped").mkdir(parents=True, exist_ok=True)
    (out / "roster").mkdir(exist_ok=True)
    catalogue = catalogue_of(seed)
    export = write_export(out / "campaigns_export.csv", catalogue, campaigns)
    roster = write_roster(out / "roster", catalogue, campaigns)
    scrapes = write_scrapes(out / "scraped", catalogue, roster, campaigns, scraped_files)
    found = _campaigns(catalogue, roster.songs, campaigns)
    streamed = {song.number for song in scrapes.streamed.values()}
    truth: dict[str, dict | int] = {
        "made_with": {"campaigns": campaigns, "seed": seed, "scraped_files": scraped_files},
        "export": export.truth(),
        "scrapes": scrapes.truth(),
        "roster": {
            "files": len(RUNS),
            "songs": roster.entries,
            "campaigns_with_sfa_url": sum(map(roster.reaches, found)),
            "tracks": len(roster.songs),
        },
        "campaigns_with_streams": sum(
            _has_streams(campaign, roster, scrapes)
            for campaign in _campaigns(catalogue, streamed, campaigns)
        ),
    }
    write_truth(out, truth)
    return truth


def evolve_sample(out: Path, campaigns: int = 653, seed: int = 1) -> None:
    """Write what follows a sample made with these arguments: the next export and a view of it.

    A matches.tsv beside each has the correct match of every row. The sample itself is neither read
    nor changed.
    """
    catalogue = catalogue_of(seed)
    week = Week(catalogue, campaigns)
    write_later(out / "later", catalogue, week)
    shown = (later.campaign for later in week.rows())
    write_view(out / "view", catalogue, shown, campaigns)


def _campaigns(catalogue: Catalogue, songs: Iterable[int], campaigns: int) -> Iterator[Campaign]:
    """Yield the export's campaigns for these songs."""
    numbers = (number for song in songs if song >= 0 for number in catalogue.campaigns_of(song))
    return (catalogue.campaign(number) for number in numbers if number < campaigns)


def _has_streams(campaign: Campaign, roster: Roster, scrapes: ScrapeTally) -> bool:
    """Whether the SFA URL's track or the URL's track has a stream row."""
    song = campaign.song
    if roster.reaches(campaign) and song.sfa_track_id in scrapes.streamed:
        return True
    return url_kind(campaign.link) == "track" and song.track_id in scrapes.streamed
