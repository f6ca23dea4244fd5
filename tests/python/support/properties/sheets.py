"""The agency's list as people change it from week to week, and the exports that are made of it.

    rows ──► edits ──► rows ──► Shape.of() ──► Export ──► write() ──► a CSV file

A row is a dict of the cells that are not empty, by header. An edit names rows by a number that is
taken modulo the length of the list, so that every edit fits every list and shrinks by itself.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path

from hypothesis import strategies as st

from tests.python.support.properties.cells import (
    BOXES,
    CORE,
    HEADERS,
    OTHERS,
    POOLS,
    UNKNOWN_HEADERS,
    meaning,
)

Row = dict[str, str]
LONGEST = 25


@dataclass
class Sheet:
    """The list as it is now, and the rows that were deleted from it."""

    rows: list[Row] = field(default_factory=list)
    gone: list[Row] = field(default_factory=list)

    def copy(self) -> Sheet:
        return Sheet([dict(row) for row in self.rows], list(self.gone))


@dataclass(frozen=True)
class Add:
    row: Row

    def apply(self, sheet: Sheet) -> None:
        sheet.rows.append(dict(self.row))


@dataclass(frozen=True)
class Copy:
    at: int
    to: int

    def apply(self, sheet: Sheet) -> None:
        if sheet.rows:
            row = sheet.rows[self.at % len(sheet.rows)]
            sheet.rows.insert(self.to % (len(sheet.rows) + 1), dict(row))


@dataclass(frozen=True)
class Delete:
    at: int

    def apply(self, sheet: Sheet) -> None:
        if sheet.rows:
            sheet.gone.append(sheet.rows.pop(self.at % len(sheet.rows)))


@dataclass(frozen=True)
class PutBack:
    at: int

    def apply(self, sheet: Sheet) -> None:
        if sheet.gone:
            sheet.rows.append(sheet.gone.pop(self.at % len(sheet.gone)))


@dataclass(frozen=True)
class Move:
    at: int
    to: int

    def apply(self, sheet: Sheet) -> None:
        if sheet.rows:
            row = sheet.rows.pop(self.at % len(sheet.rows))
            sheet.rows.insert(self.to % (len(sheet.rows) + 1), row)


@dataclass(frozen=True)
class TurnAround:
    def apply(self, sheet: Sheet) -> None:
        sheet.rows.reverse()


@dataclass(frozen=True)
class Write:
    at: int
    header: str
    cell: str

    def apply(self, sheet: Sheet) -> None:
        if sheet.rows:
            sheet.rows[self.at % len(sheet.rows)][self.header] = self.cell


@dataclass(frozen=True)
class WriteColumn:
    header: str
    cell: str

    def apply(self, sheet: Sheet) -> None:
        for row in sheet.rows:
            row[self.header] = self.cell


@dataclass(frozen=True)
class Retype:
    """The same words, typed in another way."""

    at: int
    header: str
    manner: str

    def apply(self, sheet: Sheet) -> None:
        if sheet.rows:
            row = sheet.rows[self.at % len(sheet.rows)]
            row[self.header] = MANNERS[self.manner](row.get(self.header, ""))


@dataclass(frozen=True)
class Replace:
    """The list typed anew."""

    rows: tuple[Row, ...]

    def apply(self, sheet: Sheet) -> None:
        sheet.gone += sheet.rows
        sheet.rows = [dict(row) for row in self.rows]


MANNERS: dict[str, Callable[[str], str]] = {
    "blank behind": lambda cell: cell + " ",
    "odd blanks around": lambda cell: f"\u2003{cell}\u00a0",
    "narrow blanks": lambda cell: cell.replace(" ", "\u202f"),
    "two blanks": lambda cell: cell.replace(" ", "  "),
    "upper case": str.upper,
    "lower case": str.lower,
}
CASELESS = ("Campaign", "Client", "Vendor", "Status", "Client Email", "Vendor Email", *BOXES)
# A slash or blank more in a link or a number is another text: only the blanks around it are free.
SPACED = ("Campaign", "Client", "Vendor", "Status", "Notes")
RETYPED = [
    (header, manner)
    for header in POOLS
    for manner in MANNERS
    if (manner in ("blank behind", "odd blanks around"))
    or ("case" in manner and header in CASELESS)
    or ("blanks" in manner and header in SPACED)
]

Edit = Add | Copy | Delete | PutBack | Move | TurnAround | Write | WriteColumn | Retype | Replace


@dataclass(frozen=True)
class Export:
    """A file: its headers in order, its records, whether a person calls it a view, its writing."""

    headers: tuple[str, ...]
    records: tuple[tuple[str, ...], ...]
    is_called_view: bool = False
    has_mark: bool = False
    delimiter: str = ","

    @property
    def is_view(self) -> bool:
        """As the contract says: it lacks columns of the list and has others; or it was said."""
        has_others = bool(set(self.headers) & set(UNKNOWN_HEADERS))
        return self.is_called_view or (has_others and bool(set(HEADERS) - set(self.headers)))

    @property
    def campaigns(self) -> dict[int, Row]:
        """The rows that are campaigns, every cell of the file in them, by number; the header is 1.

        Others are rejected: without a name, or with a cell too many.
        """
        rows = {}
        for number, record in enumerate(self.records, 2):
            row = dict(zip(self.headers, record, strict=False))
            if len(record) == len(self.headers) and row["Campaign"].strip():
                rows[number] = row
        return rows

    def write(self, path: Path) -> Path:
        encoding = "utf-8-sig" if self.has_mark else "utf-8"
        with path.open("w", encoding=encoding, newline="") as file:
            writer = csv.writer(file, delimiter=self.delimiter)
            writer.writerow(self.headers)
            writer.writerows(self.records)
        return path


@dataclass(frozen=True, repr=False)
class Shape:
    """How an export shows the list."""

    lacks: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()
    every: int = 1  # a filter shows every so-many-th row
    is_called_view: bool = False
    turned: int = 0  # columns are in another order
    broken: int | None = None  # a record with a cell too many, and where
    has_mark: bool = False
    delimiter: str = ","

    def __repr__(self) -> str:
        names = [each.name for each in fields(self)]
        odd = [name for name in names if getattr(self, name) != getattr(Shape, name)]
        return f"Shape({', '.join(f'{name}={getattr(self, name)!r}' for name in odd)})"

    def of(self, sheet: Sheet) -> Export:
        """The export of a list, never without a record."""
        headers = [name for name in (*HEADERS, *self.others) if name not in self.lacks]
        turned = self.turned % len(headers)
        headers = headers[turned:] + headers[:turned]
        rows = sheet.rows[:: self.every]
        records = [tuple(row.get(header, "") for header in headers) for row in rows]
        if self.broken is not None or not records:
            too_long = ("x",) * (len(headers) + 1)
            records.insert((self.broken or 0) % (len(records) + 1), too_long)
        how = (self.is_called_view, self.has_mark, self.delimiter)
        return Export(tuple(headers), tuple(records), *how)


def _cells(pools: dict[str, tuple[str, ...]]) -> st.SearchStrategy[tuple[str, str]]:
    return st.sampled_from([(header, cell) for header, pool in pools.items() for cell in pool])


places = st.integers(0, LONGEST)
# Rows that little tells apart: which is which is often a tie.
twins = st.fixed_dictionaries(
    {"Campaign": st.sampled_from(["Luna - Tide", "Solo"])},
    optional={name: st.sampled_from(POOLS[name]) for name in ("Goal", "Vendor", "Status", "Notes")},
)
twin_lists = st.lists(twins, min_size=4, max_size=12)
core_rows = st.fixed_dictionaries({name: st.sampled_from(pool) for name, pool in CORE.items()})
other_cells = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(pool) for name, pool in OTHERS.items()}
)
list_rows = st.builds(
    lambda core, others: {name: cell for name, cell in {**core, **others}.items() if cell},
    core_rows,
    other_cells,
)
some_cells = st.one_of(_cells(CORE), _cells(POOLS))
unreadable_cells = _cells(
    {
        name: tuple(cell for cell in pool if cell and not meaning(name, cell))
        for name, pool in POOLS.items()
        if name not in UNKNOWN_HEADERS
    }
)
edits = st.one_of(
    st.builds(lambda at, cell: Write(at, *cell), places, some_cells),
    st.builds(lambda at, how: Retype(at, *how), places, st.sampled_from(RETYPED)),
    st.builds(Copy, places, places),
    st.builds(Delete, places),
    st.builds(PutBack, places),
    st.builds(Move, places, places),
    st.builds(Add, list_rows),
    st.builds(
        WriteColumn, st.sampled_from([name for name in POOLS if name != "Campaign"]), st.just("")
    ),
    st.builds(lambda cell: WriteColumn(*cell), st.one_of(_cells(POOLS), unreadable_cells)),
    st.builds(TurnAround),
    st.builds(Replace, st.tuples(twins, twins, twins, twins)),
)
edit_lists = st.one_of(
    st.lists(edits, min_size=1, max_size=12),
    st.builds(lambda rows: [Replace(tuple(rows))], twin_lists),
)
writings = st.builds(
    Shape,
    others=st.just(UNKNOWN_HEADERS),
    turned=places,
    has_mark=st.booleans(),
    delimiter=st.sampled_from(",;\t"),
)
lacking = st.sampled_from([name for name in HEADERS if name != "Campaign"])
views = st.builds(
    Shape,
    lacks=st.frozensets(lacking, min_size=1, max_size=6),
    others=st.sampled_from([UNKNOWN_HEADERS[:1], UNKNOWN_HEADERS]),
    every=st.integers(1, 3),
    turned=places,
)
odd_shapes = st.builds(
    Shape,
    lacks=st.frozensets(lacking, max_size=6),
    every=st.integers(1, 3),
    is_called_view=st.booleans(),
    turned=places,
    broken=st.none() | places,
)
shapes = st.one_of(st.just(Shape()), views, odd_shapes, writings)


@st.composite
def sheets(draw: st.DrawFn, smallest: int = 0) -> Sheet:
    """A list of rows of all kinds, long ones as often as short ones, or of rows much alike."""
    if draw(st.booleans()):
        return Sheet([dict(row) for row in draw(twin_lists)])
    length = draw(st.integers(smallest, LONGEST))
    return Sheet([draw(list_rows) for _ in range(length)])
