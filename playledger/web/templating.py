"""Templates: how an answer becomes HTML. Everything that people typed is escaped.

template, what it shows ──► render() ──► HTML
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from playledger.web import formatting

if TYPE_CHECKING:
    from starlette.requests import Request

    from playledger.web.listing import Column

NAVIGATION = {
    "/": "Overview",
    "/campaigns": "Campaigns",
    "/clients": "Clients",
    "/vendors": "Vendors",
    "/playlists": "Playlists",
    "/orders": "Orders",
    "/salespeople": "Salespeople",
    "/doubts": "Doubts",
}


@cache
def templates() -> Environment:
    """The templates of pages and report, with how values are written."""
    made = Environment(
        loader=PackageLoader("playledger.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"navigation": NAVIGATION, "link_of": link_of, "plural": formatting.plural}
    for write in (
        formatting.number, formatting.money, formatting.day, formatting.ago, formatting.exact, formatting.percent, formatting.spoken,
        formatting.plain, formatting.titled,
    ):  # fmt: skip
        made.filters[write.__name__] = write
    return made


def render(request: Request, template: str, status: int = 200, /, **shown: object) -> HTMLResponse:
    """A page."""
    text = templates().get_template(template).render(path=request.url.path, **shown)
    return HTMLResponse(text, status)


def link_of(column: Column, row: object) -> str | None:
    """Where a value leads; None where what it stands for is not there."""
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
