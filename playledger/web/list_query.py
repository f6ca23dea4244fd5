"""The page of a list that an address asks for.

    Listing (declared in lists/), Wish (read from an address) ──► read_page() ──► Page

Up to `COUNTED` rows are found, counted and sorted at once; of more, those of the page are met by
walking an index.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playledger.web.list_statements import PER_PAGE, Found, ListQuery
from playledger.web.search_plan import COUNTED

if TYPE_CHECKING:
    from playledger.web.ledger_reader import Reader, Row
    from playledger.web.list_params import ListParams
    from playledger.web.listing import Listing

WALKED = 4  # pages of a long search that are reached row by row


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, and how many there are; `is_more` when they were not all counted."""

    rows: list[Row]
    total: int
    is_more: bool
    number: int
    order: str
    told: tuple[str, ...] = ()  # what was wished for and is not so, in sentences

    @property
    def last(self) -> int:
        """The number of the last page."""
        return last_page(self.total)

    @property
    def first_row(self) -> int:
        """The place of its first row in the list, from 1; 0 when there is none."""
        return (self.number - 1) * PER_PAGE + 1 if self.rows else 0


def last_page(total: int) -> int:
    """The number of the last page of so many rows."""
    return max(1, -(-total // PER_PAGE))


def read_page(reader: Reader, listing: Listing, params: ListParams, known: int = 0) -> Page:
    """The page that is wished for; the last one when there are fewer.

    Where it is known that there are more than `COUNTED`, nothing is counted.
    """
    order = params.sort or listing.order
    if not _is_there(reader, listing):
        return Page([], 0, False, 1, order)
    asked = ListQuery(reader, listing, params)
    found = Found(COUNTED, True) if known > COUNTED else asked.some(order, params.page)
    if found.is_more:
        return _long_page(asked, params, found.total)
    number = min(params.page, last_page(found.total))
    rows = asked.page(order, number) if found.rows is None else found.rows
    return Page(rows, found.total, False, number, order)


def read_all(reader: Reader, listing: Listing, params: ListParams) -> Iterator[Row]:
    """Every row that the filters leave, in the order of the page."""
    if not _is_there(reader, listing):
        return iter(())
    return ListQuery(reader, listing, params).all(params.sort or listing.order)


def _is_there(reader: Reader, listing: Listing) -> bool:
    return not listing.needs or reader.has(listing.needs)


def _long_page(asked: ListQuery, params: ListParams, counted: int) -> Page:
    """A page of more rows than are counted, in an order that they can be had in."""
    listing = asked.listing
    usual = listing.long_order or listing.order
    order, told = params.sort or usual, ()
    column = listing.column(order.removeprefix("-"))
    if column.is_late:
        order = usual
        told = (
            f"So many {listing.many} are not sorted by “{column.label}”: narrow the list to "
            f"{counted:,} first.",
        )
    number = min(params.page, last_page(counted))
    is_walked = number <= WALKED or not params.text
    rows = asked.page(order, number, is_walked=is_walked)
    return Page(rows, counted, True, number, order, told)
