"""The account as tables for a person: calm on 80 columns, the same when piped.

    Account, Console ──► render_account()

What holds without exception is one line; what does not is named line by line, and again at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from playledger.audit.account import Account
from playledger.audit.figures import Figure, Value

MARKS = {"ok": "green", "differs": "bold red"}
SEVERITIES = {"error": "red", "warning": "yellow", "info": "dim"}
# Groups of like checks: one line says that all of them hold.
ONE_LINE = {"Orphans": "foreign keys without an orphan", "Integrity checks": "truths that hold"}


def render_account(account: Account, console: Console) -> None:
    """Print the account."""
    table = make_table(("", "left"), ("ledger", "right"), ("files", "right"), ("", "left"))
    for group, figures in groupby(account.figures, key=lambda figure: figure.group):
        table.add_row(Text(group, "bold"))
        for figure in shortened(group, list(figures)):
            mark = figure.status if figure.is_check else ""
            name = Text(f"  {figure.name}")
            table.add_row(name, number(figure.ledger), number(figure.files), _styled(mark, MARKS))
        table.add_row()
    console.print(table)
    if account.told:
        console.print(Text(account.told + "\n", "dim"), soft_wrap=True)
    _render_doubts(account, console)
    _render_rejects(account, console)
    console.print(_verdict(account), soft_wrap=True)


def number(value: Value | None) -> str:
    """Thousands separated; nothing for a figure that is not known."""
    return "" if value is None else f"{value:,}"


def make_table(*columns: tuple[str, str]) -> Table:
    """A table without lines, its headers as plain as its cells."""
    table = Table(
        box=None, pad_edge=False, header_style="dim", show_header=any(c[0] for c in columns)
    )
    for name, side in columns:
        table.add_column(name, justify=side, no_wrap=side == "right", overflow="fold")
    return table


def shortened(group: str, figures: list[Figure]) -> Iterator[Figure]:
    """The figures of a group that are told one by one; those that hold as one line, in some."""
    if group not in ONE_LINE:
        yield from figures
        return
    holding = [figure for figure in figures if figure.status == "ok"]
    yield Figure(group, ONE_LINE[group], len(holding), len(figures), True, _worst(figures))
    yield from (figure for figure in figures if figure.status != "ok")


def _worst(figures: Iterable[Figure]) -> str:
    return "ok" if all(figure.status == "ok" for figure in figures) else "differs"


def _render_doubts(account: Account, console: Console) -> None:
    if not account.doubts:
        return
    total = sum(doubt.count for doubt in account.doubts)
    console.print(Text(f"Doubts: {total:,}", "bold"))
    table = make_table(("", "left"), ("", "right"), ("", "left"))
    for doubt in account.doubts:
        words = Text(doubt.reason)
        if doubt.suggestion:
            words.append(f"\n{doubt.suggestion}", "dim")
        severity = _styled(doubt.severity, SEVERITIES)
        table.add_row(Text("  ") + severity, number(doubt.count), words)
    console.print(table)
    console.print()


def _render_rejects(account: Account, console: Console) -> None:
    if not account.rejects:
        return
    total = sum(reject.count for reject in account.rejects)
    console.print(Text(f"Rejected records: {total:,}", "bold"))
    table = make_table(("", "right"), ("", "left"))
    for reject in account.rejects:
        table.add_row("  " + number(reject.count), Text(reject.reason))
    console.print(table)
    console.print()


def _verdict(account: Account) -> Text:
    checks, failed = account.checks, account.failed
    if not failed:
        return Text(f"All {len(checks):,} checks hold.", "green")
    names = ", ".join(figure.name.strip() for figure in failed)
    return Text(f"{len(failed):,} of {len(checks):,} checks FAILED: {names}", "bold red")


def _styled(word: str, styles: dict[str, str]) -> Text:
    return Text(word, styles.get(word, ""))
