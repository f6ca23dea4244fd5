"""The command `playledger rebuild --check`.

staging ──► the ledger from nothing, beside the live one ──► what differs, exit code
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import orjson

from loaders.errors import Exit
from loaders.settings import read_settings
from playledger.cli.exit_codes import exit_code
from playledger.cli.help import examples

if TYPE_CHECKING:
    from playledger.rebuild.ledgers import Comparison, RowPair

LONGEST = 160  # characters of a row


@click.command(epilog=examples("rebuild --check", "rebuild --check --rows 50"))
@click.option("--check", "is_check", is_flag=True, help="Compare, and change nothing.")
@click.option(
    "--rows", type=click.IntRange(min=1), default=5, show_default=True, help="Rows shown a table."
)
@exit_code
def rebuild(is_check: bool, rows: int) -> Exit:
    """Build the ledger from nothing beside the live one; exit 4 when they differ."""
    if not is_check:
        raise click.UsageError("Say --check. The live ledger is compared, never built anew.")
    from loaders.database import open_database
    from playledger.rebuild.check import Rebuild

    settings = read_settings()
    with Rebuild.open(open_database(settings), settings) as made:
        click.echo("Building the ledger from nothing, beside the live one ...")
        result = made.build()
        if not result.is_good:
            click.secho("\n".join(result.failures), fg="red")
            return Exit.INTEGRITY
        compared = made.compare(rows)
    for each in compared:
        _print(each)
    differing = [each.table for each in compared if each.count]
    if differing:
        click.secho(f"{len(differing)} tables differ: {', '.join(differing)}.", fg="red")
        click.echo(
            "Run `dbt build` if files or seeds have come since the last one, and check again. "
            "`dbt build --full-refresh --select <table>` reads all its files anew."
        )
        return Exit.INTEGRITY
    click.echo("The ledger is the one that its files give from nothing.")
    return Exit.DONE


def _print(compared: Comparison) -> None:
    """A table that differs: how many rows, and some of them."""
    if compared.kept:
        click.echo(f"{compared.table}: {compared.kept:,} rows kept that no file gives any more")
    if not compared.count:
        return
    click.secho(f"{compared.table}: {compared.count:,} rows differ", fg="red")
    for pair in compared.rows:
        click.echo(f"  {_describe(pair, compared.key)}")


def _describe(pair: RowPair, key: tuple[str, ...]) -> str:
    """One row: what it is, and what the live one has beside what the files give."""
    if pair.live is None or pair.made is None:
        row, side = (pair.live, "live only") if pair.made is None else (pair.made, "missing")
        return f"{side}: {_shortened(row)}"
    changed = [name for name, value in pair.made.items() if pair.live[name] != value]
    values = (
        f"{name} is {_shortened(pair.live[name])}, from nothing {_shortened(pair.made[name])}"
        for name in changed
    )
    return f"{', '.join(f'{name} {pair.live[name]}' for name in key)}: {'; '.join(values)}"


def _shortened(value: object) -> str:
    text = orjson.dumps(value).decode()
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
