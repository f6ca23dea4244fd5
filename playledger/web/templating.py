"""Templates: an answer as HTML. Everything that people typed is escaped.

template, its values ──► render() ──► HTML
"""

from functools import cache
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from loaders.text import plural
from playledger.web import formatting
from playledger.web.listing import Column

NAVIGATION = {
    "/": "Overview",
    "/campaigns": "Campaigns",
    "/clients": "Clients",
    "/vendors": "Vendors",
    "/playlists": "Playlists",
    "/orders": "Orders",
    "/salespeople": "Salespeople",
    "/issues": "Issues",
}
FILTERS = (
    "ago", "as_title", "as_words", "day", "exact", "figure", "money", "number", "percent",
)  # fmt: skip


@cache
def templates() -> Environment:
    """The templates of pages and report; the functions of `formatting` are their filters."""
    environment = Environment(
        loader=PackageLoader("playledger.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "navigation": NAVIGATION, "link_of": link_of, "plural": plural,
    }  # fmt: skip
    environment.filters |= {name: getattr(formatting, name) for name in FILTERS}
    return environment


def render(request: Request, template: str, status: int = 200, /, **values: object) -> HTMLResponse:
    """A page."""
    text = templates().get_template(template).render(path=request.url.path, **values)
    return HTMLResponse(text, status)


def link_of(column: Column, row: object) -> str | None:
    """The address that a value of a list leads to; None where the row has no id for it."""
    if not column.link or getattr(row, column.name) is None:
        return None
    parts = {
        name: quote(str(value), safe="")
        for name, value in row._asdict().items()
        if value is not None
    }
    try:
        return column.link.format(**parts)
    except KeyError:
        return None
