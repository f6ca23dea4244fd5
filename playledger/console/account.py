"""The account as tables, calm on 80 columns and the same when piped.

    Account, Console ──► render_account()

Groups of like checks are one line while they pass; a check that fails is named there, and again at
the end.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from playledger.audit.account import Account
from playledger.audit.figures import Figure, Value

MARKS = {"ok": "green", "differs": "bold red", "unread": "bold red"}
SEVERITIES = {"error": "red", "warning": "yellow", "info": "dim"}
ONE_LINE = {
    "Characters by column": "columns with equal counts",
    "Integrity checks": "checks passed",
}


def render_account(account: Account, console: Console) -> None:
    """Print the account."""
    table = make_table(("", "left"), ("ledger", "right"), ("files", "right"), ("", "left"))
    for group, figures in groupby(account.figures, key=lambda figure: figure.group):
        table.add_row(Text(group, "bold"))
        for figure in shortened(group, list(figures)):
            mark = figure.status if figure.status in MARKS else ""
            name = Text(f"  {figure.name}")
            verdict = Text(mark, MARKS.get(mark, ""))
            table.add_row(name, number(figure.ledger), number(figure.files), verdict)
        table.add_row()
    console.print(table)
    if account.note:
        console.print(Text(account.note + "\n", "dim"), soft_wrap=True)
    _render_issues(account, console)
    emptied = [("  " + number(each.count), Text(each.column)) for each in account.emptied]
    total = sum(each.count for each in account.emptied)
    print_list(console, f"Emptied cells, values kept: {total:,}", ("right", "left"), emptied)
    rejected = [("  " + number(each.count), Text(each.reason)) for each in account.rejected]
    total = sum(each.count for each in account.rejected)
    print_list(console, f"Rejected records: {total:,}", ("right", "left"), rejected)
    if account.unread:
        names = ", ".join(figure.name.strip() for figure in account.unread)
        console.print(Text(f"Not one cell could be read of: {names}", "bold red"), soft_wrap=True)
    console.print(_verdict(account), soft_wrap=True)


def number(value: Value | None) -> str:
    """Thousands separated; nothing for a figure that is not known."""
    return "" if value is None else f"{value:,}"


def make_table(*columns: tuple[str, str]) -> Table:
    """A table without lines, its headers as plain as its cells; columns are (name, alignment)."""
    table = Table(
        box=None, pad_edge=False, header_style="dim", show_header=any(c[0] for c in columns)
    )
    for name, side in columns:
        table.add_column(name, justify=side, no_wrap=side == "right", overflow="fold")
    return table


def shortened(group: str, figures: list[Figure]) -> Iterator[Figure]:
    """The figures of a group; of a group of like checks, how many passed and which failed."""
    if group not in ONE_LINE:
        yield from figures
        return
    if not all(figure.is_check for figure in figures):
        yield Figure(group, "not compared", len(figures), None, False, "shown")
        return
    failed = [figure for figure in figures if figure.status != "ok"]
    passed, status = len(figures) - len(failed), "differs" if failed else "ok"
    yield Figure(group, ONE_LINE[group], passed, len(figures), True, status)
    yield from failed


def print_list(
    console: Console, title: str, sides: Sequence[str], rows: Sequence[Sequence[str | Text]]
) -> None:
    """A title and a table without headers, its columns aligned to these sides; if it has rows."""
    if rows:
        table = make_table(*(("", side) for side in sides))
        for row in rows:
            table.add_row(*row)
        console.print(Text(title, "bold"))
        console.print(table)
        console.print()


def _render_issues(account: Account, console: Console) -> None:
    rows = []
    for issue in account.issues:
        words = Text(issue.reason)
        if issue.suggestion:
            words.append(f"\n{issue.suggestion}", "dim")
        severity = Text(f"  {issue.severity}", SEVERITIES.get(issue.severity, ""))
        rows.append((severity, number(issue.count), words))
    total = sum(issue.count for issue in account.issues)
    print_list(console, f"Issues: {total:,}", ("left", "right", "left"), rows)


def _verdict(account: Account) -> Text:
    checks, failed = account.checks, account.failed
    if not failed:
        return Text(f"All {len(checks):,} checks passed.", "green")
    names = ", ".join(figure.name.strip() for figure in failed)
    return Text(f"{len(failed):,} of {len(checks):,} checks FAILED: {names}", "bold red")
