"""A simulated site that runs in a thread of its own, on free ports of this machine.

    SimulatedSite(content) ──► address, login_address, write_session(), requests, faults

Several may run at once; when one is left, nothing of it stays but what was written with
`write_session`.
"""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import uvicorn

from tests.site.behaviour import Behaviour
from tests.site.content import Content
from tests.site.faults import Faults, HitBy
from tests.site.hosts import Hosts
from tests.site.request_log import Request
from tests.site.sessions import Sessions, Shown, write_storage_state

LOOPBACK = "127.0.0.1"
START_WITHIN = 10.0


class SimulatedSite:
    """The site, its log-in host, and a host elsewhere that nothing should be sent to."""

    def __init__(
        self,
        content: Content,
        behaviour: Behaviour | None = None,
        *,
        port: int = 0,
        login_port: int = 0,
        elsewhere: str | None = None,
        ends_at_song: int | None = None,
        ends_at_request: int | None = None,
        session_end_shown: Shown = "redirect",
    ) -> None:
        """Take what to show and how; a session may end at the nth song or request.

        Port 0 is any free one. Faults redirect to `elsewhere`: a host of the site's own making, on
        another port and under the name localhost, unless another address is given.
        """
        behaviour = behaviour or Behaviour()
        sessions = Sessions(
            behaviour.rotates_after, ends_at_song, ends_at_request, session_end_shown
        )
        self.content, self.sessions, self.faults = content, sessions, Faults()
        self._hosts = Hosts(content, behaviour, sessions, self.faults)
        self._ports, self._elsewhere = (port, login_port, 0), elsewhere
        self._servers: list[uvicorn.Server] = []
        self._thread: threading.Thread | None = None

    @property
    def address(self) -> str:
        """Return the site's address, without a slash at the end."""
        return self._hosts.address

    @property
    def login_address(self) -> str:
        """Return the address of the log-in page."""
        return self._hosts.login_address

    @property
    def behaviour(self) -> Behaviour:
        """Return how the site behaves; what is set holds for what is asked next."""
        return self._hosts.behaviour

    @behaviour.setter
    def behaviour(self, behaviour: Behaviour) -> None:
        self._hosts.behaviour = behaviour

    @property
    def elsewhere(self) -> str:
        """Return the address that faults redirect to."""
        return self._hosts.elsewhere

    @property
    def requests(self) -> list[Request]:
        """Return what was asked so far, but for script and style."""
        return self._hosts.requests

    @property
    def faults_applied(self) -> list[HitBy]:
        """Return which faults hit which songs so far."""
        return self.faults.applied

    def write_session(self, path: Path) -> None:
        """Open a session and write it as Playwright's storage state."""
        write_storage_state(path, self.address, self.sessions.open(), self.sessions.token)

    def end_session(self, shown: Shown | None = None) -> None:
        """End every session that is open."""
        self.sessions.end(shown)

    def start(self) -> None:
        """Listen, and return when all hosts answer."""
        hosts = self._hosts
        sockets = [_listening(port) for port in self._ports]
        site, log_in, elsewhere = (listening.getsockname()[1] for listening in sockets)
        hosts.address = f"http://{LOOPBACK}:{site}"
        hosts.login_address = f"http://{LOOPBACK}:{log_in}/login"
        hosts.elsewhere = self._elsewhere or f"http://localhost:{elsewhere}"
        applications = (hosts.site, hosts.log_in, hosts.nobody)
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
        give_up = time.monotonic() + START_WITHIN
        while not all(server.started for server in self._servers):
            if time.monotonic() > give_up or not self._thread.is_alive():
                raise RuntimeError("the simulated site does not start")
            time.sleep(0.01)

    def stop(self) -> None:
        """Stop listening; who waits for an answer gets none."""
        for server in self._servers:
            server.should_exit = server.force_exit = True
        if self._thread is not None:
            self._thread.join(timeout=START_WITHIN)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def _listening(port: int) -> socket.socket:
    """Return a listening socket; one that says TCP is not delayed by Nagle's algorithm."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((LOOPBACK, port))
    listening.listen(256)
    return listening
