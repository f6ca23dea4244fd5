"""The pipeline in a process of its own, so that this one can get dbt ready meanwhile.

    Task ... ──► run_tasks() ──► a process ──► pipeline.run() ──► progress, PipelineResult

Each takes seconds of one processor. The process ends with this one, however that ends: what it has
not finished does not count.
"""

import logging
import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from loaders.database import Database
from loaders.errors import UserError
from loaders.pipeline import PipelineResult, run
from loaders.progress import Progress
from loaders.source_file import SourceFile

SECONDS_BETWEEN_REPORTS = 0.1
STOPPED = "The load was stopped from outside. Nothing of it counts; run the same command again."
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    """Files of one dataset, for its own schema or another; see pipeline.run."""

    dataset: str
    files: list[SourceFile]
    schema: str | None = None


def run_tasks(
    tasks: list[Task],
    database: Database,
    home: Path,
    progress: Progress,
    meanwhile: Callable[[], None] | None = None,
) -> PipelineResult:
    """Load all tasks, and do something else at the same time.

    Raises UserError as pipeline.run does, and when the process is killed.
    """
    if not (tasks and meanwhile):
        return _run_here(tasks, database, home, progress)
    context = multiprocessing.get_context("spawn")  # a fork would share connections and threads
    receiver, sender = context.Pipe(duplex=False)
    work = (sender, logging.getLogger("loaders").getEffectiveLevel(), tasks, database, home)
    process = context.Process(target=_work, args=work, name="playledger-load")
    try:
        _start_shielded(process)
        sender.close()
        log.debug("loading in process %s", process.pid)
        meanwhile()
        return _receive(receiver, progress)
    finally:
        if process.pid:
            process.kill()
            process.join()
        receiver.close()


def _run_here(
    tasks: list[Task], database: Database, home: Path, progress: Progress
) -> PipelineResult:
    done = PipelineResult()
    for task in tasks:
        done.merge(run(task.dataset, task.files, database, home, progress, task.schema))
    return done


def _start_shielded(process: BaseProcess) -> None:
    """Start a process that Ctrl-C does not reach: it ends when this one does."""
    resource_tracker.ensure_running()  # its own start would unblock the signal
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    except BrokenPipeError:
        raise UserError(STOPPED) from None
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _receive(receiver: Connection, progress: Progress) -> PipelineResult:
    """What the process answers in the end; until then, its progress."""
    while True:
        try:
            answer = receiver.recv()
        except (EOFError, OSError):
            raise UserError(STOPPED) from None
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, PipelineResult):
            return answer
        progress.advance(**answer)


class _Reporter:
    """Progress that goes to the process which waits, some times a second."""

    def __init__(self, sender: Connection) -> None:
        self._sender = sender
        self._counts = {"files": 0, "records": 0}
        self._last = time.monotonic()

    def advance(self, *, files: int = 0, records: int = 0) -> None:
        """See progress.Progress."""
        self._counts["files"] += files
        self._counts["records"] += records
        if time.monotonic() - self._last > SECONDS_BETWEEN_REPORTS:
            self.send()

    def send(self) -> None:
        """Report what was counted since the last time."""
        self._sender.send(self._counts)
        self._counts, self._last = {"files": 0, "records": 0}, time.monotonic()


def _work(
    sender: Connection, log_level: int, tasks: list[Task], database: Database, home: Path
) -> None:
    """The body of the process: answers with progress, then a PipelineResult or an error."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    logging.basicConfig()
    logging.getLogger("loaders").setLevel(log_level)
    reporter = _Reporter(sender)
    try:
        result = _run_here(tasks, database, home, reporter)
        reporter.send()
        sender.send(result)
    except UserError as error:
        sender.send(error)
    except Exception as error:
        sender.send(RuntimeError(f"{type(error).__name__}: {error}\n{traceback.format_exc()}"))


def _end_with_parent() -> None:
    multiprocessing.parent_process().join()
    os._exit(1)
