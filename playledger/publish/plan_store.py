"""The plan of each published run, stored in the database so that it can be read and undone.

Plan ──► <ledger>_quality.plans, plan_rows ──► published_runs(), read_changes() ──► undo()
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from psycopg2 import sql
from psycopg2.extensions import connection, cursor
from psycopg2.extras import Json, execute_values

from playledger.publish.diff import Change
from playledger.publish.exact_json import dumps
from playledger.publish.plan import Plan

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
DELETE_UNPUBLISHED = """
    delete from {rows} where run_id in (select run_id from {plans} where published_at is null);
    delete from {plans} where published_at is null
"""
PUBLISHED = """
    select run_id, published_at, undone_at, content from {plans}
    where published_at is not null order by published_at
"""
CHANGES = """
    select schema_name, table_name, action, key, old, new, before_md5, after_md5 from {rows}
    where run_id = %s order by nth
"""


def create_plan_tables(conn: connection, schema: str) -> None:
    """Create the tables unless they exist. Commits."""
    with conn, conn.cursor() as cur:
        cur.execute("set local client_min_messages = warning")
        cur.execute(sql.SQL(TABLES).format(**plan_tables(schema)))


def store_plan(conn: connection, plan: Plan) -> None:
    """Store a plan before it is published, in place of plans that never were. Commits."""
    tables = plan_tables(plan.schema)
    content = {
        "made_at": plan.made_at,
        "version": plan.version,
        "files": [[file.sha256, file.kind] for file in plan.files],
        "known": plan.known,
        "columns": plan.columns,
        "figures": plan.figures,
    }
    with conn, conn.cursor() as cur:
        cur.execute(sql.SQL(DELETE_UNPUBLISHED).format(**tables))
        cur.execute(
            sql.SQL("insert into {plans} (run_id, content) values (%s, %s)").format(**tables),
            [plan.run_id, Json(content)],
        )
        store_changes(cur, tables["rows"], plan.run_id, plan.changes)
        cur.execute(sql.SQL("analyze {rows}").format(**tables))


def mark_plan(
    cur: cursor, schema: str, run_id: str, event: Literal["published_at", "undone_at"]
) -> None:
    """Mark a plan as published or undone, within the transaction that does it."""
    query = f"update {{plans}} set {event} = clock_timestamp() where run_id = %s"  # noqa: S608
    cur.execute(sql.SQL(query).format(**plan_tables(schema)), [run_id])


def store_changes(cur: cursor, table: sql.Identifier, run_id: str, changes: list[Change]) -> None:
    """Store the changes of a run in a table like `plan_rows`, for `write_changes` to read."""
    rows = [
        (
            run_id, nth, change.schema, change.table, change.action,
            list(change.updated_columns),
            _json(change.key), _json(change.old), _json(change.new), change.before, change.after,
        )
        for nth, change in enumerate(changes)
    ]  # fmt: skip
    query = sql.SQL("insert into {} values %s").format(table).as_string(cur)
    template = "(%s, %s, %s, %s, %s, %s::text[], %s::jsonb, %s::jsonb, %s::jsonb, %s, %s)"
    execute_values(cur, query, rows, template=template, page_size=1000)


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A published run: when it was published and undone, the SHA-256 of the files that it brought,
    and the columns that each `schema.table` had then, parents first.
    """

    run_id: str
    published_at: datetime
    undone_at: datetime | None
    files: list[str]
    columns: dict[str, list[str]]


def published_runs(conn: connection, schema: str) -> list[StoredPlan]:
    """The runs that were published, the oldest first; none where nothing ever was."""
    tables = plan_tables(schema)
    with conn.cursor() as cur:
        cur.execute("select to_regclass(%s)", [tables["plans"].as_string(conn)])
        if cur.fetchone()[0] is None:
            return []
        cur.execute(sql.SQL(PUBLISHED).format(**tables))
        return [
            StoredPlan(*row, [sha256 for sha256, _ in content["files"]], dict(content["columns"]))
            for *row, content in cur
        ]


def read_changes(conn: connection, schema: str, run_id: str) -> list[Change]:
    """The changes of a stored run, in the order of its plan."""
    with conn.cursor() as cur:
        cur.execute(sql.SQL(CHANGES).format(**plan_tables(schema)), [run_id])
        return [Change(*row) for row in cur]


def _json(value: object) -> str | None:
    return None if value is None else dumps(value).decode()


def plan_tables(schema: str) -> dict[str, sql.Identifier]:
    """The names that the SQL here uses, for the ledger in `schema`: quality, plans, rows."""
    quality = f"{schema}_quality"
    return {
        "quality": sql.Identifier(quality),
        "plans": sql.Identifier(quality, "plans"),
        "rows": sql.Identifier(quality, "plan_rows"),
    }
