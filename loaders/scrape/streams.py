"""Collect streams: one song's pages in, the content of its file out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Protocol

from loaders.scrape.site import Song
from loaders.scrape.sitepage import SitePage
from loaders.scrape.song import document, read_song
from loaders.scrape.worklist import Item


class Need(Protocol):
    """A song that is wanted; `label` is for people."""

    artist_id: str
    track_id: str
    label: str


def items_of(needs: Iterable[Need]) -> list[Item]:
    """Items of songs as Streams takes them, each track once, in the order given."""
    return [
        Item(need.track_id, need.label, {"artist_id": need.artist_id, "track_id": need.track_id})
        for need in {need.track_id: need for need in needs}.values()
    ]


class Streams:
    """The collection of `playledger scrape streams`; see runner.Collection."""

    kind = "streams"
    unit = "songs"

    async def collect(self, page: SitePage, item: Item) -> dict[str, object]:
        """The song's file; `item.content` has `artist_id` and `track_id`."""
        song = Song(str(item.content["artist_id"]), str(item.content["track_id"]))
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
