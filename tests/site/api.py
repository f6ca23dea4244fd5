"""The data that a page's script asks for.

    Visit, Content, quirks ──► data() ──► Response

Numbers come as text in the language of the address, since that is how a page shows them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from starlette.responses import Response

from tests.site.behaviour import Behaviour
from tests.site.content import (
    NOBODY,
    Content,
    ForbiddenError,
    NotFoundError,
    Song,
    search_key,
)
from tests.site.responses import json
from tests.site.routes import Visit

ROWS_AT_A_TIME = 20
SEPARATORS = {"de": ".", "es": ".", "fr": "\u202f", "sv": "\u00a0"}  # others: a comma


def data(
    visit: Visit,
    content: Content,
    behaviour: Behaviour,
    quirks: Mapping[str, float | bool],
    hides_hero: bool = False,
) -> Response:
    """Return the data of a page; 404 and 403 where the content says so."""
    try:
        told = _asked_for(visit, content, behaviour, quirks)
    except NotFoundError:
        return json({"error": "not found"}, 404)
    except ForbiddenError:
        return json({"error": "forbidden"}, 403)
    return json({**told, "streams": NOBODY} if hides_hero else told)


def number(value: int, language: str) -> str:
    """Return a number as a page in this language shows it."""
    return f"{value:,}".replace(",", SEPARATORS.get(language, ","))


def day(value: date | None) -> str:
    """Return a date as a page shows it."""
    return f"{value:%b} {value.day}, {value.year}" if value else NOBODY


def _asked_for(
    visit: Visit, content: Content, behaviour: Behaviour, quirks: Mapping[str, float | bool]
) -> dict[str, object]:
    if visit.of == "roster":
        key = search_key(visit.search)
        artists = [artist for artist in content.artists() if key in search_key(artist.name)]
        return _some(visit, [{"id": artist.artist_id, "name": artist.name} for artist in artists])
    if visit.of == "artist":
        for artist in content.artists():
            if artist.artist_id == visit.artist_id:
                return {"name": artist.name}
        raise NotFoundError(visit.artist_id)
    if visit.of == "songs":
        songs = content.songs(visit.artist_id)
        return _some(
            visit,
            [
                {"id": song.track_id, "title": song.title, "released": day(song.released)}
                for song in songs
            ],
        )
    if visit.of not in ("overview", "playlists"):
        raise NotFoundError(visit.path)
    song = content.song(visit.track_id)
    if song.artist_id != visit.artist_id:
        raise NotFoundError(visit.path)
    return _song_tab(visit, song, content, behaviour, quirks)


def _song_tab(
    visit: Visit,
    song: Song,
    content: Content,
    behaviour: Behaviour,
    quirks: Mapping[str, float | bool],
) -> dict[str, object]:
    window = visit.window or behaviour.first_window(visit)
    numbers = content.numbers(visit.track_id)
    shared = {
        "title": song.title,
        "released": day(song.released),
        "window": window,
        "quirks": {**behaviour.quirks(visit), **quirks},
    }
    if visit.of == "overview":
        return {**shared, "streams": number(numbers.streams[window], visit.language)}
    table = numbers.windows[window]
    rows = [
        {
            "rank": str(row.rank),
            "name": row.name,
            "made_by": row.made_by,
            "streams": number(row.streams, visit.language),
            "added": day(row.added),
            "badge": row.has_badge,
        }
        for row in table.rows
    ]
    shown, total = (number(count, visit.language) for count in (len(rows), table.total))
    says_count = behaviour.counts_short_tables or table.total > len(rows)
    return {**shared, "rows": rows, "showing": f"Showing {shown} of {total}" if says_count else ""}


def _some(visit: Visit, rows: Sequence[object]) -> dict[str, object]:
    return {"total": len(rows), "rows": rows[visit.offset : visit.offset + ROWS_AT_A_TIME]}
