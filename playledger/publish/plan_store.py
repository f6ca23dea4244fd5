"""What was published stays in the database: each run's plan, so that it can be read and undone.

Plan ──► <ledger>_quality.plans, plan_rows ──► published(), read_rows() ──► undo()
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from psycopg2 import sql
from psycopg2.extras import Json, execute_values

from playledger.publish.diff import Change
from playledger.publish.exact_json import write

if TYPE_CHECKING:
    from psycopg2.extensions import connection, cursor

    from playledger.publish.plan import Plan

PLANS, PLAN_ROWS = "plans", "plan_rows"
TABLES = """
    create schema if not exists {quality};
    create table if not exists {plans} (
        run_id text primary key,
        published_at timestamptz,
        undone_at timestamptz,
        content json not null
    );
    create table if not exists {rows} (
        run_id text not null references {plans},
        nth bigint not null,
        schema_name text not null,
        table_name text not null,
        action text not null check (action in ('insert', 'update', 'delete')),
        columns text[] not null,
        key jsonb not null,
        old jsonb,
        new jsonb,
        before_md5 text,
        after_md5 text,
        primary key (run_id, nth)
    );
    comment on table {plans} is
        'What each run published: its files, and when it was published and undone.';
    comment on table {rows} is
        'The rows that each run wrote, with their old and new values.';
"""


FORGET = """
    delete from {rows} where run_id in (select run_id from {plans} where published_at is null);
    delete from {plans} where published_at is null
"""


def make_records(conn: connection, schema: str) -> None:
    """Make the tables when they are not there."""
    with conn, conn.cursor() as cur:
        cur.execute("set local client_min_messages = warning")
        cur.execute(sql.SQL(TABLES).format(**places(schema)))


def keep_plan(conn: connection, plan: Plan) -> None:
    """Write a plan down before it is published; what was never published makes room."""
    known = places(plan.schema)
    content = {
        "made_at": plan.made_at,
        "version": plan.version,
        "files": [[file.sha256, file.kind] for file in plan.files],
        "known": plan.known,
        "columns": plan.columns,
        "figures": plan.figures,
    }
    with conn, conn.cursor() as cur:
        cur.execute(sql.SQL(FORGET).format(**known))
        cur.execute(
            sql.SQL("insert into {plans} (run_id, content) values (%s, %s)").format(**known),
            [plan.run_id, Json(content)],
        )
        keep_rows(cur, known["rows"], plan.run_id, plan.changes)
        cur.execute(sql.SQL("analyze {rows}").format(**known))


def mark_published(cur: cursor, schema: str, run_id: str) -> None:
    """Note that a plan is published, within the transaction that does it."""
    query = "update {plans} set published_at = clock_timestamp() where run_id = %s"
    cur.execute(sql.SQL(query).format(**places(schema)), [run_id])


def keep_rows(cur: cursor, place: sql.Identifier, run_id: str, changes: list[Change]) -> None:
    """Write the rows of a run down in a table, from which they are then written where they go."""
    rows = [
        (
            run_id, nth, change.schema, change.table, change.action,
            sorted(change.new) if change.action == "update" else [],
            _json(change.key), _json(change.old), _json(change.new), change.before, change.after,
        )
        for nth, change in enumerate(changes)
    ]  # fmt: skip
    query = sql.SQL("insert into {} values %s").format(place).as_string(cur)
    template = "(%s, %s, %s, %s, %s, %s::text[], %s::jsonb, %s::jsonb, %s::jsonb, %s, %s)"
    execute_values(cur, query, rows, template=template, page_size=1000)


def mark_undone(cur: cursor, schema: str, run_id: str) -> None:
    """Note that a run is undone, within the transaction that does it."""
    query = "update {plans} set undone_at = clock_timestamp() where run_id = %s"
    cur.execute(sql.SQL(query).format(**places(schema)), [run_id])


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A run that was published: when, the files (SHA-256) that it brought, and the columns that
    each table (`schema.table`, parents first) had then.
    """

    run_id: str
    published_at: datetime
    undone_at: datetime | None
    files: list[str]
    columns: dict[str, list[str]]


def published(conn: connection, schema: str) -> list[StoredPlan]:
    """The runs that were published, in that order."""
    with conn.cursor() as cur:
        cur.execute("select to_regclass(%s)", [places(schema)["plans"].as_string(conn)])
        if cur.fetchone()[0] is None:
            return []
        cur.execute(
            sql.SQL(
                "select run_id, published_at, undone_at, content from {plans} "
                "where published_at is not null order by published_at"
            ).format(**places(schema))
        )
        return [
            StoredPlan(*row, [sha256 for sha256, _ in content["files"]], dict(content["columns"]))
            for *row, content in cur
        ]


def read_rows(conn: connection, schema: str, run_id: str) -> list[Change]:
    """The rows that a run wrote, in the order of its plan."""
    with conn.cursor() as cur:
        cur.execute(
            sql.SQL(
                "select schema_name, table_name, action, key, old, new, before_md5, after_md5 "
                "from {rows} where run_id = %s order by nth"
            ).format(**places(schema)),
            [run_id],
        )
        return [Change(*row) for row in cur]


def _json(value: object) -> str | None:
    return None if value is None else write(value).decode()


def places(schema: str) -> dict[str, sql.Identifier]:
    """Where the records of a ledger are."""
    quality = f"{schema}_quality"
    return {
        "quality": sql.Identifier(quality),
        "plans": sql.Identifier(quality, PLANS),
        "rows": sql.Identifier(quality, PLAN_ROWS),
    }
