"""A plan as a person reads it: one sentence, a table of counts, and examples.

Plan ──► print_plan() ──► terminal
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice

from psycopg2 import sql
from psycopg2.extensions import connection
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from loaders.text import plural
from playledger.publish.candidate import Candidate
from playledger.publish.diff import Change
from playledger.publish.plan import Plan

EXAMPLES = 12
COLUMNS = 6  # that are named in the sentence
LONGEST = 40  # characters of a value
TIMESTAMPS = {"updated_at", "created_at"}
# A campaign that only moved in the sheet, or left it, has not changed for people.
NOT_A_CHANGE = TIMESTAMPS | {"source_row", "is_in_latest_export"}
PROTECTED_COLUMNS = {"sfa_url": "SFA URLs"}  # a deployment must not lose values of these

# The words of a plan's figures; they are stored with it.
KEPT = "no longer in the export and kept"
PROTECTED = "SFA URLs protected"
REJECTED = "rows rejected"
EMPTIED = "emptied cells of {} kept"
SINGULAR = {PROTECTED: "SFA URL protected", REJECTED: "row rejected"}


def count_figures(conn: connection, candidate: Candidate, plan: Plan) -> dict[str, int]:
    """What rows alone do not say: campaigns that are kept, SFA URLs that stay, rejected records,
    and by column the cells that are emptied and whose values stay.
    """
    updates = [change for change in _campaigns(plan) if change.action == "update"]
    rewritten = [
        change.key["campaign_id"] for change in _campaigns(plan) if "sfa_url" in (change.new or {})
    ]
    protected = 0
    if f"{plan.schema}.campaigns" not in plan.lacking:
        query = "select count(*) from {} where sfa_url is not null and campaign_id <> all(%s)"
        table = sql.Identifier(plan.schema, "campaigns")
        with conn.cursor() as cur:
            cur.execute(sql.SQL(query).format(table), [rewritten])
            protected = cur.fetchone()[0]
    return {
        KEPT: sum(change.new.get("is_in_latest_export") is False for change in updates),
        PROTECTED: protected,
        REJECTED: sum(1 for _ in candidate.loaded.rejected()),
        **_emptied(plan),
    }


def _emptied(plan: Plan) -> dict[str, int]:
    """How many cells of each column are emptied now, by the words of the figure."""
    issues = f"{plan.schema}_quality.data_issues"
    found = [each.new for each in plan.changes if each.full_table == issues]
    columns = (row["column_name"] for row in found if row and row.get("reason") == "cell_emptied")
    return {EMPTIED.format(name): count for name, count in Counter(columns).most_common()}


def summarise(plan: Plan) -> str:
    """`12 new campaigns, 31 changed (status 18, goal 9), ...`; what is zero is left out."""
    if plan.is_empty:
        return "Nothing would change."
    changes = _campaigns(plan)
    new = sum(change.action == "insert" for change in changes)
    changed = [set(change.new) - NOT_A_CHANGE for change in changes if change.action == "update"]
    sentence = summarise_changes(new, changed, plan.figures)
    return f"{sentence or 'No campaign would change'}."


def summarise_changes(new: int, changed: list[set[str]], figures: Mapping[str, int]) -> str:
    """The same sentence from the count of new campaigns, the changed columns of each changed one,
    and figures (words → count); empty when all are zero.
    """
    rows = sum(map(bool, changed))
    columns = Counter(name for names in changed for name in sorted(names))
    named = ", ".join(f"{name} {count}" for name, count in columns.most_common(COLUMNS))
    if len(columns) > COLUMNS:
        named += f", {len(columns) - COLUMNS} more columns"
    parts = [plural(new, "new campaign")] if new else []
    parts += [f"{rows:,} changed ({named})"] if rows else []
    parts += [
        plural(count, SINGULAR.get(name, name), name) for name, count in figures.items() if count
    ]
    return ", ".join(parts)


def print_plan(plan: Plan, console: Console) -> None:
    """Print a plan: its sentence, the counts of each table, and examples."""
    console.print(f"[bold]{escape(summarise(plan))}[/bold]", soft_wrap=True)
    if plan.lacking:
        console.print(f"New tables and columns: {len(plan.lacking)}", markup=False)
    counts = plan.counts()
    if counts:
        numbers = (Column(word, justify="right") for word in ("new", "changed", "gone"))
        table = Table("table", *numbers, box=None, pad_edge=False)
        for name, by_action in counts.items():
            numbers = (by_action[action] for action in ("insert", "update", "delete"))
            table.add_row(escape(name), *(f"{count:,}" if count else "" for count in numbers))
        console.print(table)
    if examples := list(islice(_examples(plan), EXAMPLES)):
        words = ("row", "column", "before", "after")
        columns = (Column(word, no_wrap=True, overflow="ellipsis") for word in words)
        table = Table(*columns, box=None, pad_edge=False)
        for example in examples:
            table.add_row(*map(escape, example))
        console.print("\nFor example:")
        console.print(table)


def _examples(plan: Plan) -> Iterator[tuple[str, str, str, str]]:
    """(row, column, value before, value after) of changed rows, those of campaigns first."""
    ledger = [change for change in plan.changes if change.schema == plan.schema]
    for change in sorted(ledger, key=lambda change: change.table != "campaigns"):
        row = f"{change.table}: {_short(change.name or ', '.join(map(str, change.key.values())))}"
        for column in change.new if change.action == "update" else ():
            if column not in TIMESTAMPS:
                yield row, column, _short(change.old[column]), _short(change.new[column])


def _campaigns(plan: Plan) -> list[Change]:
    """The changes of campaigns."""
    return [change for change in plan.changes if change.full_table == f"{plan.schema}.campaigns"]


def _short(value: object) -> str:
    if value is None:
        return "(empty)"
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
