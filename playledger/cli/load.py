"""The command `playledger load`."""

import click

from loaders.errors import Exit
from loaders.settings import read_settings
from playledger.cli.exit_codes import exit_code
from playledger.cli.help import examples
from playledger.cli.options import input_options
from playledger.sync.options import InputOptions


@click.command(
    epilog=examples("load --csv campaigns.csv --scraped scraped/", "load --csv new.csv --view")
)
@input_options
@exit_code
def load(inputs: InputOptions) -> Exit:
    """Load files and new results of scraping into staging.

    Files that are loaded are skipped. Without files and on an empty database, the made-up sample is
    loaded. `dbt build` then builds the ledger; `playledger sync` does both.
    """
    from loaders.database import open_database
    from playledger.console.terminal import console
    from playledger.sync.load_step import load_inputs

    named, settings = inputs.find(), read_settings()
    load_inputs(named, open_database(settings), settings, console(), inputs.overrides)
    return Exit.DONE
