"""What an address asks of a list: words, filters, an order, a page; and the address again.

?q=night&status=active&sort=-goal&page=2 ──► read_wish() ──► ListParams ──► address()
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

if TYPE_CHECKING:
    from playledger.web.listing import Filter, Listing

LONGEST = 200  # letters of a search
LAST_PAGE = 1_000_000
DIGITS = 18  # of a campaign's number


@dataclass(frozen=True, slots=True)
class ListParams:
    """What was asked for; `unread` are sentences on what could not be understood."""

    text: str = ""
    chosen: dict[str, str] = field(default_factory=dict)
    sort: str = ""
    page: int = 1
    unread: tuple[str, ...] = ()

    @property
    def is_narrowed(self) -> bool:
        """Whether anything leaves rows out."""
        return bool(self.text or self.chosen)

    def address(self, path: str, **changed: str | int | None) -> str:
        """The address of the same list with something else; None takes a part away.

        Anything but another page begins at the first one.
        """
        asked = {"q": self.text, **self.chosen, "sort": self.sort}
        asked |= {"page": self.page} if not changed else {}
        asked |= changed
        kept = {name: value for name, value in asked.items() if value not in ("", None)}
        if kept.get("page") == 1:
            del kept["page"]
        return f"{path}?{urlencode(kept)}" if kept else path


def read_params(listing: Listing, asked: Mapping[str, str]) -> ListParams:
    """The wish of an address; what it does not know is told, and left out."""
    unread, chosen = [], {}
    for each in listing.filters:
        value = asked.get(each.name, "").strip()
        if not value:
            continue
        if _is_known(each, value):
            chosen[each.name] = value
        else:
            unread.append(f"{each.label}: “{value[:LONGEST]}” is not known and was left out.")
    sort = asked.get("sort", "")
    if sort and listing.column(sort.removeprefix("-")) is None:
        unread.append(f"There is no column “{sort[:LONGEST]}” to sort by.")
        sort = ""
    text = " ".join(asked.get("q", "").replace("\0", "").split())[:LONGEST]
    return ListParams(text, chosen, sort, _page(asked.get("page", "")), tuple(unread))


def _page(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) < len(str(LAST_PAGE))
    return max(1, int(text)) if is_number else 1


def _is_known(wanted: Filter, value: str) -> bool:
    if wanted.conditions:
        return value in wanted.conditions
    if "\0" in value:
        return False
    if wanted.kind == "number":
        return value.isascii() and value.isdigit() and len(value) <= DIGITS
    try:
        if wanted.kind == "date":
            return date.fromisoformat(value).isoformat() == value  # not a week, for example
        if wanted.kind == "id":
            return str(UUID(value)) == value.lower()
    except ValueError:
        return False
    return True
