"""What the files themselves say, counted without the ledger.

    export (pandas), scraped files, roster results (JSON) ──► count_files() ──► FileCounts

Nothing here comes from the readers that load or from the models: two independent readings are
compared. Rows and cells are counted over all exports; campaigns as the last export has them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from loaders.report import cells
from loaders.report.figures import STATUSES, Value
from loaders.report.frames import is_well_quoted, read_frames
from loaders.report.pages import Pages, Playlist, Rosters, read_pages, read_rosters

if TYPE_CHECKING:
    import pandas as pd

    from loaders.inputs import SourceFile

KINDS = ("export", "scrape", "roster")
PER_ROW = (
    *(f"status_{name}" for name in (*STATUSES, "none")), "with_sfa_url", "with_playlist_data",
    "with_streams", "active_without_playlist_data", "playlist_records",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileCounts:
    """Figures by their names in `loaders.report.figures`, and the files (SHA-256) by kind.

    `is_certain` is False when an export has a quote that is open or astray: where its rows end is
    then a matter of opinion, and what it says is shown beside the ledger but proves nothing.
    """

    figures: dict[str, Value]
    sha256: dict[str, frozenset[str]]
    is_certain: bool = True


def count_files(files: list[SourceFile]) -> FileCounts:
    """Count these files, each content once. Never raises on bad content."""
    known = {file.sha256: file for file in reversed(files)}
    once = [file for file in files if known[file.sha256] is file]
    by_kind = {kind: [file for file in once if file.kind == kind] for kind in KINDS}
    figures: dict[str, Value] = {f"{kind}_files": len(found) for kind, found in by_kind.items()}
    pages = read_pages([file.path for file in by_kind["scrape"]])
    rosters = read_rosters([file.path for file in by_kind["roster"]])
    figures |= {**pages.figures(), "roster_songs": rosters.songs}
    shapes = [file.shape for file in by_kind["export"] if file.shape]
    rows: Counter[str] = Counter(export_rows=0, rows_unreadable=0, cells=0)
    for number, shape in enumerate(shapes, start=1):
        tally = CampaignTally(pages, rosters)
        for piece in read_frames(shape):
            rows["export_rows"] += len(piece.frame) + piece.unreadable
            rows["rows_unreadable"] += piece.unreadable
            rows["cells"] += int(piece.frame.map(lambda cell: bool(cell.strip())).to_numpy().sum())
            if number == len(shapes):
                tally.add(piece.frame)
        if number == len(shapes):
            figures |= tally.figures()
    return FileCounts(
        figures | rows,
        {kind: frozenset(file.sha256 for file in found) for kind, found in by_kind.items()},
        all(map(is_well_quoted, shapes)),
    )


@dataclass
class CampaignTally:
    """Sums over the rows of one export, with what scrapes and rosters know of each."""

    pages: Pages
    rosters: Rosters
    counts: Counter[str] = field(default_factory=Counter)
    different: dict[str, set[str]] = field(default_factory=dict)
    claimed: set[Playlist] = field(default_factory=set)
    price: Decimal = Decimal()

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
        counts["goal"] += sum(map(int, frame["goal"].map(cells.whole_number).dropna()))
        counts["start_dates"] += int(frame["start_date"].map(cells.day).notna().sum())
        counts["last_modified"] += int(frame["last_modified"].map(cells.wall_clock).notna().sum())
        counts.update("status_" + statuses.fillna("none"))
        self.price += sum(frame["sale_price"].map(cells.amount).dropna(), Decimal())
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

    def _note(self, name: str, values: pd.Series) -> None:
        self.different.setdefault(name, set()).update(values)

    def _add_playlists(
        self, name: str, client: str, sfa: str, playlists: str, track: object, status: object
    ) -> None:
        """A campaign's streams are the SFA URL's track's where it was scraped, else its link's."""
        ids = cells.sfa_ids(sfa)
        found = ids[1] if ids else self.rosters.track_of(cells.key(name), cells.key(client))
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
