"""The application: addresses, and what answers each.

    address ──► ListParams ──► a list, a thing, the front page ──► template ──► HTML
                                  └──► the same rows as CSV

Every answer is made anew from the ledger; nothing is written and no session is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import orjson
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from playledger.web.csv_export import download
from playledger.web.details import DETAIL_PAGES
from playledger.web.details.salesperson import SOLD
from playledger.web.ledger_reader import Reader, Unavailable
from playledger.web.list_params import read_params
from playledger.web.list_query import read_page
from playledger.web.listing import Listing
from playledger.web.lists import LISTS
from playledger.web.overview import cached_overview, show_overview
from playledger.web.run_pages import show_run
from playledger.web.security import Safety
from playledger.web.templating import render

if TYPE_CHECKING:
    from starlette.requests import Request

    from playledger.web.details.detail_page import DetailPage

OFFERED = 200  # choices that a page lists; of more, what is chosen
STATIC = Path(__file__).parent / "static"


def make_app(reader: Reader, token: str | None = None) -> Starlette:
    """The pages of one ledger; with a token, only for those who know it."""
    lists = [
        route
        for path, listing in LISTS.items()
        for route in (
            Route(path, partial(show_list, listing=listing)),
            Route(f"{path}.csv", partial(download, listing=listing)),
        )
    ]
    things = [Route(path, partial(show_thing, find=find)) for path, find in DETAIL_PAGES.items()]
    app = Starlette(
        routes=[
            Route("/", show_overview),
            Route("/runs/{run}", show_run),
            *lists,
            *things,
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[Middleware(Safety, token=token)],
        exception_handlers={
            Unavailable: tell_unavailable,
            HTTPException: tell_missing,
            Exception: tell_unforeseen,
        },
        lifespan=_closing(reader),
    )
    app.state.reader = reader
    app.state.overview = cached_overview(reader)
    return app


def show_list(request: Request, listing: Listing) -> Response:
    """One page of a list; only its rows where a search is being typed."""
    reader = request.app.state.reader
    params = read_params(listing, request.query_params)
    page = read_page(reader, listing, params)
    if request.headers.get("x-part") == "rows":
        return render(request, "rows.html.jinja", listing=listing, params=params, page=page)
    options = _options(reader, listing, params.chosen)
    return render(
        request, "list.html.jinja", listing=listing, params=params, page=page, options=options
    )


def show_thing(
    request: Request, find: Callable[[Reader, str, Mapping[str, str]], DetailPage | None]
) -> Response:
    """The page of one thing; HTTPException (404) when nothing is known under that id."""
    thing = find(request.app.state.reader, request.path_params["id"], request.query_params)
    if thing is None:
        raise HTTPException(404, "The ledger knows nothing under this address.")
    return render(request, "detail.html.jinja", page=thing)


def tell_unavailable(request: Request, error: Unavailable) -> Response:
    """A page that says why the ledger cannot be asked."""
    return render(request, "error.html.jinja", 503, title="Not now", message=str(error))


def tell_unforeseen(request: Request, _: Exception) -> Response:
    """A page for what nobody foresaw; what happened in detail is in the server's terminal."""
    told = "Something unforeseen went wrong. What happened in detail is where the server runs."
    return render(request, "error.html.jinja", 500, title="Something went wrong", message=told)


def tell_missing(request: Request, error: HTTPException) -> Response:
    """A page for an address that leads nowhere."""
    told = error.detail if error.detail != "Not Found" else "Nothing is at this address."
    return render(request, "error.html.jinja", error.status_code, title="Not found", message=told)


def _options(
    reader: Reader, listing: Listing, chosen: dict[str, str]
) -> dict[str, list[tuple[str, str]]]:
    """What each filter offers: (value, words); of a filter that lists nothing, what is chosen."""
    found: dict[str, list[tuple[str, str]]] = {}
    for each in listing.filters:
        if each.conditions:
            found[each.name] = [(value, value) for value in each.conditions]
        elif each.options:
            offered = f"select * from ({each.options}) as offered (value, words)"
            rows = [(row["value"], row["words"]) for row in orjson.loads(reader.kept(offered))]
            if len(rows) > OFFERED:  # their own pages lead here
                rows = [row for row in rows if row[0] == chosen.get(each.name)]
            if rows:
                found[each.name] = rows
        elif each.named and each.name in chosen:
            question = each.named.replace("{value}", "%(value)s")
            row = reader.row(question, {"value": chosen[each.name]})
            found[each.name] = [(chosen[each.name], row[0] if row else "nobody")]
        value = chosen.get(each.name)
        known = found.get(each.name, [])
        if value and each.kind != "date" and value not in [offered for offered, _ in known]:
            found[each.name] = [*known, (value, f"{value} (not in the ledger)")]
    return found


def _prepare(reader: Reader) -> None:
    """Ask for what is kept before anybody waits for it; a page tells what is wrong, if anything."""
    with suppress(Unavailable):
        for query in (*(listing.kept for listing in LISTS.values() if listing.kept), SOLD):
            reader.kept(query)


def _closing(reader: Reader) -> Callable:
    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def lifespan(app: Starlette) -> Any:  # noqa: ANN401 (Starlette's own shape)
        Thread(target=_prepare, args=[reader], daemon=True).start()
        with suppress(Unavailable):
            app.state.overview.get(patience=0)  # counted by the time that somebody looks
        yield
        reader.close()

    return lifespan
