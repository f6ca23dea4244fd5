"""The run log in the database: one row per run and stage, and one run at a time.

    Record ... ──► RunTable (a connection of its own, autocommit) ──► ledger_quality.sync_runs

A row is written when its stage starts and when it ends, so a run that was killed is seen as
`running`. Whoever holds the advisory lock is the one run that is on: what else says `running` was
interrupted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from psycopg2 import errors, sql
from psycopg2.extras import Json

from loaders.errors import UserError
from loaders.locks import RUN_LOCK, try_advisory_lock

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from loaders.database import Database

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
IS_ON = """
    select exists (
        select from pg_locks
        where
            locktype = 'advisory' and granted and objsubid = 1
            and database = (select oid from pg_database where datname = current_database())
            and (classid::bigint << 32) + objid::bigint = %(lock)s
    ) as is_on
"""
LEFTOVERS = """
    update {table} set outcome = 'interrupted', message = 'The process ended before the stage did.'
    where outcome = 'running'
"""
LAST_INTERRUPTED = """
    select run_id, position, stage from {table}
    where outcome = 'interrupted'
        and run_id = (select run_id from {table} order by started_at desc, run_id desc limit 1)
    order by position limit 1
"""


@dataclass(slots=True)
class Record:
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
class Leftover:
    """The stage that a run was at when it was killed, or stopped by a person."""

    run_id: str
    position: int
    stage: str


class RunTable:
    """The rows of one run. Making one takes the lock; UserError when another run has it."""

    def __init__(self, database: Database, schema: str, version: str) -> None:
        self._version = version
        self.name = place_of(schema)
        self._opened = database.open()
        try:
            self._opened.autocommit = True
            if not try_advisory_lock(self._opened, RUN_LOCK):
                raise UserError(
                    f"Another run is on in {database.address}. Wait until it is done: "
                    "`playledger history` shows where it stands."
                )
            self._create(schema)
        except BaseException:
            self._opened.close()
            raise

    def now(self) -> datetime:
        """The time by the database's clock, by which its rows are marked too."""
        return self._ask("select clock_timestamp()")[0][0]

    def has(self, run_id: str) -> bool:
        """Whether a run of this name is there."""
        query = sql.SQL("select exists (select from {table} where run_id = %s)")
        return self._ask(query.format(table=self.name), [run_id])[0][0]

    def settle_leftovers(self) -> Leftover | None:
        """Mark what killed runs left; where the last run was interrupted, if it was."""
        self._ask(sql.SQL(LEFTOVERS).format(table=self.name))
        found = self._ask(sql.SQL(LAST_INTERRUPTED).format(table=self.name))
        return Leftover(*found[0]) if found else None

    def write(self, run_id: str, record: Record) -> None:
        """Write a stage's row, or write it anew."""
        row = {
            **{name: getattr(record, name) for name in record.__dataclass_fields__},
            "run_id": run_id,
            "version": self._version,
            "counts": Json(record.counts),
            "files": Json(record.files),
        }
        written = [name for name in COLUMNS if name not in ("run_id", "stage")]
        query = sql.SQL(
            "insert into {table} ({names}) values ({values}) "
            "on conflict (run_id, stage) do update set ({written}) = row({new})"
        ).format(
            table=self.name,
            names=sql.SQL(", ").join(map(sql.Identifier, COLUMNS)),
            values=sql.SQL(", ").join(map(sql.Placeholder, COLUMNS)),
            written=sql.SQL(", ").join(map(sql.Identifier, written)),
            new=sql.SQL(", ").join(sql.Identifier("excluded", name) for name in written),
        )
        self._ask(query, row)

    def close(self) -> None:
        """Give the lock back."""
        self._opened.close()

    def _create(self, schema: str) -> None:
        """Make the table when it is missing; a right to make it is asked for only then."""
        if self._ask("select to_regclass(%s)", [self.name.as_string(self._opened)])[0][0]:
            return
        columns = sql.SQL(", ").join(
            sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(kind))
            for name, kind in COLUMNS.items()
        )
        quality = sql.Identifier(f"{schema}_quality")
        self._ask(sql.SQL("create schema if not exists {}").format(quality))
        table = sql.SQL("create table if not exists {} ({}, primary key (run_id, stage))")
        self._ask(table.format(self.name, columns))

    def _ask(self, query: str | sql.Composable, values: object = None) -> list[tuple]:
        with self._opened.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall() if cursor.description else []


def place_of(schema: str) -> sql.Identifier:
    """The table's name where the ledger is in `schema`."""
    return sql.Identifier(f"{schema}_quality", TABLE)


def is_run_on(conn: connection) -> bool:
    """Whether a run is on in this database; asked without being in anybody's way."""
    with conn.cursor() as cursor:
        cursor.execute(IS_ON, {"lock": RUN_LOCK})
        return cursor.fetchone()[0]


def has_table(conn: connection, schema: str) -> bool:
    """Whether any run was ever written down here."""
    with conn.cursor() as cursor:
        try:
            cursor.execute("select to_regclass(%s)", [place_of(schema).as_string(conn)])
        except errors.InvalidName:
            return False
        return cursor.fetchone()[0] is not None
