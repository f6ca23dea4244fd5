"""The agency's list, edited from week to week, and the exports made from it.

    rows ──► edits ──► rows ──► Shape.of() ──► Export ──► write() ──► a CSV file

A row is a dict of its filled cells by header. An edit refers to a row by an index modulo the length
of the list, so that every edit applies to every list, and Hypothesis can shrink both.
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
    expected_values,
)

Row = dict[str, str]
LONGEST = 25


@dataclass
class Sheet:
    """The list's rows, and the rows that were deleted from it."""

    rows: list[Row] = field(default_factory=list)
    deleted: list[Row] = field(default_factory=list)

    def copy(self) -> Sheet:
        return Sheet([dict(row) for row in self.rows], list(self.deleted))


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
            sheet.deleted.append(sheet.rows.pop(self.at % len(sheet.rows)))


@dataclass(frozen=True)
class Restore:
    at: int

    def apply(self, sheet: Sheet) -> None:
        if sheet.deleted:
            sheet.rows.append(sheet.deleted.pop(self.at % len(sheet.deleted)))


@dataclass(frozen=True)
class Move:
    at: int
    to: int

    def apply(self, sheet: Sheet) -> None:
        if sheet.rows:
            row = sheet.rows.pop(self.at % len(sheet.rows))
            sheet.rows.insert(self.to % (len(sheet.rows) + 1), row)


@dataclass(frozen=True)
class ReverseRows:
    def apply(self, sheet: Sheet) -> None:
        sheet.rows.reverse()


@dataclass(frozen=True)
class SetCell:
    at: int
    header: str
    cell: str

    def apply(self, sheet: Sheet) -> None:
        if sheet.rows:
            sheet.rows[self.at % len(sheet.rows)][self.header] = self.cell


@dataclass(frozen=True)
class SetColumn:
    header: str
    cell: str

    def apply(self, sheet: Sheet) -> None:
        for row in sheet.rows:
            row[self.header] = self.cell


@dataclass(frozen=True)
class Retype:
    """Types the same words in another style."""

    at: int
    header: str
    style: str

    def apply(self, sheet: Sheet) -> None:
        if sheet.rows:
            row = sheet.rows[self.at % len(sheet.rows)]
            row[self.header] = STYLES[self.style](row.get(self.header, ""))


@dataclass(frozen=True)
class ReplaceRows:
    """Replaces all rows of the list."""

    rows: tuple[Row, ...]

    def apply(self, sheet: Sheet) -> None:
        sheet.deleted += sheet.rows
        sheet.rows = [dict(row) for row in self.rows]


STYLES: dict[str, Callable[[str], str]] = {
    "blank behind": lambda cell: cell + " ",
    "odd blanks around": lambda cell: f"\u2003{cell}\u00a0",
    "narrow blanks": lambda cell: cell.replace(" ", "\u202f"),
    "two blanks": lambda cell: cell.replace(" ", "  "),
    "upper case": str.upper,
    "lower case": str.lower,
}
CASE_INSENSITIVE = (
    "Campaign",
    "Client",
    "Vendor",
    "Status",
    "Client Email",
    "Vendor Email",
    *BOXES,
)
# In a link or a number another blank changes the text: only the blanks around it do not matter.
BLANKS_FOLDED = ("Campaign", "Client", "Vendor", "Status", "Notes")
RETYPINGS = [
    (header, style)
    for header in POOLS
    for style in STYLES
    if (style in ("blank behind", "odd blanks around"))
    or ("case" in style and header in CASE_INSENSITIVE)
    or ("blanks" in style and header in BLANKS_FOLDED)
]

Edit = (
    Add | Copy | Delete | Restore | Move | ReverseRows | SetCell | SetColumn | Retype | ReplaceRows
)


@dataclass(frozen=True)
class Export:
    """A file: headers in order, records, whether it is loaded with --view, and its format."""

    headers: tuple[str, ...]
    records: tuple[tuple[str, ...], ...]
    is_declared_view: bool = False
    has_bom: bool = False
    delimiter: str = ","

    @property
    def is_view(self) -> bool:
        """Whether it lacks known columns and has others, or was declared a view (contract, 1.1)."""
        has_others = bool(set(self.headers) & set(UNKNOWN_HEADERS))
        return self.is_declared_view or (has_others and bool(set(HEADERS) - set(self.headers)))

    @property
    def campaigns(self) -> dict[int, Row]:
        """The rows that are campaigns, with all their cells, by number; the header is row 1.

        Rows without a name or with a cell too many are rejected records.
        """
        rows = {}
        for number, record in enumerate(self.records, 2):
            row = dict(zip(self.headers, record, strict=False))
            if len(record) == len(self.headers) and row["Campaign"].strip():
                rows[number] = row
        return rows

    def write(self, path: Path) -> Path:
        encoding = "utf-8-sig" if self.has_bom else "utf-8"
        with path.open("w", encoding=encoding, newline="") as file:
            writer = csv.writer(file, delimiter=self.delimiter)
            writer.writerow(self.headers)
            writer.writerows(self.records)
        return path


@dataclass(frozen=True, repr=False)
class Shape:
    """How an export shows the list: columns, filter, order and file format."""

    missing: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()
    every: int = 1  # a filter shows every nth row
    is_declared_view: bool = False
    rotated: int = 0  # by how many places the columns are rotated
    broken: int | None = None  # the place of a record with a cell too many
    has_bom: bool = False
    delimiter: str = ","

    def __repr__(self) -> str:
        names = [each.name for each in fields(self)]
        odd = [name for name in names if getattr(self, name) != getattr(Shape, name)]
        return f"Shape({', '.join(f'{name}={getattr(self, name)!r}' for name in odd)})"

    def of(self, sheet: Sheet) -> Export:
        """The export of a list; it always has a record."""
        headers = [name for name in (*HEADERS, *self.others) if name not in self.missing]
        rotated = self.rotated % len(headers)
        headers = headers[rotated:] + headers[:rotated]
        rows = sheet.rows[:: self.every]
        records = [tuple(row.get(header, "") for header in headers) for row in rows]
        if self.broken is not None or not records:
            too_long = ("x",) * (len(headers) + 1)
            records.insert((self.broken or 0) % (len(records) + 1), too_long)
        how = (self.is_declared_view, self.has_bom, self.delimiter)
        return Export(tuple(headers), tuple(records), *how)


def _cells(pools: dict[str, tuple[str, ...]]) -> st.SearchStrategy[tuple[str, str]]:
    return st.sampled_from([(header, cell) for header, pool in pools.items() for cell in pool])


indexes = st.integers(0, LONGEST)
# Rows that are hard to tell apart: matches are often tied.
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
        name: tuple(cell for cell in pool if cell and not expected_values(name, cell))
        for name, pool in POOLS.items()
        if name not in UNKNOWN_HEADERS
    }
)
edits = st.one_of(
    st.builds(lambda at, cell: SetCell(at, *cell), indexes, some_cells),
    st.builds(lambda at, how: Retype(at, *how), indexes, st.sampled_from(RETYPINGS)),
    st.builds(Copy, indexes, indexes),
    st.builds(Delete, indexes),
    st.builds(Restore, indexes),
    st.builds(Move, indexes, indexes),
    st.builds(Add, list_rows),
    st.builds(
        SetColumn, st.sampled_from([name for name in POOLS if name != "Campaign"]), st.just("")
    ),
    st.builds(lambda cell: SetColumn(*cell), st.one_of(_cells(POOLS), unreadable_cells)),
    st.builds(ReverseRows),
    st.builds(ReplaceRows, st.tuples(twins, twins, twins, twins)),
)
edit_lists = st.one_of(
    st.lists(edits, min_size=1, max_size=12),
    st.builds(lambda rows: [ReplaceRows(tuple(rows))], twin_lists),
)
formats = st.builds(
    Shape,
    others=st.just(UNKNOWN_HEADERS),
    rotated=indexes,
    has_bom=st.booleans(),
    delimiter=st.sampled_from(",;\t"),
)
optional_headers = st.sampled_from([name for name in HEADERS if name != "Campaign"])
views = st.builds(
    Shape,
    missing=st.frozensets(optional_headers, min_size=1, max_size=6),
    others=st.sampled_from([UNKNOWN_HEADERS[:1], UNKNOWN_HEADERS]),
    every=st.integers(1, 3),
    rotated=indexes,
)
odd_shapes = st.builds(
    Shape,
    missing=st.frozensets(optional_headers, max_size=6),
    every=st.integers(1, 3),
    is_declared_view=st.booleans(),
    rotated=indexes,
    broken=st.none() | indexes,
)
shapes = st.one_of(st.just(Shape()), views, odd_shapes, formats)


@st.composite
def sheets(draw: st.DrawFn, smallest: int = 0) -> Sheet:
    """A list of rows of all kinds and lengths, or of rows that are hard to tell apart."""
    if draw(st.booleans()):
        return Sheet([dict(row) for row in draw(twin_lists)])
    length = draw(st.integers(smallest, LONGEST))
    return Sheet([draw(list_rows) for _ in range(length)])
