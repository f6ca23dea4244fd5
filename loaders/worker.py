"""The pipeline in a process of its own, so that this one can get dbt ready meanwhile.

    Task ... ──► python -m loaders.worker ──► pipeline.run() ──► dlt's keys, SourceFile ...

Each takes seconds of one processor. Where this process ends, however it does, so does the other:
what it has not finished does not count.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import IO, TYPE_CHECKING

from loaders.errors import UserError
from loaders.pipeline import run
from loaders.source_file import SourceFile

if TYPE_CHECKING:
    from loaders.database import Database
    from loaders.progress import Progress


@dataclass(frozen=True, slots=True)
class Task:
    """Files of one dataset, for its own schema or another; see pipeline.run."""

    dataset: str
    files: list[SourceFile]
    schema: str | None = None


def run_all(
    tasks: list[Task],
    database: Database,
    home: Path,
    progress: Progress,
    meanwhile: Callable[[], None] | None = None,
) -> list[str]:
    """Load all tasks, and do something else at the same time; dlt's keys of the loads.

    The files know afterwards what was read of them. Raises UserError as pipeline.run does.
    """
    if not (tasks and meanwhile):
        keys = [run(task.dataset, task.files, database, home, progress, task.schema)
                for task in tasks]  # fmt: skip
        return [key for found in keys for key in found]
    command = [sys.executable, "-m", "loaders.worker"]
    # Not stopped by Ctrl-C itself: it goes when this one does.
    other = subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    )
    try:
        with suppress(BrokenPipeError):  # where it ended at once, its answer says so
            pickle.dump((tasks, database, home), other.stdin)
            other.stdin.flush()
        meanwhile()
        keys, files = _listen(other.stdout, progress)
    finally:
        other.kill()
        other.wait()
        for pipe in (other.stdin, other.stdout):
            with suppress(BrokenPipeError):
                pipe.close()
    for file, read in zip((file for task in tasks for file in task.files), files, strict=True):
        for each in fields(file):
            setattr(file, each.name, getattr(read, each.name))
    return keys


def _listen(told: IO[bytes], progress: Progress) -> tuple[list[str], list[SourceFile]]:
    """What the other process answers in the end, its progress until then."""
    while True:
        try:
            kind, content = pickle.load(told)  # noqa: S301 (our own process)
        except EOFError:
            raise UserError(
                "The load was stopped from outside. Nothing of it counts; run the same command "
                "again."
            ) from None
        if kind == "error":
            raise content
        if kind == "done":
            return content
        progress.advance(**content)


class _Relay:
    """Progress that is told to the process which waits."""

    def __init__(self, tell: Callable[[str, object], None]) -> None:
        self._tell = tell

    def advance(self, *, files: int = 0, records: int = 0) -> None:
        """See progress.Progress."""
        self._tell("advance", {"files": files, "records": records})


def _main() -> None:
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what others print must not stand among the answers

    def tell(kind: str, content: object) -> None:
        pickle.dump((kind, content), answers)
        answers.flush()

    tasks, database, home = pickle.load(sys.stdin.buffer)  # noqa: S301 (our own process)
    threading.Thread(target=_follow, daemon=True).start()
    try:
        keys = run_all(tasks, database, home, _Relay(tell))
        tell("done", (keys, [file for task in tasks for file in task.files]))
    except UserError as error:
        tell("error", error)
    except Exception as error:
        import traceback

        trace = "".join(traceback.format_exception(error))
        tell("error", RuntimeError(f"{type(error).__name__}: {error}\n{trace}"))


def _follow() -> None:
    """End when the process that waits does."""
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    _main()
