"""`playledger web` as a process, and whether `web --check` sees what is wrong with a site."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.responses import PlainTextResponse

from loaders.errors import Exit
from playledger.web.app import make_app
from playledger.web.details import THINGS
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


class Stays(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow nothing."""


def ask(address: str, cookie: str = "") -> HTTPResponse:
    """What is answered at an address of the pages, whatever its status."""
    asked = urllib.request.Request(address, headers={"cookie": cookie})  # noqa: S310
    try:
        return urllib.request.build_opener(Stays).open(asked, timeout=20)
    except urllib.error.HTTPError as refused:
        return refused


def test_it_prints_its_address_answers_there_and_ends_quietly():
    with started() as (process, address):
        assert address.startswith("http://127.0.0.1:")
        assert process.stdout.readline() == "Ctrl-C stops it.\n"
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


def test_a_port_in_use_is_told_in_a_sentence():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = say("web", "--port", port)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"Nobody can listen on 127.0.0.1, port {port} (Address already")
    assert "--port" in result.stderr


def kind(address: str) -> str:
    first, *rest = urlsplit(address).path.strip("/").split("/")
    return f"/{first}/…" if rest else f"/{first}"


def test_a_site_is_seen_whole_with_the_token_that_it_asks_for(ledger, settings):
    with serving(ledger, token=TOKEN) as served:
        settings.setenv("PLAYLEDGER_TOKEN", "another")
        refused = say("web", "--check", served.address)
        settings.setenv("PLAYLEDGER_TOKEN", TOKEN)
        result = say("web", "--check", served.address)
    assert (refused.exit_code, "status 401" in refused.stdout) == (4, True)
    assert TOKEN not in result.output
    *lines, last = result.stdout.splitlines()
    assert result.exit_code == 0, result.output
    assert last == f"All {len(lines)} kinds of pages are as they must be."
    assert all(line.endswith(": ok") for line in lines)
    assert any("/campaigns.csv  " in line and " columns, " in line for line in lines)
    seen = {kind(line.split()[0]) for line in lines}
    things = {f"{path.rpartition('/')[0]}/…" for path in THINGS}
    # Nothing leads to pages that are not sure: the sample has none.
    assert {each for each in seen if ".csv" not in each} == {"/", *LISTS, *things} - {"/pages"}
    assert {"/campaigns.csv", "/clients.csv", "/doubts.csv"} <= seen


class Tampered:
    """The pages of a ledger with one that fails, one that shows a picture of another host, a file
    that fails and one that breaks off.
    """

    def __init__(self, ledger) -> None:
        self._app = make_app(Reader(ledger.database, ledger.schema))
        self.state = self._app.state

    async def __call__(self, scope, receive, send) -> None:
        path = scope.get("path")

        async def tampered(message) -> None:
            if message["type"] == "http.response.start":
                kept = (b"content-length", b"content-security-policy")
                message["headers"] = [each for each in message["headers"] if each[0] not in kept]
                message["status"] = 500 if path in fails else message["status"]
            elif path == "/clients":
                image = b"<img alt='' src='http://127.0.0.1:9/x.png'></main>"
                message["body"] = message.get("body", b"").replace(b"</main>", image)
            await send(message)
            if path == "/doubts.csv" and message["type"] == "http.response.body":
                raise ConnectionError

        fails = ("/vendors", "/vendors.csv")
        is_broken = path in (*fails, "/clients", "/doubts.csv")
        await self._app(scope, receive, tampered if is_broken else send)


def test_a_page_that_is_not_as_it_must_be_is_named(ledger):
    with serving(ledger, app=Tampered(ledger)) as served:
        result = say("web", "--check", served.address)
    assert result.exit_code == 4
    wrong = {
        kind(line.split()[0]): line
        for line in result.stdout.splitlines()[:-1]
        if not line.endswith(": ok")
    }
    assert set(wrong) == {"/vendors", "/clients", "/vendors.csv", "/doubts.csv"}
    assert "/vendors answered with status 500" in wrong["/vendors"]
    assert "it asked another host: http://127.0.0.1:9/x.png" in wrong["/clients"]
    assert "it may load from other hosts" in wrong["/clients"]
    assert "no CSV came, but status 500" in wrong["/vendors.csv"]
    assert "it broke off" in wrong["/doubts.csv"]
    assert "4 of " in result.stdout.splitlines()[-1]


def test_where_nothing_answers_it_says_so():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
    for asked, told in ((address, "Nothing answers at"), ("file:///x", "is no address of pages")):
        result = say("web", "--check", asked)
        assert (result.exit_code, told in result.stderr) == (2, True)


async def failing(scope, receive, send) -> None:
    """A site of which every page fails."""
    if scope["type"] == "http":
        await PlainTextResponse("failed", 500)(scope, receive, send)


def test_after_a_deployment_the_pages_of_production_are_opened(ledger, settings):
    known = ledger.database.parameters
    settings.setenv("LEDGER_PROD_HOST", known["host"])
    settings.setenv("LEDGER_PROD_USER", known["user"])
    settings.setenv("LEDGER_PROD_DBNAME", known["dbname"])
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
