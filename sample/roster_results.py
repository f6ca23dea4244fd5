"""The three roster results, and which campaigns they give an SFA URL.

    Catalogue, number of campaigns ──► write_roster() ──► three JSON files, Roster

A label is a whole Client cell. Each run looks up some of the labels and finds some of the songs;
later runs find more and miss a few.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from sample import observed_frequencies as observed
from sample.catalogue import Campaign, Catalogue, Song
from sample.csv_cells import RowFormatter
from sample.names import Names
from sample.seeded_random import Deck, rng_for

ROSTER_LIMIT = 39_000  # campaigns in the roster and in 20,000 scraped files, at most
UNLISTED_SONG_EVERY = 5  # every fifth label has a song without a campaign in the export


@dataclass(frozen=True, slots=True)
class Run:
    """One run: the shares of labels that it looks up, and the range of songs that it finds."""

    stamp: str  # in the file's name
    scraped_at: str
    found_labels: float = 1.0
    other_labels: float = 1.0
    songs: tuple[float, float] = (0.0, 0.9)


RUNS = (
    Run("20251020_171210", "2025-10-20T16:41:03.512077", 0.86, 0.36, (0.0, 0.68)),
    Run("20251020_212905", "2025-10-20T20:58:47.930412", 0.92, 0.38, (0.0, 0.78)),
    Run("20251021_022617", "2025-10-21T01:13:25.104366", songs=(0.05, 0.9)),
)


@dataclass
class Roster:
    """The content of all three results."""

    entries: int = 0
    songs: dict[int, Song] = field(default_factory=dict)
    reached: set[tuple[int, tuple[int, ...]]] = field(default_factory=set)  # (song, clients)

    def reaches(self, campaign: Campaign) -> bool:
        """Whether an SFA URL was found for the campaign's name and Client cell."""
        return (campaign.song.number, campaign.clients) in self.reached

    def add(self, song: Song, clients: tuple[int, ...] = ()) -> None:
        """Count one entry; without clients it has no campaign in the export."""
        self.entries += 1
        self.songs[song.number] = song
        if clients:
            self.reached.add((song.number, clients))


def write_roster(folder: Path, catalogue: Catalogue, campaigns: int) -> Roster:
    """Write the results of the three runs."""
    rows = map(catalogue.campaign, range(min(campaigns, ROSTER_LIMIT)))
    labels, roster = _by_label(catalogue, rows), Roster()
    for run in RUNS:
        _write_run(folder, catalogue, run, labels, roster)
    return roster


def write_result(
    folder: Path, catalogue: Catalogue, run: Run, rows: Iterable[Campaign], roster: Roster
) -> None:
    """Write the result of one run that looks up the labels of these campaigns; add to `roster`."""
    _write_run(folder, catalogue, run, _by_label(catalogue, rows), roster)


def _write_run(
    folder: Path, catalogue: Catalogue, run: Run, labels: dict[str, list[Campaign]], roster: Roster
) -> None:
    on_roster = Deck(catalogue.seed, "on roster", observed.ON_ROSTER)
    clients: dict[str, dict] = {}
    for place, (label, rows) in enumerate(labels.items()):
        draw = rng_for(catalogue.seed, "label", label).random()
        is_found = on_roster[rows[0].clients[0]]
        if draw > (run.found_labels if is_found else run.other_labels):
            continue
        if not is_found:
            clients[label] = _result(len(rows), 0)
            continue
        songs = [(row.song, row) for row in rows if _finds(run, row.song, catalogue.seed)]
        for song, row in songs:
            roster.add(song, row.clients)
        if place % UNLISTED_SONG_EVERY == 0:
            songs.append((catalogue.song(-1 - place), rows[0]))
            roster.add(songs[-1][0])
        entries = [_song(song, label, row, catalogue.names) for song, row in songs]
        clients[label] = _result(len(rows), len(songs) + int(draw * 60), entries)
    _write(folder / f"roster_scraping_results_{run.stamp}.json", run, clients)


def _finds(run: Run, song: Song, seed: int) -> bool:
    """Whether this run found the song; no run finds one song in ten."""
    first, last = run.songs
    return first <= rng_for(seed, "roster song", song.number).random() < last


def _by_label(catalogue: Catalogue, campaigns: Iterable[Campaign]) -> dict[str, list[Campaign]]:
    formatter = RowFormatter(catalogue)
    labels: dict[str, list[Campaign]] = {}
    for campaign in campaigns:
        if campaign.clients:
            labels.setdefault(formatter.client_cell(campaign).strip(), []).append(campaign)
    return labels


def _song(song: Song, label: str, campaign: Campaign, names: Names) -> dict[str, object]:
    return {
        "campaign": " ".join(song.name.split()),
        "client": label,
        "artist": song.artist,
        "song": song.title,
        "sfa_url": song.sfa_url,
        "track_id": song.sfa_track_id,
        "goal": campaign.goal or 0,
        "vendor": "" if campaign.vendor is None else names.vendors[campaign.vendor],
    }


def _result(campaigns: int, found: int, songs: list[dict] | None = None) -> dict[str, object]:
    counts = {"roster_songs_found": found, "matched_songs": len(songs or ())}
    outcome = (
        {"status": "no_roster_songs"} if songs is None else {"songs": songs, "status": "success"}
    )
    return {"campaigns": campaigns, **counts, **outcome}


def _write(path: Path, run: Run, clients: dict[str, dict]) -> None:
    document = {
        "scraped_at": run.scraped_at,
        "total_campaigns": sum(result["campaigns"] for result in clients.values()),
        "total_clients": len(clients),
        "clients": clients,
    }
    path.write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2))
