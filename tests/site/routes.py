"""What a request is for, read from its address.

    path, query ──► parse_route() ──► Route

Delays, faults and answers all go by a route's labels.
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
SUBJECTS = ("roster", "songs", "overview", "playlists", "session")  # of others: artist


@dataclass(frozen=True)
class Route:
    """One request: its `kind` is page, data or static, its `subject` one of SUBJECTS, artist or
    nothing (an unknown address).
    """

    path: str
    kind: str
    subject: str
    artist_id: str = ""
    track_id: str = ""
    language: str = ""
    window: str = ""  # empty: whichever the site shows first
    search: str = ""
    offset: int = 0

    @cached_property
    def labels(self) -> frozenset[str]:
        """Return the labels by which delays and faults select requests."""
        labels = {"any", self.kind, f"{self.subject} {self.kind}"}
        if self.track_id:
            labels |= {"song", f"song {self.kind}"}
            if self.kind == "data":
                labels.add(f"switched {self.subject}" if self.window else f"first {self.subject}")
        return frozenset(labels)


def parse_route(path: str, query: Mapping[str, str]) -> Route:
    """Return the route of an address; one that does not exist is a page or data of nothing."""
    if path.startswith("/static/"):
        return Route(path, "static", "nothing")
    is_data = path.startswith("/api/")
    match = (DATA if is_data else PAGE).fullmatch(path)
    kind = "data" if is_data else "page"
    if match is None:
        return Route(path, kind, "nothing")
    found = match.groupdict(default="")
    last = path.rsplit("/", 1)[-1]
    subject = TABS.get(last, last)
    return Route(
        path=path,
        kind=kind,
        subject=subject if subject in SUBJECTS else "artist",
        artist_id=found["artist"],
        track_id=found["track"],
        language=found.get("language", "") or query.get("language", ""),
        window=query.get("window", ""),
        search=query.get("search", ""),
        offset=int(query.get("offset") or 0),
    )
