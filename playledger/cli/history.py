"""The command `playledger history`.

ledger_quality.sync_runs ──► history() ──► lines in the terminal, or JSON
"""

import click

from loaders.errors import Exit
from loaders.settings import read_settings
from playledger.cli.exit_codes import exit_code
from playledger.cli.help import examples


@click.command(epilog=examples("history --limit 5", "history 20261123T061512Z-sync --json"))
@click.argument("run", required=False)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Runs.")
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
@exit_code
def history(run: str | None, limit: int, is_json: bool) -> Exit:
    """List past runs, newest first, or the stages of one RUN."""
    import orjson

    from loaders.database import open_database
    from playledger.console.runs import render_run, render_runs
    from playledger.console.terminal import console
    from playledger.runs.history import find_runs

    settings = read_settings()
    with open_database(settings).connect() as conn:
        runs = find_runs(conn, settings.schema, limit, run)
    if is_json:
        content = [each.as_json(with_stages=bool(run)) for each in runs]
        content = orjson.dumps(content[0] if run else content, option=orjson.OPT_INDENT_2)
        click.echo(content.decode())
    elif run:
        render_run(runs[0], console())
    else:
        render_runs(runs, console())
    return Exit.DONE
