"""Collect streams: one song's pages in, the content of its file out."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Protocol

from loaders.scrape.page import BrowserPage
from loaders.scrape.site import Song
from loaders.scrape.song_document import make_document
from loaders.scrape.song_page import open_overview, read_song
from loaders.scrape.worklist import Item


class SongTarget(Protocol):
    """A song to scrape; `last_scraped_at` is in UTC without a zone, None when it never was."""

    artist_id: str
    track_id: str
    label: str
    last_scraped_at: datetime | None


def make_items(targets: Iterable[SongTarget]) -> list[Item]:
    """The items of a StreamsCollection: each track once, in the order given."""
    items = {}
    for each in targets:
        last = each.last_scraped_at and each.last_scraped_at.isoformat()
        content = {"artist_id": each.artist_id, "track_id": each.track_id, "last_scraped_at": last}
        items[each.track_id] = Item(each.track_id, each.label, content)
    return list(items.values())


class StreamsCollection:
    """The collection of `playledger scrape streams`; see runner.Collection."""

    kind = "streams"
    unit = "songs"

    async def check(self, page: BrowserPage, item: Item) -> None:
        """Open the song's overview; raises a ScrapeError when it lacks its usual elements."""
        await open_overview(page, _song(item))

    async def collect(self, page: BrowserPage, item: Item) -> dict[str, object]:
        """The song's file; `item.content` has `artist_id` and `track_id`."""
        song = _song(item)
        reading = await read_song(page, song)
        return make_document(song, reading, datetime.now(UTC).replace(tzinfo=None))

    def outcomes(self, content: dict[str, object]) -> Counter[str]:
        """Playlist rows by window."""
        windows = content["time_ranges"].items()
        return Counter(
            {f"playlist rows, {name}": len(each["stats"]["playlists"]) for name, each in windows}
        )


def _song(item: Item) -> Song:
    return Song(str(item.content["artist_id"]), str(item.content["track_id"]))
