"""Progress of long work: bars on a terminal, elsewhere a plain line every few seconds."""

import time
from collections.abc import Mapping
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bars


class ProgressDisplay:
    """One bar for each of `totals` on a terminal, elsewhere a line every `interval` seconds."""

    def __init__(
        self, console: Console, totals: Mapping[str, int], last: ProgressColumn, interval: float
    ) -> None:
        self._console, self._interval = console, interval
        self._last_line = time.monotonic()
        self._bars: Bars | None = None
        if console.is_terminal:
            columns = (TextColumn("{task.description:>8}"), BarColumn(), MofNCompleteColumn())
            self._bars = Bars(*columns, last, console=console)
            self._tasks = {
                name: self._bars.add_task(name, total=total, note="")
                for name, total in totals.items()
            }

    def __enter__(self) -> Self:
        if self._bars:
            self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bars:
            self._bars.stop()

    def show(self, counts: Mapping[str, int], line: str, note: str = "") -> None:
        """Show the counts, with `note` where the last column has it; or print the line."""
        if self._bars:
            for name, count in counts.items():
                self._bars.update(self._tasks[name], completed=count, note=note)
        elif time.monotonic() - self._last_line > self._interval:
            self._last_line = time.monotonic()
            self._console.print(f"  {line}")


class Progress(ProgressDisplay):
    """Counts files and records. `with Progress(console, files=300, records=...) as progress:`.

    `records` is an estimate (line ends of the exports, one per JSON file) and only scales the bar.
    """

    def __init__(self, console: Console, files: int, records: int) -> None:
        totals = {"files": files, "records": records}
        super().__init__(console, totals, TimeRemainingColumn(), interval=5.0)
        self._total_files = files
        self.files = 0
        self.records = 0

    def __exit__(self, *raised: object) -> None:
        if self._bars and raised[0] is None:
            self._bars.update(self._tasks["records"], total=self.records)
        super().__exit__()

    def advance(self, *, files: int = 0, records: int = 0) -> None:
        """Count so many more finished files and records read."""
        self.files += files
        self.records += records
        line = f"{self.files} of {self._total_files} files, {self.records:,} records read"
        self.show({"files": self.files, "records": self.records}, line)
