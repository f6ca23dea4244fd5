"""The server of the pages: one process, until Ctrl-C.

host, port, token ──► serve() ──► the address, printed ──► pages
"""

import errno
import secrets
import socket
from contextlib import suppress

import click
import uvicorn

from loaders.database import Database
from loaders.errors import UserError
from loaders.settings import Settings
from playledger.web.app import make_app
from playledger.web.ledger_reader import Reader

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(database: Database, settings: Settings, host: str, port: int) -> None:
    """Serve the pages until Ctrl-C. Raises UserError when the port cannot be bound.

    Hosts other than loopback need a token: PLAYLEDGER_TOKEN, or one made now and printed.
    """
    token = None if host in LOOPBACK else settings.token or secrets.token_urlsafe(24)
    with _listen(host, port) as listening:
        name = f"[{host}]" if ":" in host else host
        address = f"http://{name}:{listening.getsockname()[1]}/"
        if token and not settings.token:
            address += f"?token={token}"
        click.echo(f"The ledger in {database.address}: {address}\nPress Ctrl-C to stop.")
        app = make_app(Reader(database, settings.schema), token)
        options = {"log_level": "warning", "access_log": False, "server_header": False}
        with suppress(KeyboardInterrupt):  # uvicorn raises it once more when it has stopped
            uvicorn.Server(uvicorn.Config(app, **options)).run([listening])


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, bind_address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(bind_address)
        listening.listen(128)  # requests before uvicorn accepts wait, and are not refused
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise UserError(f"Port {port} is already in use: try --port {port + 1}.") from None
        raise UserError(
            f"Cannot listen on {host}, port {port} ({error.strerror or error}). Choose another "
            "--host or --port."
        ) from None
    return listening
