"""The command `playledger profile`."""

from pathlib import Path

import click

from loaders.errors import Exit
from loaders.files.last_modified import Order
from loaders.source_file import find_inputs
from playledger.cli.exit_codes import exit_code
from playledger.cli.help import examples
from playledger.cli.options import ANY_PATH, DATE_ORDER, encoding_option


@click.command(epilog=examples("profile campaigns.csv --roster roster/ --json profile.json"))
@click.argument("export", type=ANY_PATH)
@click.option("--roster", type=ANY_PATH, metavar="PATH", help="Roster results with SFA URLs.")
@encoding_option
@click.option("--json", "json_path", type=ANY_PATH, metavar="PATH", help="Also write JSON here.")
@click.option("--limit", default=20, show_default=True, help="How many campaigns to list.")
@DATE_ORDER
@exit_code
def profile(
    export: Path,
    roster: Path | None,
    encoding: str | None,
    json_path: Path | None,
    limit: int,
    date_order: Order | None,
) -> Exit:
    """Summarise an export, without a database.

    Totals, and the active and complete campaigns without an SFA URL.
    """
    import orjson

    from playledger.audit.export_profile import profile_export
    from playledger.console.export_profile import render_profile
    from playledger.console.terminal import console

    rosters = [file.path for file in find_inputs(None, None, roster)]
    for file in find_inputs(export, None, None, encoding=encoding):
        profiled = profile_export(file.path, rosters, file.told_encoding, date_order)
        render_profile(profiled, console(), limit)
        if json_path:
            json_path.parent.mkdir(parents=True, exist_ok=True)
            option = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
            json_path.write_bytes(orjson.dumps(profiled.as_json(), option=option))
    return Exit.DONE
