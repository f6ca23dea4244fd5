"""The SQL of a list: how many rows there are, those of a page, all of them.

    Listing, order, conditions, Cursor ──► ListStatements ──► SQL

Each finds keys first, by what filters and sorts, then the columns of those rows, so that a page of
a million rows costs little more than one of a hundred.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playledger.web.list_cursor import Cursor
    from playledger.web.listing import Column, Listing

PER_PAGE = 50
MORE_THAN_PAGE = PER_PAGE + 1  # rows that are read, to know whether another page follows


@dataclass(frozen=True, slots=True)
class ListStatements:
    """Statements for a list in an order: a column's name, with a minus in front for descending."""

    listing: Listing
    order: str

    @property
    def column(self) -> Column:
        """The column that the list is sorted by."""
        return self.listing.column(self.order.removeprefix("-"))

    def count(self, conditions: Sequence[str], limit: int) -> str:
        """How many rows there are, counted to a limit."""
        listing = self.listing
        rows = f"select from {listing.table} {listing.joins} {_where(conditions)} limit {limit}"
        return f"select count(*) as total from ({rows}) as found"

    def found(self, conditions: Sequence[str], max_count: int, cursor: Cursor | None) -> str:
        """The rows of a page out of all rows, with their `total`; any rows when that is larger
        than `max_count`.
        """
        names = ["sort_value", *self._key_names]
        parts = cursor.conditions(names, is_descending=self._is_descending) if cursor else []
        side = f"where total > {max_count} or {' or '.join(f'({part})' for part in parts)}"
        page = f"""
            select * from (
                select found.*, count(*) over () as total
                from ({self._keys(conditions)} limit {max_count + 1}) as found
            ) as counted
            {side if parts else ""}
            order by {self._order_by(names, cursor)}
            limit {MORE_THAN_PAGE}
        """
        return self._rows(page, "page.total as total,")

    def walk(self, conditions: Sequence[str], cursor: Cursor | None) -> list[str]:
        """The rows of a page as they are met in their order, which an index has: statements to be
        run one after the other until a page is full, each with a placeholder `limit`.
        """
        names = [self.column.sql, *self.listing.key]
        parts = cursor.conditions(names, is_descending=self._is_descending) if cursor else []
        order_by = f"order by {self._order_by(names, cursor)} limit %(limit)s"
        wheres = [[*conditions, part] for part in parts] or [conditions]
        return [self._rows(f"{self._keys(where)} {order_by}") for where in wheres]

    def all(self, conditions: Sequence[str]) -> str:
        """Every row, in order."""
        return self._rows(self._keys(conditions))

    @property
    def _key_names(self) -> list[str]:
        return [f"key_{place}" for place, _ in enumerate(self.listing.key)]

    @property
    def _is_descending(self) -> bool:
        return self.order.startswith("-")

    def _order_by(self, names: Sequence[str], cursor: Cursor | None = None) -> str:
        """From the cursor away: the rows before it are read backwards."""
        is_backwards = cursor is not None and cursor.is_before
        direction = "desc" if self._is_descending != is_backwards else "asc"
        sort, *key = names
        nulls = f"{sort} {direction} nulls {'first' if is_backwards else 'last'}"
        return ", ".join([nulls, *(f"{name} {direction}" for name in key)])

    def _keys(self, conditions: Sequence[str]) -> str:
        """Key and sort value of the rows that meet the conditions."""
        listing, column = self.listing, self.column
        keys = ", ".join(
            f"{sql} as {name}" for sql, name in zip(listing.key, self._key_names, strict=True)
        )
        aggregates = listing.aggregates if column.is_aggregate else ""
        return f"""
            select {keys}, {column.sql} as sort_value
            from {listing.table} {listing.joins} {aggregates}
            {_where(conditions)}
        """

    def _rows(self, page: str, also: str = "") -> str:
        """The columns of the rows whose keys a query gives, and the values of their cursors."""
        listing = self.listing
        columns = ", ".join(f'{each.sql} as "{each.name}"' for each in listing.columns)
        names = [f"page.{name}" for name in ("sort_value", *self._key_names)]
        same_key = " and ".join(
            f"{sql} = page.{name}" for sql, name in zip(listing.key, self._key_names, strict=True)
        )
        return f"""
            select {columns}, {also} array[{", ".join(f"{name}::text" for name in names)}] as cursor
            from ({page}) as page
            inner join {listing.table} on {same_key}
            {listing.joins} {listing.aggregates}
            order by {self._order_by(names)}
        """


def _where(conditions: Sequence[str]) -> str:
    return f"where {' and '.join(conditions)}" if conditions else ""
