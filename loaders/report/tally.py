"""Sums over the campaigns of one export, as its own cells give them.

frames of an export, Pages, Rosters ──► CampaignTally ──► figures by their names
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from loaders.report import cells, values
from loaders.report.figures import STATUSES, Value
from loaders.report.pages import Pages, Playlist
from loaders.report.rosters import Rosters

if TYPE_CHECKING:
    import pandas as pd

PER_ROW = (
    *(f"status_{name}" for name in (*STATUSES, "none")), "with_sfa_url", "with_playlist_data",
    "with_streams", "active_without_playlist_data", "playlist_records",
)  # fmt: skip


@dataclass
class CampaignTally:
    """Sums over the rows of one export, with what scrapes and rosters know of each."""

    pages: Pages
    rosters: Rosters
    counts: Counter[str] = field(default_factory=Counter)
    different: dict[str, set[str]] = field(default_factory=dict)
    claimed: set[Playlist] = field(default_factory=set)
    price: Decimal = Decimal()
    has_two_pages: bool = False

    def add(self, frame: pd.DataFrame) -> None:
        """Add some rows."""
        counts = self.counts
        clients = frame["client"].map(cells.client_names).map(cells.keys_of)
        vendors = frame["vendor"].map(cells.vendor_name).map(cells.key)
        statuses = frame["status"].map(cells.status)
        tracks = frame["url"].map(cells.track_id)
        counts["campaigns"] += len(frame)
        counts["campaign_clients"] += int(clients.map(len).sum())
        counts["without_client"] += int((clients.map(len) == 0).sum())
        counts["with_vendor"] += int((vendors != "").sum())
        counts["with_url"] += int((frame["url"].map(cells.folded) != "").sum())
        counts["with_track"] += int(tracks.notna().sum())
        counts["goal"] += sum(map(int, frame["goal"].map(values.whole_number).dropna()))
        counts["start_dates"] += int(frame["start_date"].map(values.day).notna().sum())
        counts["last_modified"] += int(frame["last_modified"].map(values.wall_clock).notna().sum())
        counts.update("status_" + statuses.fillna("none"))
        self.price += sum(frame["sale_price"].map(values.amount).dropna(), Decimal())
        self._note("client_labels", frame["client"].map(cells.folded))
        self._note("clients", clients.explode().dropna())
        self._note("vendors", vendors)
        self._note("salespeople", frame["salesperson"].map(cells.people_keys).explode().dropna())
        self._note("tracks", tracks.dropna())
        columns = ("campaign", "client", "sfa", "playlists")
        for name, client, sfa, playlists, track, status in zip(
            *(frame[column] for column in columns), tracks, statuses, strict=True
        ):
            self._add_playlists(name, client, sfa, playlists, track, status)

    def figures(self) -> dict[str, Value]:
        """The figures of the account that an export tells."""
        observed = self.pages.numbers.keys()
        return {
            **dict.fromkeys(PER_ROW, 0),
            **self.counts,
            **{name: len(found - {""}) for name, found in self.different.items()},
            "sale_price": self.price,
            "claimed_playlists": len(self.claimed - observed),
        }

    def _note(self, name: str, found: pd.Series) -> None:
        self.different.setdefault(name, set()).update(found)

    def _add_playlists(
        self, name: str, client: str, sfa: str, playlists: str, track: object, status: object
    ) -> None:
        """A campaign's streams are the SFA URL's track's where it was scraped, else its link's."""
        ids = cells.sfa_ids(sfa)
        listed = self.rosters.track_of(cells.key(name), cells.key(client))
        found = ids[1] if ids else listed
        self.has_two_pages |= found != (listed or found)
        source = found if found in self.pages.songs else track
        observed = self.pages.playlists.get(source, set())
        claimed = {self.pages.claim(claim) for claim in cells.claimed_names(playlists)}
        either = any(self.pages.playlists.get(one) for one in (found, track))
        self.claimed |= claimed
        self.counts["with_sfa_url"] += found is not None
        self.counts["with_playlist_data"] += bool(observed)
        self.counts["with_streams"] += either
        self.counts["active_without_playlist_data"] += status == "active" and not observed
        self.counts["playlist_records"] += len(observed | claimed)
