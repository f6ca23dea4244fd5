"""The run log: what each stage of a run did, in the database and in a file of its own.

    stages ──► RunLog ──┬──► RunFile ──► PLAYLEDGER_HOME/logs/<run_id>.jsonl
                        └──► RunTable ──► ledger_quality.sync_runs

The file is there also where no database is. A stage that is running when the run ends is noted as
failed, or as interrupted when a person stopped it. No password gets into either.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from psycopg2 import Error, InterfaceError, OperationalError

from loaders.errors import UserError
from loaders.redaction import Scrubber, find_secrets
from playledger.runs.file import RunFile
from playledger.runs.table import Leftover, Record, RunTable

if TYPE_CHECKING:
    from loaders.database import Database
    from loaders.settings import Settings

# The worst that a stage came to is what the run came to.
OUTCOMES = ("failed", "interrupted", "running", "partly", "done")


def outcome_of(outcomes: Iterable[str]) -> str:
    """What a run came to, by what its stages did: done, unless one of them says otherwise."""
    return min(set(outcomes) - {"skipped"}, key=OUTCOMES.index, default="done")


class RunLog:
    """One run: `with RunLog(settings, "sync", ("parse", ...)) as run:`, from any thread.

    `stages` are in order: a stage's position is its place there. `interrupted` is where the run
    before was stopped, if it was; `began` is by the database's clock once there is one;
    `file_only` says why the `database` does not have it. UserError when the file cannot be made.
    """

    def __init__(self, settings: Settings, kind: str, stages: Sequence[str]) -> None:
        self.records: dict[str, Record] = {}
        self.interrupted: Leftover | None = None
        self.file_only: str | None = None
        self._positions = {stage: number for number, stage in enumerate(stages, start=1)}
        self._schema = settings.schema
        self._scrub = Scrubber(find_secrets(settings))
        self._version = version("playledger")
        self._lock = threading.RLock()
        self.database: Database | None = None
        self._table: RunTable | None = None
        self._file = RunFile(settings.home / "logs", kind, self._scrub)
        self.began = self._file.started

    @property
    def run_id(self) -> str:
        """The run's name, and its file's."""
        return self._file.run_id

    @property
    def path(self) -> Path:
        """The file."""
        return self._file.path

    @property
    def outcome(self) -> str:
        """What the run has come to so far."""
        return outcome_of(record.outcome for record in self.records.values())

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return (datetime.now(UTC) - self._file.started).total_seconds()

    def attach(self, database: Database) -> None:
        """Write into this database too. UserError when another run is on there."""
        self._scrub.add([database.parameters.get("password", "")])
        with self._lock:
            self.database = database
            if not self._open():
                return
            try:
                self.began = self._table.now()
                self.interrupted = self._table.settle_leftovers()
                while self._table.has(self.run_id):
                    self._file.rename()
            except Error as error:  # a right is missing: no reason to refuse the work itself
                self._give_up(error)
            for record in self.records.values():
                self._save(record)

    def start(self, stage: str) -> None:
        """A stage begins."""
        with self._lock:
            self.records[stage] = self._record(stage)
            self._file.write(stage, "started", "running")
            self._save(self.records[stage])

    def note(self, stage: str, **known: object) -> None:
        """More is known of a stage: any of a record's fields. The database has it at once."""
        with self._lock:
            self._learn(self.records[stage], known)
            self._save(self.records[stage])

    def progress(self, stage: str, message: str, counts: dict[str, float] | None = None) -> None:
        """A line in the file: how far a stage is."""
        with self._lock:
            self._file.write(stage, "progress", "running", counts, message)

    def end(
        self, stage: str, outcome: str, *, seconds: float | None = None, **known: object
    ) -> None:
        """A stage is over, with more that is known of it: `counts`, `message`, `files` ...

        `seconds` is its work; where it is not given, the time since its start.
        """
        with self._lock:
            record = self.records.setdefault(stage, self._record(stage))
            record.outcome, record.ended_at = outcome, datetime.now(UTC)
            self._learn(record, known)
            if outcome != "skipped":
                spent = (record.ended_at - record.started_at).total_seconds()
                spent = spent if seconds is None else seconds
                record.counts = {**record.counts, "seconds": round(spent, 3)}
            self._file.write(stage, "ended", outcome, record.counts, record.message)
            self._save(record)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._lock:
            outcome = "failed" if isinstance(error, Exception) else "interrupted"
            message = f"{error}" or (kind.__name__ if kind else "")
            if kind is KeyboardInterrupt:
                message = "Stopped by a person."
            for record in list(self.records.values()):
                if record.outcome == "running":
                    self.end(record.stage, outcome, message=message)
            came_to = outcome_of([self.outcome, *([outcome] if error else [])])
            self._file.write(None, "ended", came_to, {"seconds": round(self.seconds, 3)})
            if self._table:
                self._table.close()

    def _record(self, stage: str) -> Record:
        return Record(stage, self._positions[stage], datetime.now(UTC))

    def _learn(self, record: Record, known: dict[str, object]) -> None:
        for name, value in known.items():
            setattr(record, name, value)
        record.message = self._scrub(record.message) if record.message else None

    def _open(self) -> bool:
        try:
            self._table = RunTable(self.database, self._schema, self._version)
        except Error as error:
            self._give_up(error)
        return self._table is not None

    def _save(self, record: Record) -> None:
        """Write a row; where the connection is gone, all of them by a new one."""
        if not self._table:
            return
        try:
            self._table.write(self.run_id, record)
        except (OperationalError, InterfaceError):
            # The sample's database makes room for a person's own files: it is a new one then.
            self._table.close()
            self._table = None
            try:
                if self._open():
                    for each in self.records.values():
                        self._table.write(self.run_id, each)
            except (Error, UserError) as error:
                self._give_up(error)
        except Error as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        """Go on with the file alone: that a log is missing is no reason to stop the work."""
        if self._table:
            self._table.close()
        self._table = None
        self.file_only = self._scrub(str(error).strip().partition("\n")[0])
        self._file.write(None, "progress", message=f"Not in the database: {self.file_only}")
