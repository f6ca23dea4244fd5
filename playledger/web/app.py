"""The application: addresses, and what answers each.

    address ──► ListParams ──► a list, a detail page, the overview ──► template ──► HTML
                                  └──► the same rows as CSV

Every answer is read from the ledger anew; nothing is written and no session is kept.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Thread

import orjson
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from playledger.web.background_cache import BackgroundCache
from playledger.web.csv_export import export_csv
from playledger.web.details import DETAIL_PAGES
from playledger.web.details.detail_page import DetailPage
from playledger.web.details.salesperson import SOLD
from playledger.web.ledger_reader import Reader, Unavailable
from playledger.web.list_params import read_params
from playledger.web.list_query import read_page
from playledger.web.listing import Filter, Listing
from playledger.web.lists import LISTS
from playledger.web.overview import read_overview, show_overview
from playledger.web.run_pages import show_run
from playledger.web.security import SecurityMiddleware
from playledger.web.templating import render

MAX_OPTIONS = 200  # choices that a filter lists; where there are more, only the chosen one
STATIC = Path(__file__).parent / "static"


def make_app(reader: Reader, token: str | None = None) -> Starlette:
    """The pages of one ledger; with a token, only for those who know it."""
    app = Starlette(
        routes=[
            Route("/", show_overview),
            Route("/runs/{run}", show_run),
            *(Route(path, partial(show_list, listing=each)) for path, each in LISTS.items()),
            *(
                Route(f"{path}.csv", partial(export_csv, listing=each))
                for path, each in LISTS.items()
            ),
            *(Route(path, partial(show_detail, find=find)) for path, find in DETAIL_PAGES.items()),
            Route("/doubts", partial(redirect, path="/issues")),  # its name in earlier versions
            Route("/doubts.csv", partial(redirect, path="/issues.csv")),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[Middleware(SecurityMiddleware, token=token)],
        exception_handlers={
            Unavailable: show_unavailable,
            HTTPException: show_not_found,
            Exception: show_error,
        },
        lifespan=_fill_caches,
    )
    app.state.reader = reader
    app.state.overview = BackgroundCache(partial(read_overview, reader), reader.change_marker)
    return app


def show_list(request: Request, listing: Listing) -> Response:
    """One page of a list; only its rows where a search is being typed."""
    reader = request.app.state.reader
    params = read_params(listing, request.query_params)
    page = read_page(reader, listing, params)
    if request.headers.get("x-part") == "rows":
        return render(request, "rows.html.jinja", listing=listing, params=params, page=page)
    options = {each.name: _options(reader, each, params.filters) for each in listing.filters}
    return render(
        request, "list.html.jinja", listing=listing, params=params, page=page, options=options
    )


def show_detail(
    request: Request, find: Callable[[Reader, str, Mapping[str, str]], DetailPage]
) -> Response:
    """The page of one row; raises HTTPException (404) where there is none of that id."""
    page = find(request.app.state.reader, request.path_params["id"], request.query_params)
    return render(request, "detail.html.jinja", page=page)


def redirect(request: Request, path: str) -> Response:
    """The same query at another path of this host."""
    query = request.url.query
    return RedirectResponse(f"{path}?{query}" if query else path, 301)


def show_unavailable(request: Request, error: Unavailable) -> Response:
    """A page that says why the ledger cannot be read."""
    return render(
        request, "error.html.jinja", 503, title="Ledger not available", message=str(error)
    )


def show_not_found(request: Request, error: HTTPException) -> Response:
    """A page for an address that leads nowhere."""
    is_default = error.detail == "Not Found"
    message = "There is no page at this address." if is_default else error.detail
    return render(
        request, "error.html.jinja", error.status_code, title="Not found", message=message
    )


def show_error(request: Request, _: Exception) -> Response:
    """A page for an unexpected error; the server logs its traceback."""
    message = "An unexpected error happened. The terminal of the server shows the details."
    return render(request, "error.html.jinja", 500, title="Error", message=message)


def _options(reader: Reader, each: Filter, chosen: dict[str, str]) -> list[tuple[str, str]]:
    """The options of a filter, (value, label); of one that lists none, the chosen value."""
    value = chosen.get(each.name)
    options: list[tuple[str, str]] = []
    if each.choices:
        options = [(choice, choice) for choice in each.choices]
    elif each.options:
        query = f"select * from ({each.options}) as options (value, label)"
        options = [(row["value"], row["label"]) for row in orjson.loads(reader.cached_json(query))]
        if len(options) > MAX_OPTIONS:  # their own pages lead here
            options = [(option, label) for option, label in options if option == value]
    elif each.label_query and value:
        row = reader.row(each.label_query.replace("{value}", "%(value)s"), {"value": value})
        options = [(value, row[0])] if row else []
    if value and each.kind != "date" and value not in dict(options):
        options.append((value, f"{value} (not in the ledger)"))
    return options


@asynccontextmanager
async def _fill_caches(app: Starlette) -> AsyncIterator[None]:
    """Start reading what is slow before the first page asks for it."""
    Thread(target=_read_cached, args=[app.state.reader], daemon=True).start()
    with suppress(Unavailable):
        app.state.overview.get(wait=0)
    yield


def _read_cached(reader: Reader) -> None:
    with suppress(Unavailable):  # a page says what is wrong
        for query in (*(listing.cached for listing in LISTS.values() if listing.cached), SOLD):
            reader.cached_json(query)
