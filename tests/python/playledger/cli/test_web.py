"""`playledger web` as a process, and whether `web --check` finds what is wrong with a site."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from loaders.errors import Exit
from playledger.web.app import make_app
from playledger.web.details import DETAIL_PAGES
from playledger.web.ledger_reader import Reader
from playledger.web.lists import LISTS
from tests.python.support.browsing import serving
from tests.python.support.publishing import say, url_of

pytestmark = [pytest.mark.database, pytest.mark.browser]
PLAYLEDGER = Path(sys.executable).with_name("playledger")
TOKEN = 'żółw; "two" words'  # noqa: S105 (any text may be one)


@pytest.fixture(autouse=True)
def settings(ledger, tmp_path, monkeypatch):
    """The environment of the commands: this ledger, and no token."""
    monkeypatch.setenv("PLAYLEDGER_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", url_of(ledger.database))
    monkeypatch.setenv("PLAYLEDGER_TOKEN", "")
    return monkeypatch


@contextmanager
def started(*options: str) -> Iterator[tuple[subprocess.Popen, str]]:
    """(the process of `playledger web`, the address that it prints)."""
    command = [PLAYLEDGER, "web", "--port", "0", *options]
    process = subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ
    )
    try:
        yield process, process.stdout.readline().rpartition(" ")[2].strip()
    finally:
        process.kill()
        process.communicate()


def ask(address: str, cookie: str = "") -> HTTPResponse:
    """The response of an address, whatever its status."""
    parts = urlsplit(address)
    conn = HTTPConnection(parts.netloc, timeout=20)
    conn.request("GET", f"{parts.path}?{parts.query}", headers={"cookie": cookie})
    return conn.getresponse()


def test_it_prints_its_address_answers_there_and_ends_quietly():
    with started() as (process, address):
        assert address.startswith("http://127.0.0.1:")
        assert process.stdout.readline() == "Press Ctrl-C to stop.\n"
        answer = ask(f"{address}campaigns")
        assert (answer.status, b"653 campaigns" in answer.read()) == (200, True)
        process.send_signal(signal.SIGINT)
        printed, errors = process.communicate(timeout=20)
        assert (process.returncode, printed, errors) == (0, "", "")


def test_elsewhere_than_on_loopback_a_token_is_asked_for():
    with started("--host", "0.0.0.0") as (_, address):  # noqa: S104
        known, _, token = address.partition("?token=")
        known = known.replace("0.0.0.0", "127.0.0.1")  # noqa: S104
        assert ask(f"{known}clients").status == 401
        assert ask(f"{known}clients", "playledger=guessed").status == 401
        entered = ask(f"{known}clients?token={token}")
        assert (entered.status, entered.headers["location"]) == (303, "/clients")
        cookie = entered.headers["set-cookie"]
        assert "HttpOnly" in cookie and "SameSite=strict" in cookie
        assert ask(f"{known}clients", cookie.partition(";")[0]).status == 200


def test_a_port_in_use_names_another_one():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = say("web", "--port", port)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"Port {port} is already in use: try --port {port + 1}.")
    assert "--port" in result.stderr


def kind(address: str) -> str:
    first, *rest = urlsplit(address).path.strip("/").split("/")
    return f"/{first}/…" if rest else f"/{first}"


def test_every_kind_of_page_is_opened_with_the_token_that_the_site_asks_for(ledger, settings):
    with serving(ledger, token=TOKEN) as served:
        settings.setenv("PLAYLEDGER_TOKEN", "another")
        refused = say("web", "--check", served.address)
        settings.setenv("PLAYLEDGER_TOKEN", TOKEN)
        result = say("web", "--check", served.address)
    assert (refused.exit_code, "status 401" in refused.stdout) == (4, True)
    assert TOKEN not in result.output
    *lines, last = result.stdout.splitlines()
    assert result.exit_code == 0, result.output
    assert last == f"All {len(lines)} kinds of pages passed."
    assert all(line.endswith(": ok") for line in lines)
    assert any(re.search(r"/campaigns\.csv  \d+ columns, 653 rows: ok", line) for line in lines)
    opened = {kind(line.split()[0]) for line in lines}
    details = {f"{path.rpartition('/')[0]}/…" for path in DETAIL_PAGES}
    # Nothing links to uncertain SFA matches: the sample has none.
    assert {each for each in opened if ".csv" not in each} == {"/", *LISTS, *details} - {"/pages"}
    assert {"/campaigns.csv", "/clients.csv", "/issues.csv"} <= opened


class Tampered:
    """The pages of a ledger with one that fails, one that shows a picture of another host, one
    without a heading, a file that fails and one that breaks off.
    """

    def __init__(self, ledger) -> None:
        self._app = make_app(Reader(ledger.database, ledger.schema))
        self.state = self._app.state

    async def __call__(self, scope, receive, send) -> None:
        path = scope.get("path")
        changes = {
            "/clients": (b"</main>", b"<img alt='' src='http://127.0.0.1:9/x.png'></main>"),
            "/playlists": (b"h1>", b"p>"),
        }

        async def tampered(message) -> None:
            if message["type"] == "http.response.start":
                kept = (b"content-length", b"content-security-policy")
                message["headers"] = [each for each in message["headers"] if each[0] not in kept]
                message["status"] = 500 if path in fails else message["status"]
            elif path in changes:
                message["body"] = message.get("body", b"").replace(*changes[path])
            await send(message)
            if path == "/issues.csv" and message["type"] == "http.response.body":
                raise ConnectionError

        fails = ("/vendors", "/vendors.csv")
        is_broken = path in (*fails, *changes, "/issues.csv")
        await self._app(scope, receive, tampered if is_broken else send)


def test_a_page_that_fails_is_named_with_the_reason(ledger):
    with serving(ledger, app=Tampered(ledger)) as served:
        result = say("web", "--check", served.address)
    assert result.exit_code == 4
    failed = {
        kind(line.split()[0]): line
        for line in result.stdout.splitlines()[:-1]
        if not line.endswith(": ok")
    }
    assert set(failed) == {"/vendors", "/clients", "/playlists", "/vendors.csv", "/issues.csv"}
    assert "/vendors answered with status 500" in failed["/vendors"]
    assert "asks another host: http://127.0.0.1:9/x.png" in failed["/clients"]
    assert "no content security policy" in failed["/clients"]
    assert "no heading of its own" in failed["/playlists"]
    assert "no CSV file, but status 500" in failed["/vendors.csv"]
    assert "did not download" in failed["/issues.csv"]
    assert result.stdout.splitlines()[-1].startswith("5 of ")


FILES = {
    "good.csv": Response('\ufeffa,b,c\r\n1,"2\n2",3\r\n', media_type="text/csv"),
    "empty.csv": Response("", media_type="text/csv"),
    "latin.csv": Response("a,b\né,2\n".encode("latin-1"), media_type="text/csv"),
    "page.csv": PlainTextResponse("a,b"),
    "elsewhere.csv": RedirectResponse("http://127.0.0.1:9/"),
}


async def offer_files(scope, receive, send) -> None:
    """A page that links to files."""
    if scope["type"] == "http":
        links = "".join(f'<a href="/{name}">{name}</a>' for name in FILES)
        policy = {"content-security-policy": "default-src 'none'"}
        page = HTMLResponse(f"<main><h1>Files</h1>{links}</main>", headers=policy)
        await FILES.get(scope["path"].strip("/"), page)(scope, receive, send)


def test_a_file_must_be_csv_in_utf8_from_the_same_host(ledger):
    with serving(ledger, app=offer_files) as served:
        result = say("web", "--check", served.address)
    lines = result.stdout.replace(served.address, "").splitlines()
    assert lines[1:] == [
        "/good.csv  3 columns, 1 row: ok",
        "/empty.csv  : no CSV file in UTF-8 with a header",
        "/latin.csv  : no CSV file in UTF-8 with a header",
        "/page.csv  : no CSV file, but status 200",
        "/elsewhere.csv  : no CSV file, but status 307",
        "4 of 6 kinds of pages failed.",
    ]


def test_where_nothing_answers_it_says_so():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
    for url, message in ((address, "Nothing answers at"), ("file:///x", "not the address of")):
        result = say("web", "--check", url)
        assert (result.exit_code, message in result.stderr) == (2, True)


async def failing(scope, receive, send) -> None:
    """A site of which every page fails."""
    if scope["type"] == "http":
        await PlainTextResponse("failed", 500)(scope, receive, send)


def test_after_a_deployment_the_pages_of_production_are_opened(ledger, settings):
    known = ledger.database.parameters
    for name in ("host", "user", "dbname"):
        settings.setenv(f"LEDGER_PROD_{name.upper()}", known[name])
    settings.setenv("LEDGER_PROD_SSLMODE", "disable")
    settings.setattr("playledger.cli.publish.files_for", lambda *_, **__: ([], None))
    answers = [Exit.DONE, Exit.DONE, Exit.NOTHING]
    settings.setattr("playledger.publish.workflow.deploy_command", lambda *_, **__: answers.pop(0))
    with serving(ledger, app=failing) as served:
        settings.setenv("LEDGER_PROD_PAGES", served.address)
        broken = say("deploy", "--yes")
    gone, nothing = say("deploy", "--yes"), say("deploy", "--yes")
    assert (broken.exit_code, "/ answered with status 500" in broken.stdout) == (1, True)
    assert gone.exit_code == 1
    assert "The pages of production could not be checked: Nothing answers" in gone.stderr
    assert (nothing.exit_code, nothing.output) == (2, "")
