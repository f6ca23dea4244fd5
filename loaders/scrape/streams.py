"""Collect streams: one song's pages in, the content of its file out."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from loaders.scrape.site import Song
from loaders.scrape.sitepage import SitePage
from loaders.scrape.song import document, read_song
from loaders.scrape.worklist import Item


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
