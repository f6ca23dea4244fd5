"""The commands `playledger config` and `stop`: the settings, and the embedded server."""

import click

from loaders.errors import Exit
from loaders.settings import read_settings
from playledger.cli.exit_codes import exit_code
from playledger.cli.help import examples


@click.command(epilog=examples("config"))
@exit_code
def config() -> Exit:
    """List every setting, its purpose and its current value."""
    from loaders.settings import describe_settings

    settings = describe_settings()
    width = max(len(setting.name) for setting, _ in settings) + 2
    for setting, value in settings:
        click.echo(f"{setting.name:<{width}}{value}\n{'':<{width}}{setting.purpose}")
    return Exit.DONE


@click.command(epilog=examples("stop"))
@exit_code
def stop() -> Exit:
    """Stop the embedded PostgreSQL; its data stays."""
    from loaders.embedded_postgres import stop_embedded

    was_running = stop_embedded(read_settings())
    click.echo("The embedded PostgreSQL is stopped." if was_running else "It was not running.")
    return Exit.DONE
