"""A plan as a person reads it: one sentence, a table of counts, and examples.

Plan ──► render_plan() ──► terminal
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from psycopg2 import sql
from rich.markup import escape
from rich.table import Table

from loaders.text import plural

if TYPE_CHECKING:
    from psycopg2.extensions import connection
    from rich.console import Console

    from playledger.publish.candidate import Candidate
    from playledger.publish.diff import Change
    from playledger.publish.plan import Plan

EXAMPLES = 12
COLUMNS = 6  # that are named in the sentence
LONGEST = 40
UNTOLD = {"updated_at", "created_at"}
# A row that was only moved in the sheet, or is not in it any more, is not changed for people.
APART = UNTOLD | {"source_row", "is_in_latest_export"}
KEPT = "no longer in the export and kept"
PROTECTED = "SFA URLs protected"
REJECTED = "rows rejected"
ONE = {PROTECTED: "SFA URL protected", REJECTED: "row rejected"}


def figures_of(conn: connection, candidate: Candidate, plan: Plan) -> dict[str, int]:
    """What the rows alone do not say: known SFA URLs that stay, records that became no data."""
    campaigns = f"{plan.schema}.campaigns"
    touched = {
        change.key["campaign_id"]
        for change in plan.changes
        if f"{change.schema}.{change.table}" == campaigns and "sfa_url" in (change.new or {})
    }
    gone = sum(
        (change.new or {}).get("is_in_latest_export") is False
        for change in plan.changes
        if f"{change.schema}.{change.table}" == campaigns and change.action == "update"
    )
    with conn.cursor() as cur:
        protected = 0
        if campaigns not in plan.lacking:
            query = "select count(*) from {} where sfa_url is not null and campaign_id <> all(%s)"
            place = sql.Identifier(plan.schema, "campaigns")
            cur.execute(sql.SQL(query).format(place), [list(touched)])
            protected = cur.fetchone()[0]
    rejected = sum(1 for _ in candidate.loaded.rejected())
    return {KEPT: gone, PROTECTED: protected, REJECTED: rejected}


def in_one_sentence(plan: Plan) -> str:
    """`12 new campaigns, 31 changed (status 18, goal 9), ...`; what is nothing is not said."""
    campaigns = f"{plan.schema}.campaigns"
    new = plan.counts().get(campaigns, Counter())["insert"]
    changed = [
        set(change.new) - APART
        for change in plan.changes
        if f"{change.schema}.{change.table}" == campaigns and change.action == "update"
    ]
    if plan.is_empty:
        return "Nothing would change."
    return f"{told_changes(new, changed, plan.figures) or 'No campaign would change'}."


def told_changes(new: int, changed: list[set[str]], figures: Mapping[str, int]) -> str:
    """The same of campaigns that are new, the columns of each that changes, and figures."""
    rows = sum(map(bool, changed))
    columns = Counter(name for names in changed for name in sorted(names))
    told = ", ".join(f"{name} {count}" for name, count in columns.most_common(COLUMNS))
    if len(columns) > COLUMNS:
        told += f", {len(columns) - COLUMNS} more columns"
    parts = [
        plural(new, "new campaign") if new else "",
        f"{rows:,} changed ({told})" if rows else "",
        *(
            f"{count:,} {ONE.get(name, name) if count == 1 else name}"
            for name, count in figures.items()
            if count
        ),
    ]
    return ", ".join(part for part in parts if part)


def render_plan(plan: Plan, console: Console) -> None:
    """Print a plan."""
    console.print(f"[bold]{escape(in_one_sentence(plan))}[/bold]", soft_wrap=True)
    if plan.lacking:
        console.print(f"Tables and columns that are new there: {len(plan.lacking)}", markup=False)
    counts = plan.counts()
    if counts:
        table = Table("table", *(("new", "changed", "gone")), box=None, pad_edge=False)
        for column in table.columns[1:]:
            column.justify = "right"
        for name, of in counts.items():
            numbers = (of[action] for action in ("insert", "update", "delete"))
            table.add_row(escape(name), *(f"{count:,}" if count else "" for count in numbers))
        console.print(table)
    if examples := list(examples_of(plan)):
        table = Table("row", "column", "now", "then", box=None, pad_edge=False)
        for column in table.columns:
            column.no_wrap, column.overflow = True, "ellipsis"
        for example in examples[:EXAMPLES]:
            table.add_row(*map(escape, example))
        console.print("\nFor example:")
        console.print(table)


def examples_of(plan: Plan) -> list[tuple[str, str, str, str]]:
    """(row, column, value now, value then) of rows that change, those of campaigns first."""
    campaigns = f"{plan.schema}.campaigns"
    told = [change for change in plan.changes if change.action == "update"]
    told.sort(key=lambda change: f"{change.schema}.{change.table}" != campaigns)
    return [
        (_called(change), name, _short(change.old[name]), _short(change.new[name]))
        for change in told
        if change.schema == plan.schema
        for name in change.new
        if name not in UNTOLD
    ]


def _called(change: Change) -> str:
    return f"{change.table}: {_short(change.name or ', '.join(map(str, change.key.values())))}"


def _short(value: object) -> str:
    if value is None:
        return "(empty)"
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
