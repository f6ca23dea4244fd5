"""How the site behaves when nothing fails: its latency, and how its pages differ.

    Behaviour ──► delays of answers, and `quirks` of the page's script

Delays depend on song and window alone: they are equal in each run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sample.seeded_random import rng_for
from tests.site.content import WINDOWS
from tests.site.routes import Route

REQUESTS_PER_SONG = 8  # two pages, three chips, three windows

Seconds = tuple[float, float]  # from, to


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What may differ from one page, account or day to the next."""

    song_seconds: float = 0.0  # that the server takes for a song, spread over its requests
    rows: Literal["reused", "replaced"] = "reused"  # whether a switch keeps the row elements
    stale: Seconds = (0.0, 0.3)  # old rows under the new label, the old number at the new chip
    empty: Seconds = (0.0, 0.2)  # then, half of the time, the table is empty
    language: str | None = None  # the account's: addresses without one are redirected to it
    heading: str | None = None  # the h1 of a song's pages ("Songs"), with its title in an h2
    covers: bool = True  # a third of the songs' pages open with the drop-down under the top bar
    rotates_after: int = 40  # requests until the session's cookie changes

    def delay(self, route: Route) -> float:
        """Return the seconds that the server takes for a request; waiting costs no CPU."""
        return self.song_seconds / REQUESTS_PER_SONG if route.track_id else 0.0

    def first_window(self, route: Route) -> str:
        """Return the window that a page shows first: always the same for the overview."""
        if route.subject == "overview":
            return "28day"
        return rng_for("first window", route.track_id).choice(WINDOWS)

    def quirks(self, route: Route) -> dict[str, float | bool]:
        """Return how the page's script treats the data of this request."""
        chance = rng_for("quirks", route.track_id, route.window)
        stale, empty = chance.uniform(*self.stale), chance.uniform(*self.empty)
        empty *= chance.random() < 0.5
        is_covered = self.covers and rng_for("covered", route.track_id).random() < 1 / 3
        return {"stale": round(stale, 3), "empty": round(empty, 3), "covered": is_covered}
