"""What all scraped files say together.

ScrapeFacts of each file ──► Scrapes (streams by window, playlists by track) ──► tally
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from playledger.audit.scrape_facts import ScrapeFacts
from playledger.audit.scraped_documents import WINDOWS, Playlist
from playledger.audit.seed_rules import playlist_aliases

COUNTED = (
    "scrapes_rejected", "windows", "windows_rejected", "playlist_rows", "streams", "dated_rows",
)  # fmt: skip


@dataclass
class Scrapes:
    """Counts over scraped files, and what they say of tracks and playlists.

    Playlists have numbers, their places in `names`. `playlists` are by track and window, `curators`
    (Spotify left out) by the key of a playlist's name, `read` has the tracks and windows that were
    read, and `windows` the playlists of (track, window, scrape time). `is_ambiguous` says that one
    was in two files: the ledger keeps the rows of the file that it got first.
    """

    counts: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(COUNTED, 0)))
    playlists: dict[tuple[str, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    curators: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    read: set[tuple[str, str]] = field(default_factory=set)
    windows: dict[tuple[str, str, str], set[int]] = field(default_factory=dict)
    numbers: dict[Playlist, int] = field(default_factory=dict)
    names: list[Playlist] = field(default_factory=list)
    is_ambiguous: bool = False
    _by_track: dict[str, dict[str, set[str]]] = field(default_factory=dict)

    def add(self, facts: ScrapeFacts) -> None:
        """Add a file."""
        track = facts["track"]
        if track is None:
            self.counts["scrapes_rejected"] += 1
            return
        self.counts["windows_rejected"] += facts["rejected"]
        numbers = [self._number(name, curator) for name, curator in facts["playlists"]]
        for window in facts["windows"]:
            source = track, window["name"]
            self.counts["windows"] += 1
            self.counts["playlist_rows"] += window["rows"]
            self.counts["streams"] += window["streams"]
            self.counts["dated_rows"] += window["dated"]
            if window["is_read"]:
                self.read.add(source)
            found = {numbers[place] for place in window["playlists"]}
            self.playlists[source] |= found
            key = *source, facts["time"]
            self.is_ambiguous |= key in self.windows
            self.windows.setdefault(key, found).update(found)

    def _number(self, name: str, curator: str) -> int:
        playlist = name, curator
        number = self.numbers.get(playlist)
        if number is None:
            number = self.numbers[playlist] = len(self.names)
            self.names.append(playlist)
            if curator != "spotify":
                self.curators[name].add(curator)
        return number

    def figures(self) -> dict[str, int]:
        """The figures of the account that rest on scraped files."""
        return {
            **self.counts,
            "observed_playlists": len(self.numbers),
            "songs_scraped": len({track for track, _ in self.read}),
            "stream_rows": sum(map(len, self.windows.values())),
        }

    def seen_on(self, track: str | None) -> set[Playlist]:
        """The playlists that any window of a track shows."""
        return self._shown((track, name) for name in WINDOWS)

    def of_campaign(self, sfa_track: str | None, track: str | None) -> set[Playlist]:
        """The playlists of a campaign: for each window of its SFA track if that was read, else of
        its link's track.
        """
        return self._shown(
            (sfa_track if (sfa_track, each) in self.read else track, each) for each in WINDOWS
        )

    def _shown(self, sources: Iterable[tuple[str | None, str]]) -> set[Playlist]:
        numbers = set().union(*(self.playlists.get(source, ()) for source in sources))
        return {self.names[number] for number in numbers}

    def claim(self, name: str, tracks: Iterable[str | None] = ()) -> Playlist:
        """The playlist of a claimed name: of the one curator, not Spotify, whom the first of the
        campaign's tracks that is on such a playlist was seen on, else of the one who has it at all.
        """
        seen = (self._curators_on(track).get(name) for track in tracks if track)
        curators = next(filter(None, seen), self.curators.get(name, ()))
        return (name, next(iter(curators)) if len(curators) == 1 else "")

    def _curators_on(self, track: str) -> dict[str, set[str]]:
        """The curators, Spotify left out, of the playlists that show a track, by name."""
        if track not in self._by_track:
            found = self._by_track[track] = defaultdict(set)
            for name, curator in self.seen_on(track):
                if curator != "spotify":
                    found[name].add(curator)
        return self._by_track[track]

    def resolve(self, playlist: Playlist) -> Playlist:
        """The playlist that a seed says this one is: of its curator, or of the one who has it."""
        name = playlist_aliases().get(playlist)
        if name is None:
            return playlist
        known = (name, playlist[1]) in self.numbers or len(self.curators.get(name, ())) != 1
        return (name, playlist[1]) if known else self.claim(name)
