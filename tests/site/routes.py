"""What a request asks for, read from its address.

    path, query ──► visit_of() ──► Visit

Delays, faults and answers all go by the same words for kinds of requests.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

ID = r"(?P<{}>\w{{22}})"
ARTIST, TRACK = ID.format("artist"), ID.format("track")
PAGE = re.compile(
    rf"/c(/(?P<language>[a-z]{{2}}))?/(roster|artist/{ARTIST}/(home|songs|song/{TRACK}/(?P<tab>stats|playlists)))"
)
DATA = re.compile(
    rf"/api/(session|roster|artist/{ARTIST}(/songs|/song/{TRACK}/(?P<tab>overview|playlists))?)"
)
TABS = {"stats": "overview"}


@dataclass(frozen=True)
class Visit:
    """One request: `part` is page, data or static; `of` is what the page or the data is about."""

    path: str
    part: str
    of: str  # roster, artist, songs, overview, playlists, session or nothing
    artist_id: str = ""
    track_id: str = ""
    language: str = ""
    window: str = ""  # empty: whichever the site shows first
    search: str = ""
    offset: int = 0

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Return the words that delays and faults go by."""
        kinds = {"any", self.part, f"{self.of} {self.part}"}
        if self.track_id:
            kinds |= {"song", f"song {self.part}"}
            if self.part == "data":
                kinds.add(f"switched {self.of}" if self.window else f"first {self.of}")
        return frozenset(kinds)


def visit_of(path: str, query: Mapping[str, str]) -> Visit:
    """Return what is asked for; a page that does not exist is a page of nothing."""
    if path.startswith("/static/"):
        return Visit(path, "static", "nothing")
    is_data = path.startswith("/api/")
    match = (DATA if is_data else PAGE).fullmatch(path)
    part = "data" if is_data else "page"
    if match is None:
        return Visit(path, part, "nothing")
    found = match.groupdict(default="")
    last = path.rsplit("/", 1)[-1]
    of = TABS.get(last, last)
    return Visit(
        path=path,
        part=part,
        of=of if of in ("roster", "songs", "overview", "playlists", "session") else "artist",
        artist_id=found["artist"],
        track_id=found["track"],
        language=found.get("language", "") or query.get("language", ""),
        window=query.get("window", ""),
        search=query.get("search", ""),
        offset=int(query.get("offset") or 0),
    )
