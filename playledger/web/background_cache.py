"""A cache of one value that takes long to compute, refreshed in the background.

    compute (slow), marker (cheap) ──► BackgroundCache.get() ──► the last value, at once

One computation runs at a time, in a thread of its own; until it ends, the old value is given.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

Value = TypeVar("Value")
WAIT = 0.3  # seconds that a page waits for a computation before it takes the old value
TTL = 60.0  # seconds that a value is kept at most, even if the marker is the same
TTL_FACTOR = 20  # a value that is slow to compute is kept for so many times its computation


class BackgroundCache(Generic[Value]):
    """The value of `compute`, computed again when `marker` returns something else than before."""

    def __init__(self, compute: Callable[[], Value], marker: Callable[[], object]) -> None:
        self._compute, self._marker = compute, marker
        self._lock = threading.Lock()
        self._value: Value | None = None
        self._computed_for: object = None  # the marker that the value belongs to
        self._expires = 0.0
        self._running: Future[None] | None = None

    def get(self, wait: float | None = WAIT) -> Value | None:
        """The newest value that is there within `wait` seconds; None before the first one.

        A `wait` of None has no limit. Raises whatever `compute` or `marker` raised.
        """
        running = self._refresh()
        if running is not None:
            self._wait(running, wait)
        return self._value

    def get_or_wait(self) -> Value:
        """The same, but the first value is waited for."""
        return self.get(None if self._value is None else WAIT)

    def _refresh(self) -> Future[None] | None:
        """The computation that runs, started here if need be; None while the value is fresh."""
        marker = self._marker()
        with self._lock:
            is_fresh = self._computed_for == marker and time.monotonic() < self._expires
            if self._value is not None and is_fresh:
                return None
            running = self._running
            if running is None or (running.done() and running.exception() is None):
                running = self._running = Future()
                threading.Thread(target=self._run, args=(running, marker), daemon=True).start()
            return running

    def _wait(self, running: Future[None], wait: float | None) -> None:
        try:
            running.result(wait)
        except TimeoutError:
            return
        except BaseException:
            with self._lock:
                self._running = None  # raised once, then tried again
            raise

    def _run(self, running: Future[None], marker: object) -> None:
        started = time.monotonic()
        try:
            self._value = self._compute()
            ended = time.monotonic()
            self._computed_for = marker
            self._expires = ended + max(TTL, TTL_FACTOR * (ended - started))
        except BaseException as error:
            running.set_exception(error)
        else:
            running.set_result(None)
