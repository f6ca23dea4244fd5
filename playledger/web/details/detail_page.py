"""The page of one row of the ledger: figures, facts, charts and tables, in sections.

    queries of a module beside this one ──► DetailPage ──► templates/detail.html.jinja

Empty facts are named in one sentence at the end of their section.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from starlette.exceptions import HTTPException

from playledger.web.charts import Chart
from playledger.web.ledger_reader import Reader, Row
from playledger.web.list_params import ListParams
from playledger.web.list_query import read_page
from playledger.web.listing import Column, Listing


@dataclass(frozen=True, slots=True)
class Fact:
    """One value with its label and the address that it links to.

    `kind` is one of a column's, `long` for text with line breaks, or `links` for pairs of text and
    address; `note` stands below the value.
    """

    label: str
    value: Any
    kind: str = "text"
    link: str = ""
    note: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return self.value is None or self.value == "" or self.value == []


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below a title, and how many there are in all; `address` is the list that has them.

    `empty` is the sentence to show where there are none.
    """

    title: str
    shown: tuple[Column, ...]
    rows: list[Row]
    empty: str = ""
    total: int = 0
    is_more: bool = False
    address: str = ""
    many: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page; empty parts are left out. `choices` are (text, address, is chosen)."""

    title: str
    paragraphs: tuple[str, ...] = ()
    figures: tuple[Fact, ...] = ()
    facts: tuple[Fact, ...] = ()
    choices: tuple[tuple[str, str, bool], ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()

    @property
    def filled(self) -> list[Fact]:
        """The facts that have a value."""
        return [each for each in self.facts if not each.is_empty]

    @property
    def empty(self) -> list[str]:
        """The labels of the facts that have none."""
        return [each.label for each in self.facts if each.is_empty]


@dataclass(frozen=True, slots=True)
class DetailPage:
    """The page of one row: what it is, its name, its status and its sections."""

    kind: str
    name: str
    lead: tuple[str, ...]
    figures: tuple[Fact, ...]
    sections: tuple[Section, ...]
    status: str | None = None


def list_table(
    reader: Reader,
    listing: Listing,
    chosen: dict[str, str],
    empty: str,
    without: Iterable[str] = (),
    title: str = "",
    sort: str = "",
) -> Table:
    """The first page of a list with filters `chosen`, and a link to all of it."""
    params = ListParams(filters=chosen, sort=sort)
    page = read_page(reader, listing, params)
    columns = tuple(each for each in listing.shown if each.name not in without)
    return Table(
        title, columns, page.rows, empty, page.total, page.is_capped, params.address(listing.path),
        listing.plural,
    )  # fmt: skip


def list_section(
    title: str,
    reader: Reader,
    listing: Listing,
    chosen: dict[str, str],
    empty: str,
    without: Iterable[str] = (),
    paragraphs: tuple[str, ...] = (),
) -> Section:
    """A section with `list_table` and no other part."""
    table = list_table(reader, listing, chosen, empty, without)
    return Section(title, paragraphs, tables=(table,))


def find_row(reader: Reader, query: str, id_text: str | None, **values: str) -> Row:
    """The row of a query with `id` and `values`; raises HTTPException (404) where there is none."""
    row = reader.row(query, {"id": id_text, **values}) if id_text is not None else None
    if row is None:
        raise HTTPException(404, "The ledger has nothing at this address.")
    return row


def find_by_uuid(reader: Reader, query: str, id_text: str) -> Row:
    """The same for an id in an address, which may be no UUID."""
    try:
        uuid = str(UUID(id_text))
    except ValueError:
        uuid = None
    return find_row(reader, query, uuid)
