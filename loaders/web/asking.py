"""The questions that make a page of a list.

    Listing (declared in lists/), Wish (read from an address) ──► read_page() ──► Page

A page is found in two steps: first its keys, by what filters and sorts, then the columns of those
few rows, so that a list of a million costs little more than one of a hundred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from loaders.web.listing import WORDS_OF

if TYPE_CHECKING:
    from loaders.web.listing import Listing
    from loaders.web.reader import Reader, Row
    from loaders.web.wish import Wish

PER_PAGE = 50
COUNTED = 10_000  # what is counted and can be turned to; beyond it a search is to be narrowed
WALKED = 4  # pages of a long search that are reached row by row
TRACK = re.compile(r"\b[0-9A-Za-z]{22}\b")


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
        return max(1, -(-self.total // PER_PAGE))

    @property
    def first_row(self) -> int:
        """The place of its first row in the list, from 1; 0 when there is none."""
        return (self.number - 1) * PER_PAGE + 1 if self.rows else 0


def read_page(reader: Reader, listing: Listing, wish: Wish) -> Page:
    """The page that is wished for; the last one when there are fewer."""
    if not _is_there(reader, listing):
        return Page([], 0, False, 1, listing.order)
    where, values = _where(reader, listing, wish)
    question = (
        f"select count(*) as total from (select from {listing.table} {listing.joins} {where} "
        f"limit {COUNTED + 1}) as counted"
    )
    counted = reader.row(question.replace("{kept}", "%(kept)s"), values).total
    total, is_more = min(counted, COUNTED), counted > COUNTED
    number = min(wish.page, max(1, -(-total // PER_PAGE)))
    order, told = _order(listing, wish, is_more=is_more)
    is_walked = is_more and (number <= WALKED or not wish.text)
    query = _query(listing, order, where, "limit %(limit)s offset %(offset)s", is_walked=is_walked)
    values |= {"limit": PER_PAGE, "offset": (number - 1) * PER_PAGE}
    return Page(reader.rows(query, values), total, is_more, number, order, told)


def read_all(reader: Reader, listing: Listing, wish: Wish) -> Iterator[Row]:
    """Every row that the filters leave, in the order of the page."""
    if not _is_there(reader, listing):
        return iter(())
    where, values = _where(reader, listing, wish)
    order = wish.sort or listing.order
    return reader.stream(_query(listing, order, where, "", is_walked=False), values)


def words_of(reader: Reader, text: str) -> list[str]:
    """The words of a search: PostgreSQL takes them apart, as it did what is searched."""
    question = f"select tsvector_to_array({WORDS_OF.format(column='%(text)s')}) as words"
    return reader.row(question, {"text": text}).words


def _is_there(reader: Reader, listing: Listing) -> bool:
    return not listing.is_optional or reader.has(listing.needs or listing.table.split()[0])


def _order(listing: Listing, wish: Wish, *, is_more: bool) -> tuple[str, tuple[str, ...]]:
    """The order of a page, and a sentence where it is not the one that was wished for."""
    usual = (is_more and listing.long_order) or listing.order
    if not wish.sort:
        return usual, ()
    column = listing.column(wish.sort.removeprefix("-"))
    if not (is_more and column.is_late):
        return wish.sort, ()
    return usual, (
        f"So many {listing.many} are not sorted by “{column.label}”: narrow the list to "
        f"{COUNTED:,} first.",
    )


def _query(listing: Listing, order: str, where: str, limits: str, *, is_walked: bool) -> str:
    """The rows of a page. What many rows match is met soon by who walks through them in their order
    (an index has it); what few match is found first, and sorted then: `offset 0` says so.
    """
    column = listing.column(order.removeprefix("-"))
    direction = "desc" if order.startswith("-") else "asc"
    columns = ", ".join(f'{each.sql} as "{each.name}"' for each in listing.columns)
    query = f"""
        select {columns}
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
    return query.replace("{kept}", "%(kept)s")


def _where(reader: Reader, listing: Listing, wish: Wish) -> tuple[str, dict[str, Any]]:
    """The conditions of a wish, and their values."""
    conditions: list[str] = []
    values: dict[str, Any] = {"kept": reader.kept(listing.kept)} if listing.kept else {}
    for each in listing.filters:
        chosen = wish.chosen.get(each.name)
        if chosen is None:
            continue
        values[each.name] = chosen
        conditions.append(each.condition_of(chosen).replace("{value}", f"%({each.name})s"))
    tracks = TRACK.findall(wish.text) if listing.tracks else []
    if tracks:
        values["tracks"] = tracks
        conditions.append(listing.tracks.replace("{tracks}", "%(tracks)s"))
    elif listing.search and wish.text:
        words = words_of(reader, wish.text)
        for place, word in enumerate(words):
            values[f"word{place}"] = f"'{word}':*"
            condition = listing.search.replace("{word}", f"%(word{place})s::tsquery")
            conditions.append(f"({condition})")
        if not words:  # nothing but signs
            conditions.append("false")
    return ("where " + " and ".join(conditions) if conditions else ""), values
