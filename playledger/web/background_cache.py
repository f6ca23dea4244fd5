"""What takes long to count, kept in memory until it may have changed.

    count (slow), mark (quick) ──► BackgroundCache.get() ──► what was counted last, at once

One count is on at a time, in a thread of its own, while others see what was counted before.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

Held = TypeVar("Held")
PATIENCE = 0.3  # seconds that a page waits for a count that is on
HOLDS = 60.0  # seconds that a count holds where the mark knows of no change
TIMES = 20  # what took long holds longer: so many times what it took


class BackgroundCache(Generic[Held]):
    """The answer of `count`, asked anew when what `mark` answers is another than before."""

    def __init__(self, count: Callable[[], Held], mark: Callable[[], object]) -> None:
        self._count, self._mark = count, mark
        self._lock = threading.Lock()
        self._held: Held | None = None
        self._key: tuple[object, float] = (None, 0.0)  # its mark, and until when it holds
        self._work: Future[None] | None = None

    def get(self, patience: float = PATIENCE) -> Held | None:
        """The newest that is known within so many seconds; None when nothing is counted yet.

        Raises what counting or the mark raised.
        """
        work = self._begin()
        if work is not None:
            self._wait(work, patience)
        return self._held

    def need(self) -> Held:
        """The same, but the first count is waited for."""
        work = self._begin()
        if work is not None:
            self._wait(work, None if self._held is None else PATIENCE)
        return self._held

    def _begin(self) -> Future[None] | None:
        """The count that is on, begun here unless it was; None where none is called for."""
        mark = self._mark()
        with self._lock:
            known, until = self._key
            if self._held is not None and known == mark and time.monotonic() < until:
                return None
            work = self._work
            if work is None or (work.done() and work.exception() is None):
                work = self._work = Future()
                threading.Thread(target=self._run, args=(work, mark), daemon=True).start()
            return work

    def _wait(self, work: Future[None], patience: float | None) -> None:
        try:
            work.result(patience)
        except TimeoutError:
            return
        except BaseException:
            with self._lock:
                self._work = None  # told once, then tried again
            raise

    def _run(self, work: Future[None], mark: object) -> None:
        started = time.monotonic()
        try:
            self._held = self._count()
            ended = time.monotonic()
            self._key = (mark, ended + max(HOLDS, TIMES * (ended - started)))
        except BaseException as error:
            work.set_exception(error)
        else:
            work.set_result(None)
