"""The run log as a file: one JSON object a line, written even without a database.

    RunFile(folder, kind, redact).write(...) ──► PLAYLEDGER_HOME/logs/<run_id>.jsonl

Creating the file reserves the run's name.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from loaders.errors import UserError


class RunFile:
    """The file of one run; `run_id` is like `20261123T061512Z-sync`, by UTC and kind.

    `redact` takes the passwords out of a message. UserError when the file cannot be created.
    """

    def __init__(self, folder: Path, kind: str, redact: Callable[[str], str]) -> None:
        self._folder, self._kind, self._redact = folder, kind, redact
        self.started = datetime.now(UTC)
        self.run_id, self.path = self._reserve()

    def rename(self) -> None:
        """Take another name: in the database, a run of another folder has this one."""
        old = self.path
        self.run_id, self.path = self._reserve()
        old.replace(self.path)

    def write(
        self,
        stage: str | None,
        event: str,
        outcome: str | None = None,
        counts: dict[str, float] | None = None,
        message: str | None = None,
    ) -> None:
        """One event (`started`, `progress` or `ended`) of a stage, or of the run if None."""
        counts = dict(counts or {})
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "run_id": self.run_id,
            "stage": stage,
            "event": event,
            "outcome": outcome,
            "seconds": counts.pop("seconds", None),
            "counts": counts,
            "message": self._redact(message) if message else None,
        }
        with self.path.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def _reserve(self) -> tuple[str, Path]:
        stem = f"{self.started:%Y%m%dT%H%M%SZ}-{self._kind}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for number in count(1):
                run_id = stem if number == 1 else f"{stem}-{number}"
                path = self._folder / f"{run_id}.jsonl"
                with suppress(FileExistsError):
                    path.open("x").close()
                    return run_id, path
        except FileExistsError:
            raise UserError(f"{self._folder} is a file, not a folder for logs.") from None
        except OSError as error:
            raise UserError(
                f"The run log {self._folder / stem}.jsonl cannot be written: {error.strerror}. "
                "Nothing was done."
            ) from None
