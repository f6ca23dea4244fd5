"""A plan as a page, to be looked at and passed on before it is applied.

Plan ──► write_page() ──► plan.html: the sentence, files, counts, and each table's rows

The page stands alone and shows at most SHOWN rows of a kind in each table; plan.json has all.
Values are what people typed: the template escapes every one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from loaders.atomic_files import write_whole
from playledger.publish.view.cells import Cell, Names, cell, differing, in_key, is_empty, is_hash
from playledger.publish.view.summary import UNTOLD, in_one_sentence

if TYPE_CHECKING:
    from playledger.publish.diff import Change
    from playledger.publish.plan import Plan

TEMPLATE = Path(__file__).with_name("plan.html.jinja")
SHOWN = 200  # rows of a table that change, as many that are new, as many that go
HELD = 8  # values that are shown of a whole row
OPEN = 20  # rows up to which a list of whole rows stands open
ACTIONS = {"update": "changed", "insert": "new", "delete": "gone"}


@dataclass(frozen=True, slots=True)
class Line:
    """One column of a row that changes: its value now, and then."""

    column: str
    now: Cell
    then: Cell


@dataclass(frozen=True, slots=True)
class Shown:
    """One row: what it is called, its key unless that is its name, and what is told of it.

    `lines` are of a row that changes, `held` (column, value) of one that comes or goes.
    """

    name: Cell
    key: str
    lines: list[Line]
    held: list[tuple[str, Cell]]
    unsaid: int


@dataclass(frozen=True, slots=True)
class TableShown:
    """One table: how many rows change, are new and go, and the first of each."""

    name: str
    counts: Counter[str]
    rows: dict[str, list[Shown]]

    def more(self, action: str) -> int:
        """How many rows only plan.json has."""
        return self.counts[action] - len(self.rows[action])


def write_page(plan: Plan, path: Path) -> Path:
    """Write the page of a plan, whole or not at all; its path."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    page = environment.from_string(TEMPLATE.read_text("utf-8")).render(
        plan=plan,
        sentence=in_one_sentence(plan),
        files=[(Path(file.path).name, file) for file in plan.files],
        tables=tables_of(plan),
        actions=ACTIONS,
        open_up_to=OPEN,
        plan_path=path.with_name("plan.json"),
    )
    write_whole(path, page.encode("utf-8", "backslashreplace"))
    return path


def tables_of(plan: Plan) -> list[TableShown]:
    """What the page says of each table with changes: campaigns first, quality last."""
    known, changes = _names(plan), {}
    for change in plan.changes:
        table = changes.setdefault(f"{change.schema}.{change.table}", {})
        table.setdefault(change.action, []).append(change)
    ledger = f"{plan.schema}."
    order = sorted(changes, key=lambda name: (name != f"{ledger}campaigns", ledger not in name))
    return [
        TableShown(
            name,
            Counter({action: len(some) for action, some in changes[name].items()}),
            {
                action: [
                    _shown(each, plan.columns[name], known)
                    for each in islice(changes[name].get(action, []), SHOWN)
                ]
                for action in ACTIONS
            },
        )
        for name in order
    ]


def _names(plan: Plan) -> Names:
    """What is called how, by key column and value: rows elsewhere point at it."""
    files = {("file_sha256", file.sha256): Path(file.path).name for file in plan.files}
    return files | {
        (column, str(value)): change.name
        for change in plan.changes
        if change.name and len(change.key) == 1
        for column, value in change.key.items()
    }


def _shown(change: Change, columns: list[str], known: Names) -> Shown:
    name, key = change.name, in_key(change.key, {})
    lines, held = [], []
    if change.action == "update":
        told = [column for column in change.new if column not in UNTOLD] or list(change.new)
        lines = [
            Line(column, *differing(column, change.old[column], change.new[column], known))
            for column in told
        ]
    else:
        held = list(_held(change, columns, known))
    return Shown(
        cell("name", name or in_key(change.key, known), {}),
        key if name else "",
        lines,
        held[:HELD],
        max(0, len(held) - HELD),
    )


def _held(change: Change, columns: list[str], known: Names) -> Iterator[tuple[str, Cell]]:
    """The values of a whole row that say something: not its key or name, no id or hash."""
    row = change.new or change.old
    for column in columns:
        value = row.get(column)
        if is_empty(value) or column in {*change.key, *UNTOLD, "name"}:
            continue
        is_known = (column, str(value)) in known
        if is_known or not (column.endswith("_id") or is_hash(value)):
            yield column, cell(column, value, known)
