"""Requests to the pages of a ledger within this process: no port, no browser.

app, address ──► visit() ──► Answer (status, headers, text)
"""

from __future__ import annotations

import asyncio
import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from playledger.web.app import make_app
from playledger.web.ledger_reader import Reader

TAGS = re.compile(r"<[^>]*>")
COUNTED = re.compile(r'role="status">\s*(?:More than )?(?:([\d,]+) |There are no |No )')


@dataclass(frozen=True, slots=True)
class Answer:
    """A response; header names are in lower case."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def words(self) -> str:
        """The visible text, on one line."""
        return " ".join(unescape(TAGS.sub(" ", self.text)).split())


def visit(app: Any, address: str, method: str = "GET", **headers: str) -> Answer:
    """The response to a browser on this machine; `headers` replace its own, such as `host`."""
    return asyncio.run(_visit(app, address, method, {"host": "127.0.0.1:8000", **headers}))


@contextmanager
def pages_of(ledger: Any) -> Iterator[Any]:
    """The application of a ledger; its connections are closed before anybody puts it back."""
    reader = Reader(ledger.database, ledger.schema)
    try:
        yield make_app(reader)
    finally:
        reader.close()


def downloaded(app: Any, address: str) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    text = visit(app, address).text.removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def total(text: str) -> int:
    """How many rows a list says there are; raises TypeError for a page that is no list."""
    return int((COUNTED.search(text)[1] or "0").replace(",", ""))


async def _visit(app: Any, address: str, method: str, headers: dict[str, str]) -> Answer:
    split = urlsplit(address)
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(split.path),
        "raw_path": split.path.encode(),
        "root_path": "",
        "query_string": split.query.encode(),
        "headers": [
            (name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()
        ],
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 50000),
    }
    sent: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start = next(each for each in sent if each["type"] == "http.response.start")
    body = b"".join(each.get("body", b"") for each in sent if each["type"] == "http.response.body")
    headers = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], headers, body.decode("utf-8"))
