"""Pages of a ledger in a real browser: a server in a thread, and a page that records problems.

ledger ──► serving() ──► Served ◄── Looker (records problems) ◄── chromium
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from playledger.web.app import make_app
from playledger.web.ledger_reader import Reader, Unavailable

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
STICKS_OUT = """() => [...document.querySelectorAll("body *")]
    .filter(each => each.getBoundingClientRect().right > innerWidth + 1
        && !each.closest(".scroll, .visually-hidden"))
    .map(each => `${each.tagName} ${each.className} ${each.textContent.trim().slice(0, 40)}`)"""
# Rows of a table are alike: looking through a few of them takes a fifth of the time.
FEWER_ROWS = """() => document.querySelectorAll("tbody tr:nth-child(n+6)")
    .forEach(each => each.remove())"""
axe = Axe()


@dataclass(frozen=True)
class Served:
    """Pages that are served: their address, and the application."""

    address: str
    app: Any

    def rest(self) -> None:
        """Close all connections until the next request."""
        self.app.state.overview.get(wait=60)
        self.app.state.reader.close()


@contextmanager
def serving(ledger: Any, token: str | None = None, app: Any = None) -> Iterator[Served]:
    """The pages of a ledger on a free port, its figures counted already."""
    app = app or make_app(Reader(ledger.database, ledger.schema), token)
    has_ledger = hasattr(app, "state")
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", access_log=False))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        if has_ledger:
            with suppress(Unavailable):
                app.state.overview.get(wait=60)
        yield Served(f"http://127.0.0.1:{listening.getsockname()[1]}", app)
    finally:
        server.should_exit = True
        thread.join()
        if has_ledger:
            app.state.reader.close()
        listening.close()


@dataclass
class Looker:
    """A page of the browser, and the problems since `noticed` was last called."""

    page: Page
    own: str
    noted: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: self.noted.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.noted.append(f"script: {error}"))
        self.page.on("dialog", self._refuse)
        self.page.on("requestfailed", self._note_failure)
        self.page.on("request", self._note_request)

    def open(self, path: str) -> Page:
        self.page.goto(self.own + path)
        return self.page

    def noticed(self) -> list[str]:
        noted, self.noted = self.noted, []
        return noted

    def ill_shown(self, viewport: dict[str, int], scheme: str) -> list[str]:
        """Problems of the layout, and of accessibility by axe.

        Tables keep their first rows only: reload the page afterwards.
        """
        self.page.set_viewport_size(viewport)
        self.page.emulate_media(color_scheme=scheme)
        wide = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found = [f"{wide} px too wide: {self.page.evaluate(STICKS_OUT)}"] if wide > 0 else []
        self.page.evaluate(FEWER_ROWS)
        for each in axe.run(self.page).response["violations"]:
            places = [str(node["target"]) for node in each["nodes"][:3]]
            found.append(f"{each['id']}: {each['help']} at {', '.join(places)}")
        return [f"{viewport['width']} px, {scheme}: {each}" for each in found]

    def _note_request(self, request: Any) -> None:
        if not request.url.startswith((self.own, "data:")):
            self.noted.append(f"another host: {request.url}")

    def _note_failure(self, request: Any) -> None:
        if request.failure != "net::ERR_ABORTED":  # the next letter was typed
            self.noted.append(f"failed: {request.url}")

    def _refuse(self, dialog: Any) -> None:
        self.noted.append(f"dialog: {dialog.message}")
        dialog.dismiss()
