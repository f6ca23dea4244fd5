"""How fast the site is asked: so many pages a minute by all workers together, with jitter.

When the site says that it is too fast (429, 5xx, no answer) the pace halves, and comes back step by
step; a Retry-After is waited for by all workers.
"""

from __future__ import annotations

import asyncio
import random
import time

SLOWEST = 32.0  # times slower than asked for, at the most
LONGEST_WAIT = 600.0  # seconds that a Retry-After may ask for
RECOVERY = 0.8
BURST = 8  # pages that may come at once: workers that finish together need not queue


class Pace:
    """Turns to open a page. `per_minute` is for the site, whatever the number of workers."""

    def __init__(self, per_minute: float, seed: int | None = None) -> None:
        self._gap = 60.0 / per_minute
        self._slowness = 1.0
        self._next = 0.0
        self._chance = random.Random(seed)  # noqa: S311 (jitter needs no secret)
        self.waits = 0  # how often the site asked to be slower

    async def turn(self) -> None:
        """Wait until the next page may be opened."""
        now = time.monotonic()
        due = max(self._next, now)
        self._next = due + self._gap * self._slowness * self._chance.uniform(0.5, 1.5)
        ahead = 0.0 if self.is_slowed else BURST * self._gap
        await asyncio.sleep(max(0.0, due - ahead - now))

    def slow_down(self, retry_after: float | None) -> None:
        """Halve the pace; with a Retry-After (seconds) nobody asks before it has passed."""
        self.waits += 1
        self._slowness = min(self._slowness * 2, SLOWEST)
        wait = min(retry_after or 0.0, LONGEST_WAIT)
        self._next = max(self._next, time.monotonic() + wait)

    def went_well(self) -> None:
        """Come a step nearer to the pace that was asked for."""
        self._slowness = max(1.0, self._slowness * RECOVERY)

    @property
    def is_slowed(self) -> bool:
        """Whether the site made us slower than asked for."""
        return self._slowness > 1.0
