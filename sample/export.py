"""The campaign export, and the figures that a correct load must find in it.

    Catalogue, number of campaigns ──► write_export() ──► campaigns_export.csv, ExportTally

The tally counts the generated values, never the written text.
"""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from sample.catalogue import Campaign, Catalogue
from sample.csv_cells import HEADER, RowFormatter, dollars
from sample.links import url_kind
from sample.observed_frequencies import CANONICAL_STATUS
from sample.output_files import open_csv

URL_KINDS = ("track", "album", "artist", "playlist", "other", "none")
COUNTED = (
    "rows", "cells", "campaign_clients", "campaigns_without_client", "campaigns_with_vendor",
    "goal", "start_dates", "last_modified",
)  # fmt: skip
DISTINCT = (
    "client_labels", "clients", "vendors", "salespeople", "tracks", "claimed_playlists",
    "claimed_links",
)  # fmt: skip


@dataclass
class ExportTally:
    """The figures of one export; distinct things are kept by number, labels and tracks as text.

    A track is kept by its id, since an edit can change the track of a song's link.
    """

    counts: Counter[str] = field(default_factory=Counter)
    url_kinds: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    distinct: dict[str, set[int | str]] = field(
        default_factory=lambda: {kind: set() for kind in DISTINCT}
    )

    def add(self, campaign: Campaign, row: list[str]) -> None:
        """Count one campaign and its cells."""
        self.counts.update(
            rows=1,
            cells=sum(cell != "" for cell in row),
            campaign_clients=len(campaign.clients),
            campaigns_without_client=not campaign.clients,
            campaigns_with_vendor=campaign.vendor is not None,
            goal=campaign.goal or 0,
            cents=campaign.cents or 0,
            start_dates=campaign.start is not None,
            last_modified=campaign.modified is not None,
        )
        self.statuses[CANONICAL_STATUS.get(campaign.status, campaign.status.lower())] += 1
        self.url_kinds[url_kind(campaign.link)] += 1
        distinct = self.distinct
        if campaign.clients:
            distinct["client_labels"].add(row[1].strip())
        distinct["clients"].update(campaign.clients)
        distinct["salespeople"].update(campaign.salespeople)
        if campaign.vendor is not None:
            distinct["vendors"].add(campaign.vendor)
        if url_kind(campaign.link) == "track":
            distinct["tracks"].add(campaign.song.track_id)
        for claim in campaign.claims:
            if claim.playlist is not None:
                distinct["claimed_playlists"].add(claim.playlist)
            else:
                distinct["claimed_links"].add(claim.link)

    def truth(self) -> dict[str, object]:
        """Return the figures under their names in truth.json."""
        return {
            **{name: self.counts[name] for name in COUNTED},
            **{name: len(self.distinct[name]) for name in DISTINCT},
            "campaigns": self.counts["rows"],
            "status": dict(self.statuses),
            "url_kind": {kind: self.url_kinds[kind] for kind in URL_KINDS},
            "campaigns_with_track": self.url_kinds["track"],
            "sale_price": dollars(self.counts["cents"]),
        }


def write_export(path: Path, catalogue: Catalogue, campaigns: int) -> ExportTally:
    """Write the export as Airtable does: a BOM, LF line ends, quotes only where needed."""
    formatter, tally = RowFormatter(catalogue), ExportTally()
    with open_csv(path, HEADER) as export:
        for campaign in map(catalogue.campaign, range(campaigns)):
            row = formatter.row(campaign)
            export.writerow(row)
            tally.add(campaign, row)
    return tally
