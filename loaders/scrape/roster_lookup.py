"""Look an artist up: search the roster, and read the songs of every artist that may be meant.

    artist name ──► look_up_artist() ──► ArtistLookup: artists, their songs, what was left out

The whole name is searched first; its parts only where that did not settle every campaign. Artists
with a similar name are read only where none has the same name: a person decides on their songs.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from loaders.scrape.name_normalisation import artist_key, artist_names, normalise
from loaders.scrape.page import BrowserPage
from loaders.scrape.roster_pages import ListEntry, read_songs, search_artists
from loaders.scrape.site import Song
from loaders.scrape.song_matching import EXACT, MIN_SCORE, RosterSong, artist_score

logger = logging.getLogger(__name__)
MAX_ARTISTS = 5  # of one name whose songs are read
MAX_NAMES = 8  # of one artist field that are searched


@dataclass(frozen=True, slots=True)
class RosterArtist:
    """An artist, how many songs were read, and the name's similarity (100: the same)."""

    artist_id: str
    artist: str
    songs: int
    score: float


@dataclass(slots=True)
class ArtistLookup:
    """What the roster has for an artist; `notes` say what was left out."""

    artists: list[RosterArtist] = field(default_factory=list)
    songs: list[RosterSong] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def is_on_roster(self) -> bool:
        """Whether an artist of the same name was found."""
        return any(artist.score == EXACT for artist in self.artists)

    @property
    def is_complete(self) -> bool:
        """Whether no song of an artist of this name can be missing."""
        return not self.notes

    def leave_out(self, note: str) -> None:
        """Note what was not read."""
        self.notes.append(note)
        logger.warning(note)

    async def read_artists(
        self, page: BrowserPage, artists: list[ListEntry], names: list[str]
    ) -> None:
        """Read the songs of the first MAX_ARTISTS artists, found for these names."""
        known = {artist.artist_id for artist in self.artists}
        if len(artists) > MAX_ARTISTS:
            self.leave_out(f"{len(artists)} artists are called {names[0]}: {MAX_ARTISTS} were read")
        for artist in artists[:MAX_ARTISTS]:
            if artist.id in known:
                continue
            songs = await read_songs(page, artist.id)
            if not songs.is_complete:
                self.leave_out(f"{artist.text} has more than {len(songs.entries)} songs")
            score = round(artist_score(names, artist.text), 1)
            self.artists.append(RosterArtist(*artist, len(songs.entries), score))
            self.songs += [
                RosterSong(Song(artist.id, track), artist.text, title)
                for track, title in songs.entries
            ]


async def look_up_artist(
    page: BrowserPage, artist: str, is_settled: Callable[[ArtistLookup], bool]
) -> ArtistLookup:
    """Everything about an artist; parts of the name are not searched once `is_settled`.

    Raises a ScrapeError.
    """
    found, shown = ArtistLookup(), dict[str, ListEntry]()
    names = artist_names(artist)
    for place, name in enumerate(names):
        if place == 1 and found.artists and is_settled(found):
            break
        if place == MAX_NAMES:
            found.leave_out(f"{artist} joins {len(names)} names: {MAX_NAMES} were searched")
            break
        entries = await _search(page, name, found)
        shown.update((entry.id, entry) for entry in entries)
        same = [entry for entry in entries if artist_key(entry.text) == artist_key(name)]
        await found.read_artists(page, same, [name])
    if not found.artists:
        scores = {entry: artist_score(names, entry.text) for entry in shown.values()}
        similar = [entry for entry in scores if scores[entry] >= MIN_SCORE]
        similar.sort(key=lambda entry: -scores[entry])
        await found.read_artists(page, similar[:MAX_ARTISTS], names)
    return found


async def _search(page: BrowserPage, name: str, found: ArtistLookup) -> tuple[ListEntry, ...]:
    """The artists that the roster shows for a name, and for it without accents if none has it."""
    entries: tuple[ListEntry, ...] = ()
    for text in dict.fromkeys((name, normalise(name))):
        if text.casefold() == name.casefold() and text != name:
            continue
        listing = await search_artists(page, text)
        if not listing.is_complete:
            found.leave_out(f"the search for {text} finds more than {len(listing.entries)} artists")
        entries += listing.entries
        if any(artist_key(entry.text) == artist_key(name) for entry in entries):
            break
    return entries
