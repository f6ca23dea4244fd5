"""The page of a list that an address asks for, and all its rows for a file.

Listing (declared in lists/), ListParams (read from an address) ──► read_page() ──► Page
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import psycopg2

from playledger.web.ledger_reader import Reader, Row
from playledger.web.list_cursor import Cursor
from playledger.web.list_params import ListParams
from playledger.web.list_statements import count_statement, rows_statement, sort_columns
from playledger.web.listing import Listing
from playledger.web.search import WORDS_OF

PER_PAGE = 50
MAX_COUNT = 10_000  # rows are counted up to here
RARE_ROWS = 2_500  # a word in fewer rows is rare: each of them can be tested for the others
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
    order, notices = params.sort or listing.order, ()
    if not _is_there(reader, listing):
        return Page([], 0, False, order)
    query = ListQuery(reader, listing, params)
    is_large = query.is_large(order)
    column = listing.column(order.removeprefix("-"))
    if is_large and listing.is_aggregate(column):
        order = listing.large_order or listing.order
        if params.sort:
            many = f"More than {query.max_count:,} {listing.plural}"
            notices = (f"{many} cannot be sorted by “{column.label}”: narrow the list first.",)
    cursor = params.cursor if params.cursor and params.cursor.order == order else None
    if cursor:
        try:
            rows, total = query.page(order, cursor, is_large=is_large)
        except psycopg2.DataError:  # a value of another type, which no page has
            rows = []
        if len(rows) < (PER_PAGE if cursor.is_before else 1):
            cursor = None
    if cursor is None:
        rows, total = query.page(order, is_large=is_large)
    page = Page([], min(total, query.max_count), total > query.max_count, order, notices=notices)
    return _with_rows(page, rows, cursor)


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
        defaults = [each for each in listing.filters if each not in filters and each.default]
        self._filters += [each.default for each in defaults]
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
        """Whether more rows than are counted have words that are in most rows of a large table, or
        are to be sorted by an aggregate: this is found out before rows are looked for.
        """
        search, limit = self._listing.search, self.max_count + 1
        if self._terms and search.max_count:
            terms = self._terms if search.own else ["all_words"]
            if self._count([search.index_condition(term, limit) for term in terms]) == limit:
                return True
        column = self._listing.column(order.removeprefix("-"))
        is_aggregate = self._listing.is_aggregate(column)
        return is_aggregate and self._count(self._search_conditions) == limit

    def page(
        self, order: str, cursor: Cursor | None = None, *, is_large: bool
    ) -> tuple[list[Row], int]:
        """The rows of a page and one more, the nearest to the cursor; and how many rows there are,
        up to one more than `max_count`.
        """
        listing, is_backwards, sides = self._listing, False, ["true"]
        if cursor:
            self._values |= cursor.parameters
            is_backwards, sides = cursor.is_before, cursor.sides(sort_columns(listing))
        if not is_large:
            conditions, count = [*self._filters, *self._search_conditions], self.max_count
            statement = rows_statement(listing, order, conditions, sides, is_backwards, count)
            rows = self._rows(statement, limit=PER_PAGE + 1)
            total = rows[0].total if rows else 0
            if total <= self.max_count:
                return rows, total
        tests = [listing.search.row_condition("all_words")] if self._terms else []
        rows = []
        for side in sides:
            conditions = [*self._filters, *tests]
            statement = rows_statement(listing, order, conditions, [side], is_backwards)
            found = self._rows(statement, limit=PER_PAGE + 1 - len(rows))
            rows = [*found, *rows] if is_backwards else [*rows, *found]
            if len(rows) > PER_PAGE:
                break
        return rows, self.max_count + 1

    def all(self, order: str) -> Iterator[Row]:
        """Every row, some at a time."""
        statement = rows_statement(self._listing, order, [*self._filters, *self._search_conditions])
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
    def _search_conditions(self) -> list[str]:
        """Conditions that find the rows of a search by indexes.

        Rows of a rare word are tested for the other words, which may be in most rows.
        """
        search, terms = self._listing.search, self._terms
        if terms and search.linked:
            query = search.count_keys(self._listing.table, terms)
            count, rarest = min(zip(self._rows(query, limit=RARE_ROWS)[0], terms, strict=True))
            if count < RARE_ROWS:
                tests = [search.row_condition("all_words")] if len(terms) > 1 else []
                return [search.index_condition(rarest, RARE_ROWS), *tests]
        return [search.index_condition(term) for term in terms]

    def _count(self, conditions: list[str]) -> int:
        statement = count_statement(self._listing, [*self._filters, *conditions])
        return self._rows(statement, limit=self.max_count + 1)[0].total

    def _rows(self, statement: str, limit: int) -> list[Row]:
        statement = statement.replace("{cached}", "%(cached)s")
        return self._reader.rows(statement, {**self._values, "limit": limit})


def _is_there(reader: Reader, listing: Listing) -> bool:
    return not listing.required_table or reader.has_table(listing.required_table)


def _with_rows(page: Page, rows: list[Row], cursor: Cursor | None = None) -> Page:
    """The page with its rows, without the one that shows that another page follows."""
    is_before = cursor is not None and cursor.is_before
    has_more = len(rows) > PER_PAGE
    rows = rows[-PER_PAGE:] if is_before else rows[:PER_PAGE]
    has_previous = has_more if is_before else cursor is not None
    first = 1
    if cursor and has_previous:
        first = cursor.position - len(rows) if is_before else cursor.position + 1
    previous = following = None
    if has_previous:
        previous = Cursor(page.order, first, tuple(rows[0].cursor), is_before=True)
    if is_before or has_more:
        following = Cursor(page.order, first + len(rows) - 1, tuple(rows[-1].cursor))
    return replace(page, rows=rows, first_row=max(first, 1), previous=previous, next=following)
