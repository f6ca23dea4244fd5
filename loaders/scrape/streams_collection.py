"""Collect streams: one song's pages in, the content of its file out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Protocol

from loaders.scrape.page import SitePage
from loaders.scrape.site import Song
from loaders.scrape.song_document import document
from loaders.scrape.song_page import check_song, read_song
from loaders.scrape.worklist import Item


class Need(Protocol):
    """A song that is wanted; `label` is for people, `last_scraped_at` is in UTC without a zone."""

    artist_id: str
    track_id: str
    label: str
    last_scraped_at: datetime | None


def items_of(needs: Iterable[Need]) -> list[Item]:
    """Items of songs as Streams takes them, each track once, in the order given."""
    return [_item(need) for need in {need.track_id: need for need in needs}.values()]


def _item(need: Need) -> Item:
    last = need.last_scraped_at
    content = {
        "artist_id": need.artist_id,
        "track_id": need.track_id,
        "last_scraped_at": last.isoformat() if last else None,
    }
    return Item(need.track_id, need.label, content)


class Streams:
    """The collection of `playledger scrape streams`; see runner.Collection."""

    kind = "streams"
    unit = "songs"

    async def check(self, page: SitePage, item: Item) -> None:
        """Open the song's overview; raises a Trouble when it is not what it was."""
        await check_song(page, _song(item))

    async def collect(self, page: SitePage, item: Item) -> dict[str, object]:
        """The song's file; `item.content` has `artist_id` and `track_id`."""
        song = _song(item)
        reading = await read_song(page, song)
        return document(song, reading, datetime.now(UTC).replace(tzinfo=None))

    def outcomes(self, content: dict[str, object]) -> Counter[str]:
        """Playlist rows by window."""
        windows = content["time_ranges"]
        return Counter(
            {
                f"playlist rows, {name}": len(each["stats"]["playlists"])
                for name, each in windows.items()
            }
        )


def _song(item: Item) -> Song:
    return Song(str(item.content["artist_id"]), str(item.content["track_id"]))
