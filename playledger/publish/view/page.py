"""A plan as a page, to be looked at and passed on before it is applied.

Plan ──► write_page() ──► plan.html: the sentence, files, counts, and each table's rows

The page stands alone and shows at most ROWS_SHOWN rows of a kind in each table; plan.json has all.
Values are what people typed: the template escapes every one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from loaders.atomic_files import write_whole
from playledger.publish.diff import Change
from playledger.publish.plan import Plan
from playledger.publish.view.cells import (
    Cell,
    Names,
    cell,
    changed_cells,
    is_empty,
    is_hash,
    key_text,
)
from playledger.publish.view.summary import TIMESTAMPS, summarise

TEMPLATE = Path(__file__).with_name("plan.html.jinja")
ROWS_SHOWN = 200  # of a table that change, as many that are new, as many that go
VALUES_SHOWN = 8  # of a whole row
OPEN_UP_TO = 20  # rows; longer lists of whole rows are folded
ACTIONS = {"update": "changed", "insert": "new", "delete": "gone"}


@dataclass(frozen=True, slots=True)
class RowView:
    """One row: its name, its key unless that is its name, and `changes` (column, before, after) if
    it changes. A row that is new or gone has `values` (column, value).
    """

    name: Cell
    key: str
    changes: list[tuple[str, Cell, Cell]]
    values: list[tuple[str, Cell]]


def write_page(plan: Plan, path: Path) -> Path:
    """Write the page of a plan, whole or not at all; its path."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    page = environment.from_string(TEMPLATE.read_text("utf-8")).render(
        plan=plan,
        sentence=summarise(plan),
        files=[(Path(file.path).name, file) for file in plan.files],
        tables=_view_tables(plan),
        counts=plan.counts(),
        values_shown=VALUES_SHOWN,
        actions=ACTIONS,
        open_up_to=OPEN_UP_TO,
        plan_path=path.with_name("plan.json"),
    )
    write_whole(path, page.encode("utf-8", "backslashreplace"))
    return path


def _view_tables(plan: Plan) -> dict[str, dict[str, list[RowView]]]:
    """The first rows of each table and action, campaigns first, quality last."""
    names, counts = _names(plan), plan.counts()
    ledger = f"{plan.schema}."
    order = sorted(counts, key=lambda name: (name != f"{ledger}campaigns", ledger not in name))
    tables = {name: {action: [] for action in ACTIONS} for name in order}
    for change in plan.changes:
        rows = tables[change.full_table][change.action]
        if len(rows) < ROWS_SHOWN:
            rows.append(_view_row(change, plan.columns[change.full_table], names))
    return tables


def _names(plan: Plan) -> Names:
    """The names of files and of rows with a single key column: other rows reference them."""
    files = {("file_sha256", file.sha256): Path(file.path).name for file in plan.files}
    return files | {
        (column, str(value)): change.name
        for change in plan.changes
        if change.name and len(change.key) == 1
        for column, value in change.key.items()
    }


def _view_row(change: Change, columns: list[str], names: Names) -> RowView:
    changes, values = [], []
    if change.action == "update":
        shown = [column for column in change.new if column not in TIMESTAMPS] or list(change.new)
        changes = [
            (column, *changed_cells(column, change.old[column], change.new[column], names))
            for column in shown
        ]
    else:
        values = list(_row_values(change, columns, names))
    return RowView(
        cell("name", change.name or key_text(change.key, names), {}),
        key_text(change.key, {}) if change.name else "",
        changes,
        values,
    )


def _row_values(change: Change, columns: list[str], names: Names) -> Iterator[tuple[str, Cell]]:
    """The values of a whole row that tell people something: not its key or name, no id or hash."""
    row = change.new or change.old
    for column in columns:
        value = row.get(column)
        if is_empty(value) or column in {*change.key, *TIMESTAMPS, "name"}:
            continue
        has_name = (column, str(value)) in names
        if has_name or not (column.endswith("_id") or is_hash(value)):
            yield column, cell(column, value, names)
