"""The run log in the database: one row per run and stage, and one run at a time.

    StageRecord ──► RunTable (a connection of its own, autocommit) ──► ledger_quality.sync_runs

A stage's row is written when it starts and again when it ends. A run holds an advisory lock until
its process ends; `STAGES` shows a stage that is `running` while nobody holds the lock as
`interrupted`, before the next run has noted that.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from psycopg2 import sql
from psycopg2.extras import Json

from loaders.errors import UserError
from loaders.locks import try_advisory_lock

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from loaders.database import Database

LOCK = 6_521_908_512  # of a run; a load inside it has one of its own
TABLE = "sync_runs"
COLUMNS = {
    "run_id": "text",
    "stage": "text",
    "position": "smallint",
    "started_at": "timestamptz",
    "ended_at": "timestamptz",
    "outcome": "text",
    "counts": "jsonb",
    "files": "jsonb",
    "version": "text",
    "load_ids": "text[]",
    "dbt_invocation_id": "text",
    "message": "text",
}
# pg_locks has a lock's number as two halves.
OUTCOME = f"""
    case
        when outcome = 'running' and not exists (
            select from pg_locks
            where
                locktype = 'advisory' and granted and objsubid = 1
                and database = (select oid from pg_database where datname = current_database())
                and (classid::bigint << 32) + objid::bigint = {LOCK}
        )
        then 'interrupted'
        else outcome
    end as outcome
"""  # noqa: S608 (a number of ours)
# Every stage of every run, with the outcome that holds now. A view would say the same, but making
# it needs a right that a reader of an older database lacks.
STAGES = (
    f"select {', '.join(OUTCOME if name == 'outcome' else name for name in COLUMNS)} "  # noqa: S608
    f"from {{quality}}.{TABLE}"
)
MARK_INTERRUPTED = """
    update {table} set outcome = 'interrupted', message = 'The process ended before the stage did.'
    where outcome = 'running'
"""
LAST_INTERRUPTED = """
    select run_id, stage from {table}
    where outcome = 'interrupted'
        and run_id = (select run_id from {table} order by started_at desc, run_id desc limit 1)
    order by position limit 1
"""


@dataclass(slots=True)
class StageRecord:
    """One stage of a run. Times are UTC; `counts` are whole numbers and `seconds` of work;
    `files` hold {sha256, name, kind}.
    """

    stage: str
    position: int
    started_at: datetime
    ended_at: datetime | None = None
    outcome: str = "running"
    counts: dict[str, float] = field(default_factory=dict)
    files: list[dict[str, str]] = field(default_factory=list)
    load_ids: list[str] = field(default_factory=list)
    dbt_invocation_id: str | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class InterruptedStage:
    """The stage at which a run was killed, or stopped by the user."""

    run_id: str
    stage: str


class RunTable:
    """The rows of one run. The constructor takes the lock; UserError when another run has it."""

    def __init__(self, database: Database, schema: str, version: str) -> None:
        self._version = version
        self.name = sql.Identifier(f"{schema}_quality", TABLE)
        self._conn = database.open()
        try:
            self._conn.autocommit = True
            if not try_advisory_lock(self._conn, LOCK):
                raise UserError(
                    f"Another run is in progress in {database.address}. Wait until it has ended: "
                    "`playledger history` shows its stage."
                )
            self._create(schema)
        except BaseException:
            self._conn.close()
            raise

    def now(self) -> datetime:
        """The time by the database's clock, which also stamps the ledger's rows."""
        return self._query("select clock_timestamp()")[0][0]

    def has(self, run_id: str) -> bool:
        """Whether a run of this name is there."""
        query = sql.SQL("select exists (select from {table} where run_id = %s)")
        return self._query(query.format(table=self.name), [run_id])[0][0]

    def mark_interrupted(self) -> InterruptedStage | None:
        """Mark the stages that killed runs left `running`; where the last run was interrupted."""
        self._query(sql.SQL(MARK_INTERRUPTED).format(table=self.name))
        found = self._query(sql.SQL(LAST_INTERRUPTED).format(table=self.name))
        return InterruptedStage(*found[0]) if found else None

    def write(self, run_id: str, record: StageRecord) -> None:
        """Insert or update the row of a stage."""
        row = {
            **{name: getattr(record, name) for name in record.__dataclass_fields__},
            "run_id": run_id,
            "version": self._version,
            "counts": Json(record.counts),
            "files": Json(record.files),
        }
        updated = [name for name in COLUMNS if name not in ("run_id", "stage")]
        query = sql.SQL(
            "insert into {table} ({names}) values ({values}) "
            "on conflict (run_id, stage) do update set ({updated}) = row({new})"
        ).format(
            table=self.name,
            names=sql.SQL(", ").join(map(sql.Identifier, COLUMNS)),
            values=sql.SQL(", ").join(map(sql.Placeholder, COLUMNS)),
            updated=sql.SQL(", ").join(map(sql.Identifier, updated)),
            new=sql.SQL(", ").join(sql.Identifier("excluded", name) for name in updated),
        )
        self._query(query, row)

    def close(self) -> None:
        """Release the lock."""
        self._conn.close()

    def _create(self, schema: str) -> None:
        """Create the table if it is missing; only then the right to create one is needed."""
        if has_table(self._conn, schema):
            return
        columns = sql.SQL(", ").join(
            sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(kind))
            for name, kind in COLUMNS.items()
        )
        quality = sql.Identifier(f"{schema}_quality")
        self._query(sql.SQL("create schema if not exists {}").format(quality))
        table = sql.SQL("create table if not exists {} ({}, primary key (run_id, stage))")
        self._query(table.format(self.name, columns))

    def _query(self, query: str | sql.Composable, values: object = None) -> list[tuple]:
        with self._conn.cursor() as cur:
            cur.execute(query, values)
            return cur.fetchall() if cur.description else []


def has_table(conn: connection, schema: str) -> bool:
    """Whether the run log exists beside the ledger in `schema`."""
    name = sql.Identifier(f"{schema}_quality", TABLE).as_string(conn)
    with conn.cursor() as cur:
        cur.execute("select to_regclass(%s)", [name])
        return cur.fetchone()[0] is not None
