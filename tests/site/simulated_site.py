"""A simulated site that runs in its own thread, on free ports of this machine.

    SimulatedSite(content) ──► address, login_address, write_session(), requests, faults

Several may run at once; one that was stopped leaves nothing but what `write_session` wrote.
"""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from pathlib import Path
from typing import Self

import uvicorn

from tests.site.behaviour import Behaviour
from tests.site.content import Content
from tests.site.faults import FaultHit, Faults
from tests.site.hosts import Hosts
from tests.site.sessions import Expiry, Sessions, write_storage_state

LOOPBACK = "127.0.0.1"
START_TIMEOUT = 10.0


class SimulatedSite(Hosts):
    """The site, its log-in host, and another host that no request should reach.

    Its `behaviour` can be set at any time.
    """

    def __init__(
        self,
        content: Content,
        behaviour: Behaviour | None = None,
        *,
        port: int = 0,
        login_port: int = 0,
        ends_at_song: int | None = None,
    ) -> None:
        """Take what to show and how; a session may end at the nth song.

        Port 0 is any free one.
        """
        behaviour = behaviour or Behaviour()
        sessions = Sessions(behaviour.rotates_after, ends_at_song)
        super().__init__(content, behaviour, sessions, Faults())
        self._ports = (port, login_port, 0)
        self._servers: list[uvicorn.Server] = []
        self._thread: threading.Thread | None = None

    @property
    def faults_applied(self) -> list[FaultHit]:
        """Return the hits of faults so far."""
        return self.faults.applied

    def write_session(self, path: Path) -> None:
        """Open a session and write it as Playwright's storage state."""
        write_storage_state(path, self.address, self.sessions.open(), self.sessions.token)

    def end_session(self, expiry: Expiry | None = None) -> None:
        """End every open session."""
        self.sessions.end(expiry)

    def start(self) -> None:
        """Listen; returns when all hosts answer."""
        sockets = [_listening(port) for port in self._ports]
        site, log_in, other = (listening.getsockname()[1] for listening in sockets)
        self.address = f"http://{LOOPBACK}:{site}"
        self.login_address = f"http://{LOOPBACK}:{log_in}/login"
        self.other_address = f"http://localhost:{other}"
        applications = (self.site, self.log_in, self.other)
        self._servers = [
            uvicorn.Server(
                uvicorn.Config(
                    application, interface="asgi3", http="h11", ws="none", loop="asyncio",
                    lifespan="off", log_config=None, access_log=False, proxy_headers=False,
                )
            )
            for application in applications
        ]  # fmt: skip

        async def serve() -> None:
            pairs = zip(self._servers, sockets, strict=True)
            await asyncio.gather(*(server.serve([listening]) for server, listening in pairs))

        self._thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
        self._thread.start()
        deadline = time.monotonic() + START_TIMEOUT
        while not all(server.started for server in self._servers):
            if time.monotonic() > deadline or not self._thread.is_alive():
                raise RuntimeError("the simulated site does not start")
            time.sleep(0.01)

    def stop(self) -> None:
        """Stop listening; open requests get no answer."""
        for server in self._servers:
            server.should_exit = server.force_exit = True
        if self._thread is not None:
            self._thread.join(timeout=START_TIMEOUT)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _listening(port: int) -> socket.socket:
    """Return a listening socket; naming TCP lets asyncio turn off Nagle's algorithm."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((LOOPBACK, port))
    listening.listen(256)
    return listening
