"""The profile of an export, without a database: totals, and which campaigns need an SFA URL.

    export.csv, roster results ──► profile_export() ──► Profile ──► console, JSON

A campaign needs one while it is active or complete, its SFA cell holds no link, no roster result
has found one and no person has accepted one.
"""

from collections import Counter
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path

import pandas as pd

from loaders import cell_rules, claim_rules, link_rules
from loaders.errors import UserError
from loaders.files.export import DELIMITERS, inspect_export
from loaders.files.last_modified import Order
from loaders.files.other_lists import evidence_of_other_list
from loaders.files.staging_schema import EXPORT_COLUMNS
from playledger.audit import seed_rules
from playledger.audit.column_tally import FIGURES, ColumnTally, Unread
from playledger.audit.date_columns import DATE_COLUMNS, DateTally
from playledger.audit.export_form import find_form
from playledger.audit.export_frames import read_frames
from playledger.audit.roster_files import Rosters, read_roster

COLUMNS = [
    "campaign", "client", "salesperson", "url", "status", "vendor", "playlists", *FIGURES,
    *DATE_COLUMNS,
]  # fmt: skip
NEEDS_PAGE = {"active", "complete"}


@dataclass(frozen=True, slots=True)
class Needed:
    """A campaign that needs an SFA URL; `row` counts as a spreadsheet does."""

    row: int
    campaign: str
    client: str
    url: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What one export holds; `by_...` are numbers of campaigns by name, most first.

    `unread_cells` are the columns of numbers, prices and boxes in which cells could not be read,
    `dates` the cells of each date column.
    """

    file_name: str
    encoding: str
    delimiter: str
    missing_columns: list[str]
    unknown_columns: list[str]
    other_list: list[str]
    rows: int
    unreadable_rows: int
    is_well_quoted: bool
    campaigns: int
    names: int
    clients: int
    client_labels: int
    vendors: int
    salespeople: int
    tracks: int
    goal: int
    sale_price: Decimal
    unread_cells: list[Unread]
    by_status: dict[str, int]
    by_vendor: dict[str, int]
    by_client: dict[str, int]
    by_url_kind: dict[str, int]
    by_link_doubt: dict[str, int]
    date_order: Order | None
    dates: dict[str, DateTally]
    claims: int
    unread_claim_lines: int
    needs_sfa_url: list[Needed]

    def as_json(self) -> dict[str, object]:
        """Plain values; the sum of prices is text, so that it stays exact."""
        return {**asdict(self), "sale_price": str(self.sale_price)}


def profile_export(
    path: Path,
    roster: list[Path] | None = None,
    encoding: str | None = None,
    date_order: Order | None = None,
) -> Profile:
    """The profile of an export; UserError when the file is none.

    `roster` are roster results: campaigns for which they found a page need none. `encoding` (by
    Python's name) and `date_order` are what a person says of the file, whatever it shows.
    """
    shape = inspect_export(path, encoding)
    form = find_form(path, encoding)
    if form is None:
        raise UserError(f"{path.name} has no column `Campaign` that two readers find.")
    frames = [(each.rows[COLUMNS], each.unreadable) for each in read_frames(form)]
    frame = pd.concat([rows for rows, _ in frames])
    unreadable = sum(unreadable for _, unreadable in frames)
    statuses = frame["status"].map(seed_rules.status)
    columns = ColumnTally()
    columns.add(frame)
    rosters = Rosters()
    for result in roster or ():
        rosters.add(read_roster(result))
    by_client = _count(frame["client"].map(seed_rules.client_names).explode())
    by_vendor = _count(frame["vendor"].map(seed_rules.vendor_name))
    return Profile(
        file_name=path.name,
        encoding=shape.encoding.label,
        delimiter=DELIMITERS[shape.delimiter],
        missing_columns=[
            EXPORT_COLUMNS[one] for one in EXPORT_COLUMNS if one not in shape.positions
        ],
        unknown_columns=list(shape.unknown),
        other_list=evidence_of_other_list(shape),
        rows=len(frame) + unreadable,
        unreadable_rows=unreadable,
        is_well_quoted=form.is_well_quoted,
        campaigns=len(frame),
        names=frame["campaign"].map(cell_rules.text_key).nunique(),
        clients=len(by_client),
        client_labels=len(set(frame["client"].map(cell_rules.single_line)) - {""}),
        vendors=len(by_vendor),
        salespeople=frame["salesperson"].map(seed_rules.people_keys).explode().nunique(),
        tracks=frame["url"].map(link_rules.track_id).nunique(),
        goal=int(columns.sums["goal"]),
        sale_price=Decimal(columns.sums["sale_price"]),
        unread_cells=columns.unread_columns(),
        by_status=_count(statuses),
        by_vendor=by_vendor,
        by_client=by_client,
        by_url_kind=_count(frame["url"].map(link_rules.url_kind)),
        by_link_doubt=_count(frame["url"].map(link_rules.link_doubt)),
        date_order=date_order,
        dates=_dates(frame),
        claims=sum(map(len, frame["playlists"].map(claim_rules.claimed_playlists))),
        unread_claim_lines=sum(map(len, frame["playlists"].map(claim_rules.unread_lines))),
        needs_sfa_url=_needed(frame[statuses.isin(NEEDS_PAGE)], rosters),
    )


def _dates(frame: pd.DataFrame) -> dict[str, DateTally]:
    """The date columns by header, those without a filled cell left out."""
    tallies = {column: DateTally() for column in DATE_COLUMNS}
    for column, tally in tallies.items():
        tally.add(frame[column])
    return {EXPORT_COLUMNS[name]: tally for name, tally in tallies.items() if tally.cells}


def _count(names: pd.Series) -> dict[str, int]:
    """Rows by name, most first; a name as most rows spell it, without empty cells."""
    times: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for name, count in Counter(names.dropna()).most_common():
        times[cell_rules.text_key(name)] += count
        spelled.setdefault(cell_rules.text_key(name), name)
    return {spelled[key]: count for key, count in times.most_common() if key}


def _needed(frame: pd.DataFrame, rosters: Rosters) -> list[Needed]:
    """The campaigns without an SFA URL of their own, from a search, or accepted by a person."""
    columns = (frame[column] for column in ("campaign", "client", "url", "sfa"))
    accepted = seed_rules.accepted_pages()
    needed = []
    for row, campaign, client, url, sfa in zip(frame.index, *columns, strict=True):
        names = cell_rules.text_key(campaign), cell_rules.text_key(client)
        pages = link_rules.sfa_ids(sfa) or link_rules.sfa_ids(url)
        if not (pages or rosters.track_of(*names) or accepted.get(names)):
            needed.append(Needed(int(row), *map(cell_rules.single_line, (campaign, client, url))))
    return needed
