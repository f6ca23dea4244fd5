"""The request rate: so many pages a minute by all workers together, with jitter.

When the site is busy (429, 5xx, no answer) the rate halves, and recovers step by step; a
Retry-After holds for all workers.
"""

import asyncio
import logging
import random
import time

logger = logging.getLogger(__name__)
MAX_SLOWDOWN = 32.0  # times slower than the limit
MAX_RETRY_AFTER = 600.0  # seconds
RECOVERY = 0.8  # of the slowdown is left after each success
BURST = 8  # pages that may start at once: workers that finish together need not queue


class Throttle:
    """Gives out turns to open a page, at most `per_minute` for any number of workers."""

    def __init__(self, per_minute: float) -> None:
        self._interval = 60.0 / per_minute  # seconds
        self._slowdown = 1.0
        self._next_turn = 0.0

    async def wait_turn(self) -> None:
        """Wait until the next page may be opened."""
        now = time.monotonic()
        due = max(self._next_turn, now)
        jitter = random.uniform(0.5, 1.5)  # noqa: S311 (it needs no secret)
        self._next_turn = due + self._interval * self._slowdown * jitter
        early = 0.0 if self.is_slowed else BURST * self._interval
        await asyncio.sleep(max(0.0, due - early - now))

    def slow_down(self, retry_after: float | None) -> None:
        """Halve the rate; nobody opens a page before `retry_after` seconds have passed."""
        wait = min(retry_after or 0.0, MAX_RETRY_AFTER)
        self._next_turn = max(self._next_turn, time.monotonic() + wait)
        self._set_slowdown(self._slowdown * 2)
        if wait:
            logger.info("Waiting %.0f s, as the site's Retry-After says", wait)

    def speed_up(self) -> None:
        """Go a step back towards the limit, after a success."""
        self._set_slowdown(self._slowdown * RECOVERY)

    @property
    def is_slowed(self) -> bool:
        """Whether the rate is below the limit."""
        return self._slowdown > 1.0

    def _set_slowdown(self, slowdown: float) -> None:
        before, self._slowdown = self._slowdown, min(max(slowdown, 1.0), MAX_SLOWDOWN)
        if self._slowdown != before:
            rates = [60.0 / (self._interval * factor) for factor in (before, self._slowdown)]
            logger.info("Throttle changed from %.1f to %.1f pages a minute", *rates)
