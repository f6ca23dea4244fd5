"""What an address asks of a list: words, filters, an order, a page; and the address again.

?q=night&status=active&sort=-goal&after=WyIt... ──► read_params() ──► ListParams ──► address()
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from playledger.web.list_cursor import Cursor
from playledger.web.listing import Filter, Listing

MAX_TEXT = 200  # letters of a search
MAX_DIGITS = 18  # of a campaign's number


@dataclass(frozen=True, slots=True)
class ListParams:
    """What an address asks for; `warnings` are sentences on what was left out."""

    text: str = ""
    filters: dict[str, str] = field(default_factory=dict)
    sort: str = ""
    cursor: Cursor | None = None
    warnings: tuple[str, ...] = ()

    @property
    def is_narrowed(self) -> bool:
        """Whether words or filters leave rows out."""
        return bool(self.text or self.filters)

    def address(self, path: str, cursor: Cursor | None = None, sort: str | None = None) -> str:
        """The address of the same list: its first page, or that of a cursor; in another order."""
        parts = {"q": self.text, **self.filters, "sort": self.sort if sort is None else sort}
        if cursor:
            parts["before" if cursor.is_before else "after"] = cursor.encode()
        query = urlencode({name: value for name, value in parts.items() if value})
        return f"{path}?{query}" if query else path


def read_params(listing: Listing, query: Mapping[str, str]) -> ListParams:
    """The parameters of an address; what is not valid is left out, and named in `warnings`."""
    warnings, filters = [], {}
    for each in listing.filters:
        value = query.get(each.name, "").strip()
        if not value:
            continue
        if _is_valid(each, value):
            filters[each.name] = value
        else:
            warnings.append(f"{each.label}: “{value[:MAX_TEXT]}” is not known and was left out.")
    sort = query.get("sort", "")
    if sort and listing.column(sort.removeprefix("-")) is None:
        warnings.append(f"There is no column “{sort[:MAX_TEXT]}” to sort by.")
        sort = ""
    text = " ".join(query.get("q", "").replace("\0", "").split())[:MAX_TEXT]
    return ListParams(text, filters, sort, _cursor(listing, query), tuple(warnings))


def is_number(text: str) -> bool:
    """Whether text from an address can be a campaign's number."""
    return text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS


def _cursor(listing: Listing, query: Mapping[str, str]) -> Cursor | None:
    """Where the page begins; the first page where an address is cut off or of another list."""
    for name in ("after", "before"):
        if text := query.get(name):
            try:
                cursor = Cursor.decode(text, is_before=name == "before")
            except ValueError:
                return None
            return cursor if len(cursor.values) == 1 + len(listing.key) else None
    return None


def _is_valid(wanted: Filter, value: str) -> bool:
    if wanted.choices:
        return value in wanted.choices
    if "\0" in value:
        return False
    if wanted.kind == "number":
        return is_number(value)
    try:
        if wanted.kind == "date":
            return date.fromisoformat(value).isoformat() == value  # not a week, for example
        if wanted.kind == "id":
            return str(UUID(value)) == value.lower()
    except ValueError:
        return False
    return True
