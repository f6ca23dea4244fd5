"""Progress of a run: the share of its list that is done, the speed, and what slows it down."""

import time

from rich.console import Console
from rich.progress import TextColumn

from loaders.progress import ProgressDisplay
from loaders.scrape.runner import Runner
from loaders.text import duration


class RunProgress(ProgressDisplay):
    """Shows a runner's counts; items that an earlier process did count as done.

    `session` is the age of the session.
    """

    def __init__(self, console: Console, runner: Runner, session: str) -> None:
        self._runner, self._session, self._unit = runner, session, runner.collection.unit
        totals = {self._unit: len(runner.work.items)}
        super().__init__(console, totals, TextColumn("{task.fields[note]}"), interval=10.0)
        self._started = time.monotonic()
        self.refresh()

    def refresh(self) -> None:
        """Show how far the run is."""
        work, note = self._runner.work, self._note()
        total, settled = len(work.items), len(work.items) - len(work.left)
        percent = settled * 100 // max(1, total)
        self.show({self._unit: settled}, f"{percent}% of {total} {self._unit}: {note}", note)

    def _note(self) -> str:
        runner, work = self._runner, self._runner.work
        parts = [f"{len(work.done)} done", f"{len(work.failed)} failed"]
        parts.append(f"{runner.in_flight} in progress")
        if runner.finished:
            seconds = (time.monotonic() - self._started) / runner.finished
            parts.append(f"{seconds:.1f} s each, {duration(seconds * len(work.left))} left")
        if runner.is_stopping:
            parts.append("stopping")
        elif runner.is_slowed:
            parts.append("slowed down for the site")
        return ", ".join([*parts, f"session {self._session}"])
