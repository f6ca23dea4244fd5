"""Sums over the campaigns of one export, as its own cells give them.

rows of an export, Scrapes, Rosters ──► CampaignTally ──► figures by name
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, TypedDict

from loaders import cell_rules, claim_rules, link_rules
from loaders.files.staging_schema import EXPORT_COLUMNS
from playledger.audit import seed_rules
from playledger.audit.column_tally import ColumnTally
from playledger.audit.figures import STATUSES, Value
from playledger.audit.roster_files import Rosters
from playledger.audit.scraped_files import Playlist, Scrapes

if TYPE_CHECKING:
    import pandas as pd

PER_ROW = (
    *(f"status_{name}" for name in (*STATUSES, "none")), "with_sfa_url", "with_playlist_data",
    "with_streams", "active_without_playlist_data", "playlist_records",
)  # fmt: skip


class CampaignFacts(TypedDict):
    """The figures of an export's campaigns, an amount as text; which of them rest on a column that
    nobody can read; and whether one campaign has two SFA URLs.
    """

    figures: dict[str, int | str]
    unread: list[str]
    has_two_pages: bool


@dataclass
class CampaignTally:
    """Sums over the rows of one export, with what scrapes and rosters say of each.

    `columns` has the numbers and boxes, `different` the keys of names, `claimed` and `observed` the
    playlists of all campaigns; `has_two_pages` says that one campaign has two SFA URLs.
    """

    scrapes: Scrapes
    rosters: Rosters
    counts: Counter[str] = field(default_factory=Counter)
    different: dict[str, set[str]] = field(default_factory=dict)
    claimed: set[Playlist] = field(default_factory=set)
    observed: set[Playlist] = field(default_factory=set)
    columns: ColumnTally = field(default_factory=ColumnTally)
    has_two_pages: bool = False

    def add(self, frame: pd.DataFrame) -> None:
        """Add some rows; all of staging's columns are there."""
        read = {name: frame[name].tolist() for name in EXPORT_COLUMNS}
        clients = [cell_rules.text_keys(seed_rules.client_names(cell)) for cell in read["client"]]
        vendors = [cell_rules.text_key(seed_rules.vendor_name(cell)) for cell in read["vendor"]]
        statuses = [seed_rules.status(cell) for cell in read["status"]]
        read["url"] = [cell if cell_rules.is_read("url", cell) else "" for cell in read["url"]]
        tracks = [link_rules.track_id(cell) for cell in read["url"]]
        self.counts.update(f"status_{status or 'none'}" for status in statuses)
        self.counts.update(
            campaigns=len(frame),
            campaign_clients=sum(map(len, clients)),
            without_client=clients.count(()),
            with_vendor=len(vendors) - vendors.count(""),
            with_url=sum(bool(cell.strip()) for cell in read["url"]),
            with_track=len(tracks) - tracks.count(None),
        )
        self.columns.add(frame)
        self._note("client_labels", map(cell_rules.single_line, read["client"]))
        self._note("clients", chain.from_iterable(clients))
        self._note("vendors", vendors)
        self._note(
            "salespeople", chain.from_iterable(map(seed_rules.people_keys, read["salesperson"]))
        )
        self._note("tracks", filter(None, tracks))
        columns = (read[column] for column in ("campaign", "client", "url", "sfa", "playlists"))
        for name, client, url, sfa, playlists, track, status in zip(
            *columns, tracks, statuses, strict=True
        ):
            self._add_playlists(name, client, (sfa, url), playlists, track, status)

    def figures(self) -> dict[str, Value]:
        """The figures of the account that rest on an export."""
        observed = self.scrapes.numbers.keys() | self.observed
        return {
            **dict.fromkeys(PER_ROW, 0),
            **self.counts,
            **{name: len(found - {""}) for name, found in self.different.items()},
            **self.columns.figures(),
            "claimed_playlists": len(self.claimed - observed),
        }

    def facts(self) -> CampaignFacts:
        """What is kept of an export, with these scrapes and rosters."""
        return CampaignFacts(
            figures={
                name: str(value) if isinstance(value, Decimal) else value
                for name, value in self.figures().items()
            },
            unread=sorted(self.columns.unread_figures()),
            has_two_pages=self.has_two_pages,
        )

    def _note(self, name: str, found: Iterable[str]) -> None:
        self.different.setdefault(name, set()).update(found)

    def _add_playlists(
        self,
        name: str,
        client: str,
        links: tuple[str, str],
        playlists: str,
        track: str | None,
        status: str | None,
    ) -> None:
        """Add its playlists, as `Scrapes.of_campaign` has them."""
        campaign = cell_rules.text_key(name), cell_rules.text_key(client)
        ids = next(filter(None, map(link_rules.sfa_ids, links)), None)
        accepted = seed_rules.accepted_pages().get(campaign)
        pages = [accepted, ids[1] if ids else None, self.rosters.track_of(*campaign)]
        found = next(filter(None, pages), None)
        self.has_two_pages |= len({*pages} - {None}) > 1
        observed = set(map(self.scrapes.resolve, self.scrapes.of_campaign(found, track)))
        names = cell_rules.text_keys(claim_rules.claimed_playlists(playlists))
        claims = (self.scrapes.claim(claim, (found, track)) for claim in names)
        claimed = set(map(self.scrapes.resolve, claims))
        either = any(map(self.scrapes.seen_on, (found, track)))
        self.claimed |= claimed
        self.observed |= observed
        self.counts["with_sfa_url"] += found is not None
        self.counts["reviewed_sfa_urls"] += accepted is not None
        self.counts["with_playlist_data"] += bool(observed)
        self.counts["with_streams"] += either
        self.counts["active_without_playlist_data"] += status == "active" and not observed
        self.counts["playlist_records"] += len(observed | claimed)
