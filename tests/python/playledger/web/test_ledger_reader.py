"""Who may ask, and what is told when the ledger cannot be asked: reader, server's safety."""

from __future__ import annotations

import asyncio
import gc

import psycopg2
import pytest

from loaders.database import Database
from playledger.publish.roles import run_script
from playledger.web import ledger_reader as reading
from playledger.web.app import make_app
from playledger.web.ledger_reader import Reader, Unavailable
from playledger.web.security import HEADERS
from tests.python.support.ledger import put_back
from tests.python.support.visiting import visit

pytestmark = pytest.mark.database
WRITES = (
    "insert into {ledger}.clients default values",
    "delete from {ledger}.campaigns",
    "create table {ledger}.mine (id int)",
    "truncate {ledger}.campaigns",
    "select nextval('{ledger}.nothing')",
)
ROLES = ("ledger_loader", "ledger_builder", "ledger_reader")
ADDRESSES = ("/campaigns", "/campaigns.csv", "/static/style.css", "/nowhere", "/static/nothing.css")


@pytest.fixture
def reader(ledger):
    conn = Reader(ledger.database, "ledger")
    yield conn
    conn.close()


@pytest.fixture
def secured(ledger):
    """The ledger with the project's roles; as it was afterwards."""
    with put_back(ledger):
        run_script(ledger.database, "ledger")
        yield ledger
    for role in ROLES:
        ledger.ask(f"drop role {role}")


@pytest.mark.parametrize("statement", WRITES)
def test_nothing_is_written_through_the_reader(reader, ledger, statement):
    before = ledger.one("select count(*) from ledger.campaigns")
    with pytest.raises((psycopg2.Error, Unavailable)) as refused:
        reader.rows(statement)
    assert not isinstance(refused.value, psycopg2.OperationalError)
    assert ledger.one("select count(*) from ledger.campaigns") == before
    assert reader.row("select current_setting('transaction_read_only') as held").held == "on"


def test_without_the_role_the_own_user_asks_and_with_it_the_role_does(ledger, reader):
    own = reader.row("select current_user as name").name
    assert own == ledger.database.parameters["user"]


def test_the_reader_role_asks_where_it_is_there_and_sees_every_list(secured):
    reader = Reader(secured.database, "ledger")
    app = make_app(reader)
    try:
        assert reader.row("select current_user as name").name == "ledger_reader"
        with pytest.raises(Unavailable, match="may not read the ledger `ledger`"):
            reader.rows("select * from staging_airtable.files")
        for path in ("/campaigns", "/salespeople", "/vendors", "/issues", "/campaigns?q=a"):
            assert visit(app, path).status == 200, path
    finally:
        reader.close()


def test_a_connection_that_was_lost_between_two_pages_is_opened_again(ledger, reader):
    app = make_app(reader)
    assert visit(app, "/campaigns").status == 200
    before = reader.row("select pg_backend_pid() as pid").pid
    ledger.ask("select pg_terminate_backend(%s, 1000)", before)
    assert visit(app, "/campaigns").status == 200
    assert reader.row("select pg_backend_pid() as pid").pid != before


def test_a_question_that_takes_too_long_is_ended_and_told(ledger, reader, monkeypatch):
    app = make_app(reader)
    monkeypatch.setattr(reading, "PAGE_TIMEOUT", 0.2)
    with ledger.database.connect() as conn, conn.cursor() as held:
        held.execute("lock table ledger.campaigns in access exclusive mode")
        answer = visit(app, "/campaigns")
        conn.rollback()
    assert answer.status == 503
    assert "The database took longer than 0.2 seconds to answer. Narrow the search" in answer.words
    assert visit(app, "/campaigns").status == 200


def test_a_database_that_is_away_is_told_without_its_password(ledger):
    parameters = {**ledger.database.parameters, "host": "127.0.0.1", "port": "1", "password": "pw1"}
    app = make_app(Reader(Database(parameters, is_embedded=False), "ledger"))
    for address in ("/campaigns", "/campaigns.csv"):
        answer = visit(app, address)
        assert answer.status == 503
        assert "127.0.0.1:1/playledger did not answer" in answer.words
        assert "pw1" not in answer.text
        assert "Traceback" not in answer.text


def test_a_ledger_that_is_not_there_is_told_with_the_commands_that_make_it(ledger):
    reader = Reader(ledger.database, "nowhere")
    answer = visit(make_app(reader), "/campaigns")
    reader.close()
    assert answer.status == 503
    assert "The ledger `nowhere` is not there" in answer.words
    assert "dbt build" in answer.words


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("token", [None, "secret"])
def test_every_answer_keeps_to_itself(reader, address, token):
    answer = visit(make_app(reader, token), address)
    assert {name: answer.headers.get(name.lower()) for name in HEADERS} == HEADERS
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_whatever_would_change_something_is_refused(reader, method):
    answer = visit(make_app(reader), "/campaigns", method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize(
    ("host", "status"),
    [
        *((name, 200) for name in ("127.0.0.1:8000", "localhost", "localhost:1", "[::1]:8000")),
        *((name, 400) for name in ("evil.example", "evil.example:8000", "127.0.0.1.evil.example",
                                   "127.0.0.1:8000.evil.example:80", "")),
    ],
)  # fmt: skip
def test_only_names_of_this_machine_are_answered_without_a_token(reader, host, status):
    assert visit(make_app(reader), "/checks", host=host).status == status


def test_a_token_is_asked_for_taken_once_and_kept_as_a_cookie(reader):
    app = make_app(reader, "s3cret")
    assert visit(app, "/campaigns", host="ledger.example").status == 401
    for wrong in ("/campaigns?token=", "/campaigns?token=x", "/static/style.css"):
        assert visit(app, wrong).status == 401
    taken = visit(app, "/campaigns?token=s3cret&status=active", host="ledger.example")
    assert taken.status == 303
    assert "s3cret" not in taken.headers["location"]
    cookie = taken.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict"} <= set(cookie.split("; "))
    name = cookie.partition(";")[0]
    assert visit(app, "/campaigns", host="ledger.example", cookie=name).status == 200
    assert visit(app, "/campaigns", cookie="playledger=x").status == 401
    assert visit(app, "/campaigns", cookie="playledger=é").status == 401


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/campaigns?token=s3cret", "/campaigns"),
        ("/?token=s3cret", "/"),
        ("/campaigns?status=active&token=s3cret", "/campaigns?status=active"),
        ("/campaigns?token=s3cret&q=a%26b%3Dc+d&sort=-goal", "/campaigns?q=a%26b%3Dc+d&sort=-goal"),
        ("/campaigns?%74oken=s3cret&page=2&token=s3cret", "/campaigns?page=2"),
        ("/campaigns?q=Zoë&token=s3cret", "/campaigns?q=Zo%C3%AB"),
        ("/salespeople/A%3Fb%23c%20%C3%A9?token=s3cret", "/salespeople/A%3Fb%23c%20%C3%A9"),
        ("//evil.example/x?token=s3cret", "/evil.example/x"),
        ("///evil.example?token=s3cret&a=//b", "/evil.example?a=//b"),
        ("/%2F/evil.example?token=s3cret", "/evil.example"),
        ("/%5C/evil.example?token=s3cret", "/%5C/evil.example"),
        ("/%09/evil.example%0D%0Ax?token=s3cret", "/%09/evil.example%0D%0Ax"),
    ],
)
def test_without_the_token_the_same_address_on_the_same_host_is_opened(reader, asked, led):
    answer = visit(make_app(reader, "s3cret"), f"http://ledger.example{asked}")
    assert (answer.status, answer.headers["location"]) == (303, led)


async def hang_up(app, path: str) -> list[int]:
    """Ask for a file and hang up once its first part is there; the sizes of what was sent."""
    has_begun, sizes = asyncio.Event(), []
    scope = {
        "type": "http", "method": "GET", "path": path, "query_string": b"",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "headers": [(b"host", b"127.0.0.1")],
    }  # fmt: skip

    async def receive() -> dict:
        await has_begun.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict) -> None:
        if message["type"] == "http.response.body":
            sizes.append(len(message["body"]))
            has_begun.set()
            await asyncio.sleep(1)

    await app(scope, receive, send)
    return sizes


def test_who_hangs_up_on_a_file_leaves_no_question_open(reader, ledger, monkeypatch):
    monkeypatch.setattr("playledger.web.csv_export.CHUNK_ROWS", 10)
    app = make_app(reader)
    gc.disable()  # it would end the question some day
    try:
        sizes = asyncio.run(hang_up(app, "/campaigns.csv"))
        left = ledger.one(
            "select count(*) from pg_stat_activity "
            "where datname = current_database() and state = 'idle in transaction'"
        )
    finally:
        gc.enable()
    assert len(sizes) == 1 and sizes[0] < len(visit(app, "/campaigns.csv").text) / 10
    assert left == 0
