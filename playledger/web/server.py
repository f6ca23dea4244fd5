"""The server of the pages: one process, until Ctrl-C.

host, port, token ──► serve() ──► the address, printed ──► pages
"""

from __future__ import annotations

import secrets
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from loaders.errors import UserError

if TYPE_CHECKING:
    from loaders.database import Database
    from loaders.settings import Settings

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(database: Database, settings: Settings, host: str, port: int) -> None:
    """Show the pages until Ctrl-C; UserError when nobody can listen there.

    Elsewhere than on loopback a token is asked for: the one that is set, or one made now.
    """
    import uvicorn

    from playledger.web.app import make_app
    from playledger.web.ledger_reader import Reader

    token = None if host in LOOPBACK else settings.token or secrets.token_urlsafe(24)
    with _listen(host, port) as listening:
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listening.getsockname()[1]}/"
        if token and not settings.token:
            address += f"?token={token}"
        click.echo(f"The ledger in {database.address}: {address}\nCtrl-C stops it.")
        app = make_app(Reader(database, settings.schema), token)
        options = {"log_level": "warning", "access_log": False, "server_header": False}
        with suppress(KeyboardInterrupt):  # uvicorn raises it once more when it has stopped
            uvicorn.Server(uvicorn.Config(app, **options)).run([listening])


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(place)
        listening.listen(128)  # who opens the printed address at once waits, and is not refused
    except OSError as error:
        raise UserError(
            f"Nobody can listen on {host}, port {port} ({error.strerror or error}). Choose another "
            "with --port or --host."
        ) from None
    return listening
