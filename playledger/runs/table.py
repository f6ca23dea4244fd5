"""The run log in the database: one row per run and stage, and one run at a time.

    StageRecord ──► RunTable (a connection of its own, autocommit) ──► ledger_quality.sync_runs

A stage's row is written when it starts and again when it ends. A run holds an advisory lock until
its process ends; `STAGES` shows a stage that is `running` while nobody holds the lock as
`interrupted`, before the next run has noted that.
"""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import NamedTuple

from psycopg2 import sql
from psycopg2.extensions import connection
from psycopg2.extras import Json

from loaders.database import Database
from loaders.errors import UserError
from loaders.locks import RUN_LOCK, try_advisory_lock

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
                and (classid::bigint << 32) + objid::bigint = {RUN_LOCK}
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
CREATE = (
    "create schema if not exists {quality}; create table if not exists {table} "
    f"({', '.join(map(' '.join, COLUMNS.items()))}, primary key (run_id, stage))"
)
UPSERT = f"""
    insert into {{table}} ({", ".join(COLUMNS)})
    values ({", ".join(f"%({name})s" for name in COLUMNS)})
    on conflict (run_id, stage) do update
    set {", ".join(f"{name} = excluded.{name}" for name in COLUMNS)}
"""  # noqa: S608 (names of columns)
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


class InterruptedStage(NamedTuple):
    """The stage at which a run was killed, or stopped by the user."""

    run_id: str
    stage: str


class RunTable:
    """The rows of one run. The constructor takes the lock; UserError when another run has it."""

    def __init__(self, database: Database, schema: str, version: str) -> None:
        self._version = version
        quality = f"{schema}_quality"
        self._names = {
            "quality": sql.Identifier(quality),
            "table": sql.Identifier(quality, TABLE),
        }
        self._conn = database.open()
        try:
            self._conn.autocommit = True
            if not try_advisory_lock(self._conn, RUN_LOCK):
                raise UserError(
                    f"Another run is in progress in {database.address}. Wait until it has ended: "
                    "`playledger history` shows its stage."
                )
            if not has_table(self._conn, quality):  # only then the right to create one is needed
                self._query(CREATE)
        except BaseException:
            self._conn.close()
            raise

    def now(self) -> datetime:
        """The time by the database's clock, which also stamps the ledger's rows."""
        return self._query("select clock_timestamp()")[0][0]

    def has(self, run_id: str) -> bool:
        """Whether a run of this name is there."""
        return bool(self._query("select 1 from {table} where run_id = %s limit 1", [run_id]))

    def mark_interrupted(self) -> InterruptedStage | None:
        """Mark the stages that killed runs left `running`; where the last run was interrupted."""
        self._query(MARK_INTERRUPTED)
        found = self._query(LAST_INTERRUPTED)
        return InterruptedStage(*found[0]) if found else None

    def write(self, run_id: str, record: StageRecord) -> None:
        """Insert or update the row of a stage."""
        row = asdict(record) | {"run_id": run_id, "version": self._version}
        row |= {"counts": Json(record.counts), "files": Json(record.files)}
        self._query(UPSERT, row)

    def close(self) -> None:
        """Release the lock."""
        self._conn.close()

    def _query(self, query: str, values: object = None) -> list[tuple]:
        with self._conn.cursor() as cur:
            cur.execute(sql.SQL(query).format(**self._names), values)
            return cur.fetchall() if cur.description else []


def has_table(conn: connection, schema: str, name: str = TABLE) -> bool:
    """Whether a schema has a table."""
    with conn.cursor() as cur:
        cur.execute("select to_regclass(%s)", [sql.Identifier(schema, name).as_string(conn)])
        return cur.fetchone()[0] is not None
