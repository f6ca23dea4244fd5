"""The questions that make a page of a list: how many rows there are, and those of the page.

    Listing, ListParams ──► ListQuery ──► SQL ──► rows

A page is found in two steps: first its keys, by what filters and sorts, then the columns of those
few rows, so that a list of a million costs little more than one of a hundred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from playledger.web.search import WORDS_OF, Condition, matches
from playledger.web.search_plan import COUNTED, TOGETHER, Way, ways_of

if TYPE_CHECKING:
    from playledger.web.ledger_reader import Reader, Row
    from playledger.web.list_params import ListParams
    from playledger.web.listing import Column, Listing

PER_PAGE = 50
PAGES = f"greatest(1, (page_total + {PER_PAGE - 1}) / {PER_PAGE})"
TRACK = re.compile(r"\b[0-9A-Za-z]{22}\b")


@dataclass(frozen=True, slots=True)
class Found:
    """How many rows there are, `is_more` where they were not all counted; and those of the page,
    None where they are not known yet.
    """

    total: int
    is_more: bool = False
    rows: list[Row] | None = None


class ListQuery:
    """What filters and words leave of a list, as questions."""

    def __init__(self, reader: Reader, listing: Listing, params: ListParams) -> None:
        self.listing = listing
        self.values: dict[str, Any] = {"kept": reader.kept(listing.kept)} if listing.kept else {}
        self._reader = reader
        self._words: list[str] = []  # placeholders
        self._filters = [each for each in listing.filters if each.name in params.chosen]
        self._typed: list[str] = []  # conditions on what was typed, but for its words
        self.values |= {each.name: params.chosen[each.name] for each in self._filters}
        tracks = TRACK.findall(params.text) if listing.tracks else []
        if tracks:
            self.values["tracks"] = tracks
            self._typed.append(listing.tracks.replace("{tracks}", "%(tracks)s"))
        elif listing.search and params.text:
            parts = listing.search.parts(words_of(reader, params.text))
            self._words = [f"word{place}" for place in range(len(parts))]
            self.values |= dict(zip(self._words, parts, strict=True))
            self.values[TOGETHER] = " & ".join(parts)
            if not parts:  # nothing but signs
                self._typed.append("false")

    def some(self, order: str, page: int) -> Found:
        """How many rows there are, and those of the page."""
        self.values["wished"] = page
        for way in self._ways():
            rows = self._rows(self._some(order, way))
            if rows[0].page_total > way.enough or not rows[0].page_is_cut:
                break
        total, is_more = rows[0].page_total, rows[0].page_total > way.enough
        if is_more or "page_key" not in rows[0]._fields:
            return Found(way.enough if is_more else total, is_more)
        return Found(total, is_more, [row for row in rows if row.page_key is not None])

    def page(self, order: str, number: int, *, is_walked: bool = False) -> list[Row]:
        """The rows of a page by its number."""
        self.values |= {"limit": PER_PAGE, "offset": (number - 1) * PER_PAGE}
        limits = "limit %(limit)s offset %(offset)s"
        return self._rows(self._page(order, limits, is_walked=is_walked))

    def all(self, order: str) -> Iterator[Row]:
        """Every row, some at a time."""
        query = self._page(order, "", is_walked=False)
        return self._reader.stream(query.replace("{kept}", "%(kept)s"), self.values)

    def _page(self, order: str, limits: str, *, is_walked: bool) -> str:
        """Rows in an order. What many rows match is met soon by who walks through them in their
        order (an index has it); what few match is found first, and sorted then: `offset 0` says so.
        """
        listing, (column, direction) = self.listing, self._order(order)
        search, words = self.listing.search, self._words
        if is_walked and words:
            found = [search.walked(TOGETHER)]
        else:
            found = [search.found(word, None) for word in words]
        where, sets = self._where(found, is_walked=is_walked)
        return f"""
            {self._with(sets)}
            select {self._columns()}
            from (
                select * from (
                    select {listing.key} as key, {column.sql} as sorted_by
                    from {listing.table} {listing.joins} {listing.late if column.is_late else ""}
                    {where}
                    {"" if is_walked else "offset 0"}
                ) as found
                order by sorted_by {direction} nulls last, key {direction}
                {limits}
            ) as page
            inner join {listing.table} on {listing.key} = page.key
            {listing.joins} {listing.late}
            order by page.sorted_by {direction} nulls last, page.key {direction}
        """

    def _some(self, order: str, way: Way) -> str:
        """How many rows there are and, unless their order needs late joins, those of the page."""
        listing, (column, direction) = self.listing, self._order(order)
        where, sets = self._where(way.conditions, is_walked=False)
        found = "" if column.is_late else f"{listing.key} as key, {column.sql} as sorted_by"
        sets |= {
            "found": f"select {found} from {listing.table} {listing.joins} {where} "
            f"limit {way.enough + 1}",
            "size": f"select count(*) as page_total, {way.cut} as page_is_cut from found",
        }
        if column.is_late:
            return f"{self._with(sets)} select * from size"
        in_order = f"sorted_by {direction} nulls last, key {direction}"
        return f"""
            {self._with(sets)}, page as (
                select * from found
                where (select page_total from size) <= {way.enough}
                order by {in_order}
                limit {PER_PAGE} offset (
                    select {PER_PAGE} * least(%(wished)s, {PAGES}) - {PER_PAGE}
                    from size
                )
            )
            select size.*, page.key as page_key, {self._columns()}
            from size
            left join (
                page
                inner join {listing.table} on {listing.key} = page.key
                {listing.joins} {listing.late}
            ) on true
            order by {in_order}
        """

    def _ways(self) -> Iterator[Way]:
        return (
            ways_of(self.listing.search, self._guesses())
            if self._words
            else iter([Way([], COUNTED)])
        )

    def _guesses(self) -> dict[str, int]:
        """How many rows and keys each word may match: PostgreSQL guesses, from what it sampled."""
        if len(self._words) == 1:
            return dict.fromkeys(self._words, 0)
        search, listing = self.listing.search, self.listing
        places = [(listing.table, text) for text in search.own]
        places += [(f"{{ledger}}.{each.table} as {each.table}", each.text) for each in search.there]

        def guess(table: str, condition: str) -> int:
            ((plan,),) = self._rows(f"explain (format json) select from {table} where {condition}")
            return plan[0]["Plan"]["Plan Rows"]

        return {
            word: sum(guess(table, matches(text, word)) for table, text in places)
            for word in self._words
        }

    def _where(self, found: list[Condition], *, is_walked: bool) -> tuple[str, dict[str, str]]:
        """All conditions, and the sets of keys that they look into."""
        chosen = (
            each.condition_of(self.values[each.name], is_walked=is_walked) for each in self._filters
        )
        conditions = [*chosen, *self._typed, *(each.sql for each in found)]
        sets = {name: query for each in found for name, query in each.sets.items()}
        return ("where " + " and ".join(conditions) if conditions else ""), sets

    def _order(self, order: str) -> tuple[Column, str]:
        column = self.listing.column(order.removeprefix("-"))
        return column, "desc" if order.startswith("-") else "asc"

    def _columns(self) -> str:
        return ", ".join(f'{each.sql} as "{each.name}"' for each in self.listing.columns)

    def _rows(self, query: str) -> list[Row]:
        return self._reader.rows(query.replace("{kept}", "%(kept)s"), self.values)

    @staticmethod
    def _with(sets: dict[str, str]) -> str:
        named = (f"{name} as materialized ({query})" for name, query in sets.items())
        return f"with {', '.join(named)}" if sets else ""


def words_of(reader: Reader, text: str) -> list[str]:
    """The words of a search: PostgreSQL takes them apart, as it did what is searched."""
    question = f"select tsvector_to_array({WORDS_OF.format(column='%(text)s')}) as words"
    return reader.row(question, {"text": text}).words
