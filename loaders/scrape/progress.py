"""What a person sees while a run goes on: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn

from loaders.text import duration

if TYPE_CHECKING:
    from loaders.scrape.runner import Runner
    from loaders.scrape.worklist import WorkList

SECONDS_BETWEEN_LINES = 10.0


class Display:
    """`with Display(console, work, unit, session) as display: display.watch(runner)`.

    The bar starts where the list stands: what an earlier process did counts.
    """

    def __init__(self, console: Console, work: WorkList, unit: str, session: str) -> None:
        self._console, self._work, self._unit, self._session = console, work, unit, session
        self._runner: Runner | None = None
        self._started = time.monotonic()
        self._last_line = self._started
        self._bar: Progress | None = None
        if console.is_terminal:
            columns = (TextColumn(unit), BarColumn(), TaskProgressColumn(), MofNCompleteColumn())
            self._bar = Progress(*columns, TextColumn("{task.description}"), console=console)
            self._task = self._bar.add_task(
                self._words(), total=len(work.items), completed=self._settled()
            )

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar:
            self._bar.stop()

    def watch(self, runner: Runner) -> None:
        """Say whose numbers are shown."""
        self._runner = runner
        self._started = time.monotonic()

    def changed(self) -> None:
        """Show how far the run is."""
        if self._bar:
            self._bar.update(self._task, completed=self._settled(), description=self._words())
        elif time.monotonic() - self._last_line > SECONDS_BETWEEN_LINES:
            self._last_line = time.monotonic()
            share = self._settled() * 100 // max(1, len(self._work.items))
            self._console.print(
                f"  {share}% of {len(self._work.items)} {self._unit}: {self._words()}"
            )

    def say(self, sentence: str) -> None:
        """Print a sentence above the bar."""
        (self._bar.console if self._bar else self._console).print(sentence)

    def _settled(self) -> int:
        return len(self._work.items) - len(self._work.left)

    def _words(self) -> str:
        failed = len(self._work.failed)
        words = [f"{len(self._work.done)} done", f"{failed} failed"]
        if (runner := self._runner) is not None:
            words.append(f"{runner.in_flight} at work")
            if runner.finished:
                each = (time.monotonic() - self._started) / runner.finished
                words += [f"{each:.1f} s each", f"{duration(each * len(self._work.left))} left"]
            if runner.is_stopping:
                words.append("stopping")
            elif runner.is_slowed:
                words.append("slowed down for the site")
        return ", ".join([*words, f"session {self._session}"])
