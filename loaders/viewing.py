"""The command `playledger web`: pages of the ledger to look at, until Ctrl-C.

host, port ──► loaders.web ──► pages on loopback, or elsewhere for those who know the token
"""

from __future__ import annotations

import click

from loaders.errors import Exit
from loaders.told import told


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@told
def web(host: str, port: int) -> Exit:
    """Show the ledger in a browser: read-only pages, on this machine unless told otherwise.

    Another --host asks everybody for a token: PLAYLEDGER_TOKEN, or one that is made and printed.
    """
    from loaders.config import read_settings
    from loaders.database import open_database
    from loaders.web.serving import serve

    settings = read_settings()
    serve(open_database(settings), settings, host, port)
    return Exit.DONE
