"""Two ledgers in one database, compared by content: each table, row by row.

    schemas `<live>*`, `<made>*` ──► compare_ledgers() ──► Comparison of each table that differs

`made` is built from nothing from the files that `live` was built from step by step. When a row was
written or read is left aside. The ledger deletes little, so a live row or value that no file gives
any more is `kept` and no difference: see `KEPT`, and the rule `when_empty` of a column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from psycopg2 import sql
from psycopg2.extensions import connection

from playledger.publish.catalog import Table, column_list, read_tables

PARTS = ("_seeds", "_staging", "_intermediate", "", "_quality")  # as values flow
# Of the build, not of the files. An issue's first time stays when its file has it no more.
TIMES = frozenset({"created_at", "updated_at", "read_at", "first_seen_at", "resolved_at"})

# Where a row may be live alone, and when: no build deletes it, whatever becomes of its file.
KEPT = {
    **dict.fromkeys(("clients", "vendors", "songs", "campaigns", "playlists"), "true"),
    "campaign_groups": "live.campaign_count = 0",
    "playlist_streams": "not exists (select 1 from {staging}.stg_spotify__files as files "
    "where files.file_sha256 = live.file_sha256)",
    "resolved_issues": "true",
    # Of a model that is no more.
    "read_files": "not exists (select 1 from {intermediate}.read_files as notes "
    "where notes.model = live.model)",
}
# Rows that say nothing of content: what a test has checked, and what a build need not do again.
ASIDE = {"read_files": "rules = ''", "build_states": "true"}
RULES = "select table_name, column_name from {} where rule = 'when_empty'"
# The columns of a unique index, for a table without a primary key.
UNIQUE = """
    select array_agg(attname order by attnum) from pg_attribute
    inner join pg_index on attrelid = indrelid and attnum = any(indkey)
    where indrelid = %s::regclass and indisunique and indpred is null and indexprs is null
    group by indexrelid order by indexrelid limit 1
"""
CAMPAIGNS_KEPT = """
    select array_agg(campaign_id) from {live} as live
    where not exists (select 1 from {made} as made where made.campaign_id = live.campaign_id)
"""
BY_KEY = """
    with live as (select {columns} from {live} where {condition}),
    made as (select {columns} from {made} where {condition}),
    paired as (
        select
            to_jsonb(live) as live_row,
            to_jsonb(made) as made_row,
            case
                when made.{key} is null then {is_kept}
                when live.{key} is null then false
                else not ({differ})
            end as is_kept
        from live full join made on {same_key}
        where made.{key} is null or live.{key} is null or {differ_at_all}
    )
"""
BY_ROW = """
    with live as (select {columns} from {live} where {condition}),
    made as (select {columns} from {made} where {condition}),
    paired as (
        select to_jsonb(row_here) as live_row, null::jsonb as made_row, false as is_kept
        from (select * from live except all select * from made) as row_here
        union all
        select null, to_jsonb(row_here), false
        from (select * from made except all select * from live) as row_here
    )
"""
SHOWN = """
    select live_row, made_row, count(*) over () from paired where not is_kept
    order by coalesce(live_row, made_row)::text limit %(most)s
"""


@dataclass(frozen=True, slots=True)
class RowPair:
    """A row that differs, as JSON by column; None on the side that lacks it."""

    live: dict[str, Any] | None
    made: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A table whose rows are not the same: how many differ, some of them, and how many are kept."""

    table: str
    key: tuple[str, ...]
    count: int
    rows: list[RowPair]
    kept: int


def compare_ledgers(conn: connection, live: str, made: str, most: int = 5) -> Iterator[Comparison]:
    """Each table of `made` whose rows are not those of `live`, with up to `most` rows of it."""
    kept_campaigns = _kept_campaigns(conn, live, made)
    when_empty = _when_empty(conn, made)
    for part in PARTS:
        present = {table.name: table for table in read_tables(conn, live + part)}
        for table in read_tables(conn, made + part):
            there = present.get(table.name)
            if there is None:
                yield Comparison(f"{live}{part}.{table.name}: missing", (), 1, [], 0)
                continue
            found = _compare(conn, there, table, made, when_empty, kept_campaigns, most)
            if found.count or found.kept:
                yield found


def _compare(
    conn: connection,
    live: Table,
    made: Table,
    ledger: str,
    when_empty: set[tuple[str, str]],
    kept_campaigns: list[int],
    most: int,
) -> Comparison:
    columns = tuple(name for name in made.columns if name not in TIMES)
    if lacking := set(columns) - set(live.columns):
        name = f"{live.schema}.{live.name}: without {', '.join(sorted(lacking))}"
        return Comparison(name, (), 1, [], 0)
    conditions = [sql.SQL("not ({})").format(sql.SQL(ASIDE.get(made.name, "false")))]
    if "campaign_id" in columns and made.name not in ("campaigns", "campaign_sightings"):
        conditions.append(sql.SQL("coalesce(campaign_id <> all(%(kept_campaigns)s), true)"))
    key = made.key or _unique_columns(conn, made)
    kept = {name for table, name in when_empty if table == made.name}
    paired = sql.SQL(BY_KEY if key else BY_ROW).format(
        columns=column_list(columns),
        live=sql.Identifier(live.schema, live.name),
        made=sql.Identifier(made.schema, made.name),
        condition=sql.SQL(" and ").join(conditions),
        key=sql.Identifier(key[0] if key else ""),
        is_kept=sql.SQL(KEPT.get(made.name, "false")).format(
            staging=sql.Identifier(f"{ledger}_staging"),
            intermediate=sql.Identifier(f"{ledger}_intermediate"),
        ),
        differ=_any_differs(columns, kept),
        differ_at_all=_any_differs(columns, set()),
        same_key=sql.SQL(" and ").join(
            sql.SQL("live.{0} = made.{0}").format(sql.Identifier(name)) for name in key
        ),
    )
    values = {"kept_campaigns": kept_campaigns, "most": most}
    with conn.cursor() as cur:
        cur.execute(paired + sql.SQL(SHOWN), values)
        shown = cur.fetchall()
        cur.execute(paired + sql.SQL("select count(*) from paired where is_kept"), values)
        kept_rows = cur.fetchone()[0]
    rows = [RowPair(here, there) for here, there, _ in shown]
    count = shown[0][2] if shown else 0
    return Comparison(f"{live.schema}.{live.name}", key, count, rows, kept_rows)


def _any_differs(columns: Iterable[str], kept: set[str]) -> sql.Composable:
    """The condition that a column differs; where an empty value erases nothing, not from one."""
    parts = (
        sql.SQL(
            "(live.{0} is distinct from made.{0} and made.{0} is not null)"
            if name in kept
            else "live.{0} is distinct from made.{0}"
        ).format(sql.Identifier(name))
        for name in columns
    )
    return sql.SQL("({})").format(sql.SQL(" or ").join(parts))


def _unique_columns(conn: connection, table: Table) -> tuple[str, ...]:
    """The columns of a unique index, none if there is no such index."""
    with conn.cursor() as cur:
        cur.execute(UNIQUE, [f'"{table.schema}"."{table.name}"'])
        found = cur.fetchone()
    return tuple(found[0]) if found else ()


def _when_empty(conn: connection, ledger: str) -> set[tuple[str, str]]:
    """The (table, column) in which an empty value erases nothing."""
    with conn.cursor() as cur:
        cur.execute(sql.SQL(RULES).format(sql.Identifier(f"{ledger}_quality", "column_rules")))
        return set(cur.fetchall())


def _kept_campaigns(conn: connection, live: str, made: str) -> list[int]:
    """The campaigns that no file has any more; what the ledger has about them is kept, too."""
    tables = {name: sql.Identifier(name, "campaigns") for name in (live, made)}
    with conn.cursor() as cur:
        cur.execute(sql.SQL(CAMPAIGNS_KEPT).format(live=tables[live], made=tables[made]))
        return cur.fetchone()[0] or []
