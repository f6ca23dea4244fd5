"""The content of a sample: the songs on its roster, as the site shows them.

    campaigns, seed ──► SampleContent ──► artists, songs, statistics, the SFA URL of each campaign

Statistics continue those of the sample's files, one scrape later. All but the roster is made on
demand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sample.catalogue import Song as SampleSong
from sample.catalogue import catalogue_of
from sample.placements import Placement
from sample.roster_results import Roster, write_roster
from sample.scraped_files import work_list
from sample.scraped_pages import Pages, Scrape
from sample.seeded_random import rng_for, spotify_id
from tests.site.content import WINDOWS, Artist, NotFoundError, Row, Song, SongStats, Window

OTHER_ARTISTS = 60  # of no campaign
OTHER_SONGS = (0, 0, 1, 3, 9, 45)  # how many songs of no campaign an artist has
FIRST_OTHER = 10**7  # numbers above those of all campaigns' songs
OLDEST_RELEASE = date(2021, 3, 5)
NTH_SCRAPE = 9  # of each song: the sample's files hold those before


class SampleContent:
    """What the account of the sample's agency sees."""

    def __init__(self, campaigns: int = 653, seed: int = 1) -> None:
        """Take the sample's arguments."""
        self._catalogue, self._campaigns = catalogue_of(seed), campaigns
        self._seed = seed
        self._pages = Pages(self._catalogue, campaigns)
        with TemporaryDirectory() as folder:
            self._roster: Roster = write_roster(Path(folder), self._catalogue, campaigns)
        self._places: dict[str, tuple[int, SampleSong]] = {}
        for place, (song, track) in enumerate(work_list(self._catalogue, self._roster)):
            if track == song.sfa_track_id and song.number in self._roster.songs:
                self._places[track] = place, song
        self._artists: dict[str, Artist] = {}
        self._songs: dict[str, list[Song]] = {}
        self._by_track: dict[str, Song] = {}
        for song in self._all_songs():
            self._songs.setdefault(song.artist_id, []).append(song)
            self._by_track[song.track_id] = song
        self._by_name = sorted(self._artists.values(), key=lambda artist: artist.name.casefold())
        self.stats = lru_cache(maxsize=1024)(self._make_stats)

    def artists(self) -> Sequence[Artist]:
        """Return the roster by name."""
        return self._by_name

    def songs(self, artist_id: str) -> Sequence[Song]:
        """Return an artist's songs, the newest first."""
        if artist_id not in self._artists:
            raise NotFoundError(artist_id)
        songs = self._songs.get(artist_id, [])
        return sorted(songs, key=lambda song: (song.released, song.track_id), reverse=True)

    def song(self, track_id: str) -> Song:
        """Return one song."""
        if track_id not in self._by_track:
            raise NotFoundError(track_id)
        return self._by_track[track_id]

    def sfa_urls(self) -> Mapping[int, str | None]:
        """Return each campaign's SFA URL, None where its song is not on the roster."""
        songs = {number: self._catalogue.song_of(number) for number in range(self._campaigns)}
        known = self._roster.songs
        return {
            number: known[song].sfa_url if song in known else None for number, song in songs.items()
        }

    def _make_stats(self, track_id: str) -> SongStats:
        song = self.song(track_id)
        placements = self._pages.placements(self._scrape(song))
        shown = self._pages.windows(self._scrape(song), flaw="")
        windows = {
            window: Window(
                rows=tuple(
                    Row(rank, p.playlist, p.made_by, row.streams, p.added, p.has_badge)
                    for rank, row in enumerate(shown[window], start=1)
                    for p in (row.placement,)
                ),
                total=sum(bool(placement.streams[window]) for placement in placements),
            )
            for window in WINDOWS
        }
        return SongStats(self._totals(track_id, placements), windows)

    def _totals(self, track_id: str, placements: list[Placement]) -> dict[str, int]:
        """Return the streams of all sources: of the playlists, and at most as many again."""
        chance = rng_for(self._seed, "other sources", track_id)
        of_playlists = {
            window: sum(p.streams[window] * (8 + NTH_SCRAPE) // 8 for p in placements)
            for window in WINDOWS
        }
        other = 40 + int(of_playlists["12months"] * chance.random())
        shares = sorted(chance.random() for _ in WINDOWS)
        return {
            window: of_playlists[window] + int(other * share)
            for window, share in zip(WINDOWS, shares, strict=True)
        }

    def _scrape(self, song: Song) -> Scrape:
        """Return the song's next scrape; songs of no campaign come after those with one."""
        other = self._catalogue.song(-FIRST_OTHER)
        after = len(self._places) + int.from_bytes(song.track_id[:2].encode())
        place, of_sample = self._places.get(song.track_id, (after, other))
        return Scrape(0, place, NTH_SCRAPE, of_sample, song.track_id)

    def _all_songs(self) -> Iterator[Song]:
        """Yield every song, and put the artists on the roster."""
        for track, (_, song) in self._places.items():
            self._artists[song.artist_id] = Artist(song.artist_id, song.artist)
            yield self._song(song.artist_id, track, song.title)
        for number in range(OTHER_ARTISTS):
            name = self._catalogue.names.artist(FIRST_OTHER + number)
            artist_id = spotify_id(self._seed, "artist", name)
            self._artists[artist_id] = Artist(artist_id, name)
        for artist_id in self._artists:
            chance = rng_for(self._seed, "other songs", artist_id)
            for _ in range(chance.choice(OTHER_SONGS)):
                number = FIRST_OTHER + int(chance.random() * 10**6)
                track = spotify_id(self._seed, "track", artist_id, number)
                yield self._song(artist_id, track, self._catalogue.names.title(number))

    def _song(self, artist_id: str, track_id: str, title: str) -> Song:
        chance = rng_for(self._seed, "release", track_id)
        released = OLDEST_RELEASE + timedelta(days=chance.randrange(1600))
        return Song(artist_id, track_id, title, released)
