"""Progress of long work: a bar on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress

SECONDS_BETWEEN_LINES = 5.0


class Progress:
    """Counts files and records. `with Progress(console, files=300, records=...) as progress:`.

    `records` is an estimate (line ends of the exports, one per JSON file) and only scales the bar.
    """

    def __init__(self, console: Console, files: int, records: int) -> None:
        self._console = console
        self._files_total = files
        self.files = 0
        self.records = 0
        self._last_line = time.monotonic()
        self._bars = None
        if console.is_terminal:
            columns = (TextColumn("{task.description:>8}"), BarColumn(), MofNCompleteColumn())
            self._bars = RichProgress(*columns, TimeRemainingColumn(), console=console)
            self._files_task = self._bars.add_task("files", total=files)
            self._records_task = self._bars.add_task("records", total=records)

    def __enter__(self) -> Self:
        if self._bars:
            self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bars:
            if kind is None:
                self._bars.update(self._records_task, total=self.records, completed=self.records)
            self._bars.stop()

    def advance(self, *, files: int = 0, records: int = 0) -> None:
        """Say that so many more files are done and records read."""
        self.files += files
        self.records += records
        if self._bars:
            self._bars.update(self._files_task, completed=self.files)
            self._bars.update(self._records_task, completed=self.records)
        elif time.monotonic() - self._last_line > SECONDS_BETWEEN_LINES:
            self._last_line = time.monotonic()
            self._console.print(
                f"  {self.files} of {self._files_total} files, {self.records:,} records read"
            )
