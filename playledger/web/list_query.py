"""The page of a list that an address asks for, and all its rows for a file.

    Listing (declared in lists/), ListParams (read from an address) ──► read_page() ──► Page

Up to a limit, rows are found, counted and sorted at once. Where there are more, the rows of the
page are met by walking through the list in its order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import psycopg2

from playledger.web.list_cursor import Cursor
from playledger.web.list_statements import MORE_THAN_PAGE, PER_PAGE, ListStatements
from playledger.web.search import WORDS_OF

if TYPE_CHECKING:
    from playledger.web.ledger_reader import Reader, Row
    from playledger.web.list_params import ListParams
    from playledger.web.listing import Listing

MAX_COUNT = 10_000  # rows are counted up to here
RARE = 2_500  # rows that have a word: of so few, each can be tested for the other words
TRACK_ID = re.compile(r"\b[0-9A-Za-z]{22}\b")


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, and how many there are in all; `is_capped` when there are more.

    `first_row` is the position of its first row, from 1.
    """

    rows: list[Row]
    total: int
    is_capped: bool
    order: str
    first_row: int = 1
    previous: Cursor | None = None
    next: Cursor | None = None
    notices: tuple[str, ...] = ()


def read_page(reader: Reader, listing: Listing, params: ListParams) -> Page:
    """The page after or before the cursor in `params`; the first one where no row is left there.

    Raises `Unavailable` when the ledger cannot be read.
    """
    order = params.sort or listing.order
    if not _is_there(reader, listing):
        return Page([], 0, False, order)
    query = ListQuery(reader, listing, params)
    is_large = query.is_large(order)
    notices: tuple[str, ...] = ()
    if is_large and (column := listing.column(order.removeprefix("-"))).is_aggregate:
        order = listing.large_order or listing.order
        if params.sort:
            notices = (
                f"More than {query.max_count:,} {listing.plural} cannot be sorted by "
                f"“{column.label}”: narrow the list first.",
            )
    cursor = params.cursor if params.cursor and params.cursor.order == order else None
    try:
        rows, total = query.page(order, cursor, is_large=is_large)
    except psycopg2.DataError:
        if cursor is None:
            raise
        rows = []
    if cursor and len(rows) < (PER_PAGE if cursor.is_before else 1):
        return read_page(reader, listing, replace(params, cursor=None))
    page = Page(rows, min(total, query.max_count), total > query.max_count, order, notices=notices)
    return _turned(page, cursor)


def read_all(reader: Reader, listing: Listing, params: ListParams) -> Iterator[Row]:
    """Every row that the filters leave, in the order of the page."""
    if not _is_there(reader, listing):
        return iter(())
    return ListQuery(reader, listing, params).all(params.sort or listing.order)


class ListQuery:
    """What filters and words leave of a list."""

    def __init__(self, reader: Reader, listing: Listing, params: ListParams) -> None:
        self._reader, self._listing = reader, listing
        self._values: dict[str, Any] = dict(params.filters)
        if listing.cached:
            self._values["cached"] = reader.cached_json(listing.cached)
        filters = [each for each in listing.filters if each.name in params.filters]
        self._filters = [each.condition_of(params.filters[each.name]) for each in filters]
        self._terms: list[str] = []  # placeholders
        tracks = TRACK_ID.findall(params.text) if listing.track_condition else []
        if tracks:
            self._values["tracks"] = tracks
            self._filters.append(listing.track_condition.replace("{tracks}", "%(tracks)s"))
        elif listing.search and params.text:
            self._search_for(params.text)
        max_count = listing.search.max_count if self._terms else None
        self.max_count = min(max_count or MAX_COUNT, MAX_COUNT)

    def is_large(self, order: str) -> bool:
        """Whether it is known, or has to be known, that there are more rows than are counted.

        Words that most rows match are not looked up, and aggregates of many rows not sorted by.
        """
        if self._terms and self._listing.search.linked:
            condition = self._listing.search.lookup("all_words", self.max_count + 1)
            if self._count(order, [condition]) > self.max_count:
                return True
        is_aggregate = self._listing.column(order.removeprefix("-")).is_aggregate
        return is_aggregate and self._count(order, self._lookups) > self.max_count

    def page(self, order: str, cursor: Cursor | None, *, is_large: bool) -> tuple[list[Row], int]:
        """The rows of a page and one more, the nearest to the cursor; and how many there are."""
        statements = ListStatements(self._listing, order)
        self._values |= cursor.parameters if cursor else {}
        if not is_large:
            conditions = [*self._filters, *self._lookups]
            rows = self._rows(statements.found(conditions, self.max_count, cursor))
            total = rows[0].total if rows else 0
            if total <= self.max_count:
                return rows, total
        rows = []
        test = [self._listing.search.test("all_words")] if self._terms else []
        for statement in statements.walk([*self._filters, *test], cursor):
            self._values["limit"] = MORE_THAN_PAGE - len(rows)
            found = self._rows(statement)
            rows = [*found, *rows] if cursor and cursor.is_before else [*rows, *found]
            if len(rows) == MORE_THAN_PAGE:
                break
        return rows, self.max_count + 1

    def all(self, order: str) -> Iterator[Row]:
        """Every row, some at a time."""
        statement = ListStatements(self._listing, order).all([*self._filters, *self._lookups])
        return self._reader.stream(statement.replace("{cached}", "%(cached)s"), self._values)

    def _search_for(self, text: str) -> None:
        # PostgreSQL splits it into words, as it did with the texts that are searched.
        query = f"select tsvector_to_array({WORDS_OF.format(text='%(text)s')}) as words"
        terms = self._listing.search.terms(self._reader.row(query, {"text": text}).words)
        self._terms = [f"word_{place}" for place, _ in enumerate(terms)]
        self._values |= dict(zip(self._terms, terms, strict=True))
        self._values["all_words"] = " & ".join(terms)
        if not terms:  # nothing but signs
            self._filters.append("false")

    @cached_property
    def _lookups(self) -> list[str]:
        """Conditions that find the rows of a search by indexes: those of a rare word are tested
        for the others, which may be in most rows.
        """
        search, terms = self._listing.search, self._terms
        if len(terms) > 1 and search.linked:
            longest = max(terms, key=lambda term: len(self._values[term]))
            count = search.count_keys(self._listing.table, longest, RARE)
            if self._rows(count)[0].total < RARE:
                return [search.lookup(longest, RARE), search.test("all_words")]
        return [search.lookup(term) for term in terms]

    def _count(self, order: str, conditions: list[str]) -> int:
        statement = ListStatements(self._listing, order).count(
            [*self._filters, *conditions], self.max_count + 1
        )
        return self._rows(statement)[0].total

    def _rows(self, query: str) -> list[Row]:
        return self._reader.rows(query.replace("{cached}", "%(cached)s"), self._values)


def _is_there(reader: Reader, listing: Listing) -> bool:
    return not listing.required_table or reader.has_table(listing.required_table)


def _turned(page: Page, cursor: Cursor | None) -> Page:
    """The page without the row that shows that another one follows, and with links to both."""
    has_more, rows = len(page.rows) > PER_PAGE, page.rows
    is_before = cursor is not None and cursor.is_before
    rows = rows[-PER_PAGE:] if is_before else rows[:PER_PAGE]
    first = 1
    if cursor:
        first = cursor.position - len(rows) if is_before else cursor.position + 1
    has_previous = has_more if is_before else cursor is not None
    first = max(first, 2) if has_previous else 1
    last = first + len(rows) - 1
    return replace(
        page,
        rows=rows,
        first_row=first,
        previous=_cursor(page, rows[0], first, is_before=True) if has_previous else None,
        next=_cursor(page, rows[-1], last) if is_before or has_more else None,
    )


def _cursor(page: Page, row: Row, position: int, *, is_before: bool = False) -> Cursor:
    return Cursor(page.order, position, tuple(row.cursor), is_before)
