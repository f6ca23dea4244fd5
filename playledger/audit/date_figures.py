"""Lines of the account on how each export writes day and month, and why it is read so.

decisions of the ledger, DateTally of each file ──► date_figures() ──► Figure ...

The numbers are cells that fit one order alone, the evidence. What known campaigns tell is the
ledger's alone: there only the counts are compared.
"""

from collections.abc import Iterable

from loaders.files.staging_schema import EXPORT_COLUMNS
from playledger.audit.date_columns import DateTally, count_text, describe
from playledger.audit.figures import ROWS, Figure
from playledger.audit.file_counts import FileCounts

GROUP = "Day and month (cells that fit one order alone)"
BY_KNOWN_DATES = {"known_dates", "against_known", "mixed"}
DATE_ORDERS = """
    select
        orders.file_sha256, exports.file_name, orders.column_name, orders.date_order,
        orders.reason, orders.typed_order, orders.month_day_cells, orders.day_month_cells,
        orders.either_cells
    from {ledger}.date_orders as orders
    inner join {ledger}.loaded_exports as exports using (file_sha256)
    where
        orders.cells > 0
        and (
            exports.export_rank = (select max(export_rank) from {ledger}.loaded_exports)
            or orders.date_order is distinct from 'month_day'
            or orders.reason not in ('cells', 'one_way')
        )
    order by exports.export_rank, orders.column_name desc
"""


def date_figures(decisions: Iterable[tuple], counts: FileCounts | None) -> list[Figure]:
    """A line for each date column of the newest export, and of others that are not read as month/
    day by their own cells.
    """
    return [_figure(*each, counts) for each in decisions]


def _figure(
    sha256: str,
    file_name: str,
    column: str,
    order: str | None,
    reason: str,
    typed: str | None,
    month_day: int,
    day_month: int,
    either: int,
    counts: FileCounts | None,
) -> Figure:
    words = f"{describe(order, reason)}; {count_text(month_day, day_month, either)}"
    name = f"{file_name}, {EXPORT_COLUMNS[column]}: {words}"
    tally = counts.dates.get((sha256, column)) if counts else None
    if tally is None:
        return Figure(GROUP, name, month_day + day_month, None, False, "shown")
    said = (tally.month_day, tally.day_month, tally.either)
    is_same = said == (month_day, day_month, either) and _agrees(tally, order, reason, typed)
    status = "ok" if is_same else "differs"
    is_check = not counts.ambiguous & ROWS
    total = tally.month_day + tally.day_month
    return Figure(
        GROUP, name, month_day + day_month, total, is_check, status if is_check else "shown"
    )


def _agrees(tally: DateTally, order: str | None, reason: str, typed: str | None) -> bool:
    if reason in BY_KNOWN_DATES and tally.reason(typed) != "mixed":
        return True
    return tally.order(typed) == (order or "")
