"""Look an artist up: search the roster, and read the songs of everybody who may be meant.

    artist as typed ──► look_up() ──► Lookup: artists, their songs, and what was left out

The whole name is searched first; its parts only where that did not settle every campaign. Names
that are alike, not equal, are looked at only where none is equal: their songs are for a person.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from loaders.scrape.name_normalisation import artist_key, artist_names, normalise
from loaders.scrape.page import SitePage
from loaders.scrape.roster_pages import Entry, read_songs, search_artists
from loaders.scrape.site import Song
from loaders.scrape.song_matching import CLOSE, SURE, Listed, artist_score

log = logging.getLogger(__name__)
HANDFUL = 5  # artists of one name whose songs are read
MOST_NAMES = 8  # of one campaign's artist that are searched


@dataclass(frozen=True, slots=True)
class RosterArtist:
    """An artist whose songs were read, their number, and how like its name is (100: equal)."""

    artist_id: str
    name: str
    songs: int
    score: float


@dataclass(slots=True)
class Lookup:
    """What the roster has for an artist. `is_whole` unless something was left out, which `notes`
    then says.
    """

    artists: list[RosterArtist] = field(default_factory=list)
    listed: list[Listed] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def is_on_roster(self) -> bool:
        """Whether an artist of this very name was found."""
        return any(artist.score == SURE for artist in self.artists)

    @property
    def is_whole(self) -> bool:
        """Whether no song of an artist of this name can be missing."""
        return not self.notes

    def leave_out(self, what: str) -> None:
        """Say what was not looked at."""
        self.notes.append(what)
        log.warning(what)

    async def read(self, page: SitePage, artists: list[Entry], names: list[str]) -> None:
        """Read the songs of artists that are called one of these names, or like it: a handful."""
        known = {artist.artist_id for artist in self.artists}
        if len(artists) > HANDFUL:
            self.leave_out(
                f"{len(artists)} artists are called {names[0]}: {HANDFUL} were looked at"
            )
        for artist in artists[:HANDFUL]:
            if artist.identifier in known:
                continue
            songs = await read_songs(page, artist.identifier)
            if not songs.is_whole:
                self.leave_out(f"{artist.text} has more than {len(songs.entries)} songs")
            score = round(artist_score(names, artist.text), 1)
            self.artists.append(RosterArtist(*artist, len(songs.entries), score))
            self.listed += [
                Listed(Song(artist.identifier, track), artist.text, title)
                for track, title in songs.entries
            ]


async def look_up(page: SitePage, artist: str, has_all: Callable[[Lookup], bool]) -> Lookup:
    """Everything of an artist; parts of the name are not searched once `has_all` is content."""
    found, shown = Lookup(), dict[str, Entry]()
    names = artist_names(artist)
    for place, name in enumerate(names):
        if place == 1 and found.artists and has_all(found):
            break
        if place == MOST_NAMES:
            found.leave_out(f"{artist} joins {len(names)} names: {MOST_NAMES} were searched")
            break
        entries = await _search(page, name, found)
        shown.update((entry.identifier, entry) for entry in entries)
        equal = [entry for entry in entries if artist_key(entry.text) == artist_key(name)]
        await found.read(page, equal, [name])
    if not found.artists:
        scores = {entry: artist_score(names, entry.text) for entry in shown.values()}
        alike = [entry for entry in scores if scores[entry] >= CLOSE]
        alike.sort(key=lambda entry: -scores[entry])
        await found.read(page, alike[:HANDFUL], names)
    return found


async def _search(page: SitePage, name: str, found: Lookup) -> tuple[Entry, ...]:
    """The artists that the roster shows for a name; for its plain letters where none is equal."""
    entries: tuple[Entry, ...] = ()
    for text in dict.fromkeys((name, normalise(name))):
        if text.casefold() == name.casefold() and text != name:
            continue
        listing = await search_artists(page, text)
        if not listing.is_whole:
            found.leave_out(f"the search for {text} finds more than {len(listing.entries)} artists")
        entries += listing.entries
        if any(artist_key(entry.text) == artist_key(name) for entry in entries):
            break
    return entries
