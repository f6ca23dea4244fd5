"""The run log: what each stage of a run did, in the database and in a file.

    stages ──► RunLog ──┬──► RunFile ──► PLAYLEDGER_HOME/logs/<run_id>.jsonl
                        └──► RunTable ──► ledger_quality.sync_runs

The file is written even without a database. A stage that is running when the run ends is recorded
as failed, or as interrupted if the user stopped it. Passwords are redacted in both.
"""

import logging
import threading
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Self

from psycopg2 import Error, InterfaceError, OperationalError

from loaders.database import Database
from loaders.errors import UserError
from loaders.redaction import Scrubber, find_secrets
from loaders.settings import Settings
from loaders.text import first_line
from playledger.runs.file import RunFile
from playledger.runs.table import InterruptedStage, RunTable, StageRecord

logger = logging.getLogger(__name__)

# Worst first: the worst outcome of its stages is the run's.
OUTCOMES = ("failed", "interrupted", "running", "partly", "done")


def outcome_of(outcomes: Iterable[str]) -> str:
    """The outcome of a run, by those of its stages; a run of skipped stages alone is done."""
    return min(set(outcomes) - {"skipped"}, key=OUTCOMES.index, default="done")


class RunLog:
    """One run: `with RunLog(settings, "sync", ("parse", ...)) as log:`; safe in any thread.

    A stage's position is its place in `stages`. `interrupted` is where the previous run was
    stopped, if it was; `began` is by the database's clock once one is attached; `file_only` is why
    the `database` lacks this run. UserError when the file cannot be created.
    """

    def __init__(self, settings: Settings, kind: str, stages: Sequence[str]) -> None:
        self.records: dict[str, StageRecord] = {}
        self.interrupted: InterruptedStage | None = None
        self.file_only: str | None = None
        self._positions = {stage: number for number, stage in enumerate(stages, start=1)}
        self._schema = settings.schema
        self._redact = Scrubber(find_secrets(settings))
        self._version = version("playledger")
        self._lock = threading.RLock()
        self.database: Database | None = None
        self._table: RunTable | None = None
        self._file = RunFile(settings.home / "logs", kind, self._redact)
        self.began = self._file.started

    @property
    def run_id(self) -> str:
        """The name of the run, and of its file."""
        return self._file.run_id

    @property
    def path(self) -> Path:
        """The file."""
        return self._file.path

    @property
    def outcome(self) -> str:
        """The outcome so far."""
        return outcome_of(record.outcome for record in self.records.values())

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return (datetime.now(UTC) - self._file.started).total_seconds()

    def attach(self, database: Database) -> None:
        """Write into this database too. UserError when another run is in progress there."""
        self._redact.add([database.parameters.get("password", "")])
        with self._lock:
            self.database = database
            try:
                self._table = RunTable(database, self._schema, self._version)
                self.began = self._table.now()
                self.interrupted = self._table.mark_interrupted()
                while self._table.has(self.run_id):
                    self._file.rename()
            except Error as error:  # a missing right: no reason to refuse the work itself
                self._continue_in_file(error)
            for record in self.records.values():
                self._save(record)

    def start(self, stage: str) -> None:
        """A stage begins."""
        with self._lock:
            self.records[stage] = self._new_record(stage)
            self._file.write(stage, "started", "running")
            self._save(self.records[stage])

    def note(self, stage: str, **fields: object) -> None:
        """Set fields of a stage's record, and save it."""
        with self._lock:
            self._set(self.records[stage], fields)
            self._save(self.records[stage])

    def progress(self, stage: str, message: str, counts: dict[str, float] | None = None) -> None:
        """Write a stage's progress to the file."""
        with self._lock:
            self._file.write(stage, "progress", "running", counts, message)

    def end(
        self, stage: str, outcome: str, *, seconds: float | None = None, **fields: object
    ) -> None:
        """End a stage, started or not, with more fields of its record: `counts`, `message` ...

        `seconds` of work are by default the time since its start.
        """
        with self._lock:
            record = self.records.setdefault(stage, self._new_record(stage))
            record.outcome, record.ended_at = outcome, datetime.now(UTC)
            self._set(record, fields)
            if outcome != "skipped":
                spent = (record.ended_at - record.started_at).total_seconds()
                spent = spent if seconds is None else seconds
                record.counts = {**record.counts, "seconds": round(spent, 3)}
            self._file.write(stage, "ended", outcome, record.counts, record.message)
            self._save(record)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, _: object) -> None:
        with self._lock:
            outcome = "failed" if isinstance(error, Exception) else "interrupted"
            message = f"{error}" or (kind.__name__ if kind else "")
            if kind is KeyboardInterrupt:
                message = "Stopped by the user."
            for record in list(self.records.values()):
                if record.outcome == "running":
                    self.end(record.stage, outcome, message=message)
            final = outcome_of([self.outcome, *([outcome] if error else [])])
            self._file.write(None, "ended", final, {"seconds": round(self.seconds, 3)})
            if self._table:
                self._table.close()

    def _new_record(self, stage: str) -> StageRecord:
        return StageRecord(stage, self._positions[stage], datetime.now(UTC))

    def _set(self, record: StageRecord, fields: dict[str, object]) -> None:
        for name, value in fields.items():
            setattr(record, name, value)
        record.message = self._redact(record.message) if record.message else None

    def _save(self, record: StageRecord) -> None:
        """Write a row; over a new connection, all of them."""
        if not self._table:
            return
        try:
            self._table.write(self.run_id, record)
        except (OperationalError, InterfaceError):
            # Own files replace the sample: its database was dropped, and a new one created.
            self._table.close()
            try:
                self._table = RunTable(self.database, self._schema, self._version)
                for each in self.records.values():
                    self._table.write(self.run_id, each)
            except (Error, UserError) as error:
                self._continue_in_file(error)
        except Error as error:
            self._continue_in_file(error)

    def _continue_in_file(self, error: Exception) -> None:
        """Go on without the table: a missing log is no reason to stop the work."""
        if self._table:
            self._table.close()
        self._table = None
        self.file_only = self._redact(first_line(error))
        logger.warning("The run log is only in %s: %s", self.path, self.file_only)
        self._file.write(None, "progress", message=f"Not in the database: {self.file_only}")
