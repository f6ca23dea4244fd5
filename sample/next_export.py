"""The agency's next export of the same list, a week later, and the match of every row.

    Catalogue, number of campaigns ──► Week ──► write_later() ──► export, matches, truth

`matches.tsv` has for each row of the later export the row of the same campaign in the first one (as
a spreadsheet counts, the header being row 1) and the kinds of edits; a new campaign has no known
row, and its kind in place of the edits. A week's streams are not an edit: they change Remaining,
Daily and Weekly of active campaigns, but not Last Modified. A campaign without either has the same
cells to the byte.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sample.catalogue import Campaign, Catalogue
from sample.csv_cells import HEADER, RowFormatter
from sample.edits import DIFFERENCES, EDITS, differences, edit
from sample.export import ExportTally
from sample.new_campaigns import new_campaigns
from sample.output_files import open_csv, write_truth
from sample.schedule import EXPORTED_AT, WEEK, advance_progress, modified_within
from sample.seeded_random import rng_for
from sample.weekly_draw import draw_campaigns

FIRST_ROW = 2  # of a spreadsheet, below the header
SHARE_MOVED, SHARE_ON_TOP = 0.3, 0.6  # of known rows that move, of new ones above all others


@dataclass(frozen=True, slots=True)
class LaterRow:
    """One campaign of the later export; `known` is its number in the first, None if new."""

    campaign: Campaign
    known: int | None
    edits: tuple[str, ...]  # of a new one, its kind
    has_streamed: bool = False


class Week:
    """The campaigns of one export after a week."""

    def __init__(self, catalogue: Catalogue, campaigns: int) -> None:
        self._catalogue, self._campaigns = catalogue, campaigns
        drawn = draw_campaigns(catalogue, campaigns)
        self.deleted = frozenset(drawn["deleted"])
        self._edits: defaultdict[int, list[str]] = defaultdict(list)
        for kind in EDITS:
            for number in drawn[kind]:
                self._edits[number].append(kind)
        self._new = [
            LaterRow(campaign, None, (kind,))
            for kind, campaign in new_campaigns(catalogue, campaigns, drawn, self.campaign)
        ]

    def campaign(self, number: int) -> Campaign:
        """Return a known campaign after the week."""
        return self._later(number).campaign

    def rows(self) -> Iterator[LaterRow]:
        """Yield the rows of the later export in its order: new ones on top or mixed in."""
        places: list[tuple[float, int, LaterRow | None]] = [
            (self._place_of_new(new.campaign.number), -order, new)
            for order, new in enumerate(self._new, 1)
        ]
        places += [
            (self._place(number), number, None)
            for number in range(self._campaigns)
            if number not in self.deleted
        ]
        for _, number, new in sorted(places, key=lambda entry: entry[:2]):
            yield self._later(number) if new is None else new

    def _later(self, number: int) -> LaterRow:
        before, seed = self._catalogue.campaign(number), self._catalogue.seed
        after = before
        for kind in self._edits.get(number, ()):
            after = edit(kind, after, self._catalogue)
        edits = tuple(differences(before, after))
        rng = rng_for(seed, "week", number)
        if edits:
            after = replace(after, modified=modified_within(EXPORTED_AT, WEEK, rng))
        if before.status == after.status == "Active":
            after = replace(after, progress=advance_progress(before.progress, WEEK.days, rng))
        return LaterRow(after, number, edits, before.progress != after.progress)

    def _place(self, number: int) -> float:
        rng = rng_for(self._catalogue.seed, "place", number)
        is_moved = rng.random() < SHARE_MOVED
        return rng.random() * self._campaigns if is_moved else float(number)

    def _place_of_new(self, number: int) -> float:
        rng = rng_for(self._catalogue.seed, "place", number)
        is_on_top = rng.random() < SHARE_ON_TOP
        return -rng.random() if is_on_top else rng.random() * self._campaigns


def write_later(folder: Path, catalogue: Catalogue, week: Week) -> None:
    """Write the later export, its matches.tsv and its truth.json."""
    folder.mkdir(parents=True, exist_ok=True)
    formatter, tally = RowFormatter(catalogue), ExportTally()
    counts, edited, new = Counter[str](), Counter[str](), Counter[str]()
    header = ("row", "known_row", "edits")
    with (
        open_csv(folder / "campaigns_export.csv", HEADER) as export,
        open_csv(folder / "matches.tsv", header, "excel-tab") as matches,
    ):
        for row, later in enumerate(week.rows(), FIRST_ROW):
            cells = formatter.row(later.campaign)
            export.writerow(cells)
            tally.add(later.campaign, cells)
            known_row = "" if later.known is None else later.known + FIRST_ROW
            matches.writerow((row, known_row, "; ".join(later.edits)))
            counts["new" if later.known is None else "known"] += 1
            counts["streamed"] += later.has_streamed
            (new if later.known is None else edited).update(later.edits)
    truth = {
        "export": tally.truth(),
        "known": counts["known"],
        "new": counts["new"],
        "new_kinds": dict(new),
        "deleted": len(week.deleted),
        "edits": {kind: edited[kind] for kind in DIFFERENCES},
        "streamed": counts["streamed"],
    }
    write_truth(folder, truth)
