"""How the site behaves when nothing is wrong: how long it takes, and what it leaves open.

    Behaviour, Latency ──► delays of answers, and the `quirks` that a page is told to show

Equal songs and windows always take equally long.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sample.seeded_random import dice
from tests.site.content import WINDOWS
from tests.site.routes import Visit

REQUESTS_PER_SONG = 8  # two pages, three chips, three windows

Seconds = tuple[float, float]  # from, to


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds that the server takes for a request, by its kind; waiting costs no CPU.

    `by_kind` takes the words of `Visit.kinds`, such as "page", "data", "playlists data", "roster
    data", "log-in"; `song` is shared out evenly over the eight requests that a song needs.
    """

    by_kind: dict[str, float] = field(default_factory=dict)
    song: float = 0.0

    def of(self, visit: Visit) -> float:
        """Return how long this request takes."""
        seconds = sum(self.by_kind.get(kind, 0.0) for kind in visit.kinds)
        return seconds + (self.song / REQUESTS_PER_SONG if visit.track_id else 0.0)


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What may differ from one page, account or day to the next."""

    latency: Latency = field(default_factory=Latency)
    rows: Literal["reused", "replaced"] = "reused"  # whether a switch keeps the row elements
    stale: Seconds = (0.0, 0.3)  # old rows stay under the new label, the old number at the chip
    empty: Seconds = (0.0, 0.2)  # then, every other time, the table is empty
    language: str | None = None  # the account's own: addresses without one are redirected to it
    heading: str | None = None  # "Songs": what the h1 of a song's pages says, its title below
    covers: bool = True  # every third song's page opens scrolled, its drop-down under the bar
    counts_short_tables: bool = True  # "Showing 7 of 7"
    rotates_after: int = 40  # requests of a session until its cookie changes

    def first_window(self, visit: Visit) -> str:
        """Return the window that a page shows first: any for playlists, the same for chips."""
        if visit.of == "overview":
            return "28day"
        return dice("first window", visit.track_id).choice(WINDOWS)

    def quirks(self, visit: Visit) -> dict[str, float | bool]:
        """Return what the page does on its own with the data of this request."""
        chance = dice("quirks", visit.track_id, visit.window)
        stale, empty = chance.uniform(*self.stale), chance.uniform(*self.empty)
        empty *= chance.random() < 0.5
        is_covered = self.covers and dice("covered", visit.track_id).random() < 1 / 3
        return {"stale": round(stale, 3), "empty": round(empty, 3), "covered": is_covered}
