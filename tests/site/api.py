"""The data that a page's script requests.

    Route, Content, quirks ──► data_response() ──► Response

Numbers are text in the language of the address, as the page shows them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from starlette.responses import Response

from tests.site.behaviour import Behaviour
from tests.site.content import (
    NO_VALUE,
    Content,
    ForbiddenError,
    NotFoundError,
    Song,
    search_key,
)
from tests.site.responses import json
from tests.site.routes import Route

PAGE_SIZE = 20
THOUSANDS = {"de": ".", "es": ".", "fr": "\u202f", "sv": "\u00a0"}  # others: a comma


def data_response(
    route: Route,
    content: Content,
    behaviour: Behaviour,
    quirks: Mapping[str, float | bool],
    hides_hero: bool = False,
) -> Response:
    """Return the data of a page; 404 or 403 for songs that the content does not show."""
    try:
        found = _find(route, content, behaviour, quirks)
    except NotFoundError:
        return json({"error": "not found"}, 404)
    except ForbiddenError:
        return json({"error": "forbidden"}, 403)
    return json({**found, "streams": NO_VALUE} if hides_hero else found)


def format_number(value: int, language: str) -> str:
    """Return a number as a page in this language shows it."""
    return f"{value:,}".replace(",", THOUSANDS.get(language, ","))


def format_date(value: date | None) -> str:
    """Return a date as a page shows it."""
    return f"{value:%b} {value.day}, {value.year}" if value else NO_VALUE


def _find(
    route: Route, content: Content, behaviour: Behaviour, quirks: Mapping[str, float | bool]
) -> dict[str, object]:
    if route.subject == "roster":
        key = search_key(route.search)
        artists = [artist for artist in content.artists() if key in search_key(artist.name)]
        rows = [{"id": artist.artist_id, "name": artist.name} for artist in artists]
        return _page_of(route, rows)
    if route.subject == "artist":
        for artist in content.artists():
            if artist.artist_id == route.artist_id:
                return {"name": artist.name}
        raise NotFoundError(route.artist_id)
    if route.subject == "songs":
        songs = content.songs(route.artist_id)
        rows = [
            {"id": song.track_id, "title": song.title, "released": format_date(song.released)}
            for song in songs
        ]
        return _page_of(route, rows)
    if route.subject not in ("overview", "playlists"):
        raise NotFoundError(route.path)
    song = content.song(route.track_id)
    if song.artist_id != route.artist_id:
        raise NotFoundError(route.path)
    return _song_tab(route, song, content, behaviour, quirks)


def _song_tab(
    route: Route,
    song: Song,
    content: Content,
    behaviour: Behaviour,
    quirks: Mapping[str, float | bool],
) -> dict[str, object]:
    window = route.window or behaviour.first_window(route)
    stats = content.stats(route.track_id)
    shared = {
        "title": song.title,
        "released": format_date(song.released),
        "window": window,
        "quirks": {**behaviour.quirks(route), **quirks},
    }
    if route.subject == "overview":
        return {**shared, "streams": format_number(stats.streams[window], route.language)}
    table = stats.windows[window]
    rows = [
        {
            "rank": str(row.rank),
            "name": row.name,
            "made_by": row.made_by,
            "streams": format_number(row.streams, route.language),
            "added": format_date(row.added),
            "badge": row.has_badge,
        }
        for row in table.rows
    ]
    shown, total = (format_number(count, route.language) for count in (len(rows), table.total))
    return {**shared, "rows": rows, "showing": f"Showing {shown} of {total}"}


def _page_of(route: Route, rows: Sequence[object]) -> dict[str, object]:
    return {"total": len(rows), "rows": rows[route.offset : route.offset + PAGE_SIZE]}
