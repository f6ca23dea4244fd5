"""Where PostgreSQL is: addresses, what is refused, and that no password is ever shown."""

import os
import subprocess
import sys
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, unquote
from uuid import uuid4

import psutil
import psycopg2
import pytest
from click.testing import CliRunner
from psycopg2.extensions import make_dsn, parse_dsn

from loaders.database import Database, open_database
from loaders.embedded_postgres import _create_database, _forget_dead_server, stop_embedded
from loaders.errors import UserError
from loaders.pipeline import _credentials
from loaders.settings import Settings, read_settings
from playledger.cli.main import main

SECRET = "pa55word"  # noqa: S105
NOBODY = "127.0.0.1:9"  # a port on which no PostgreSQL listens


def settings(url: str | None, home: Path = Path("/nonexistent")) -> Settings:
    return Settings(home, "ledger", url)


def refusal(url: str) -> str:
    with pytest.raises(UserError) as raised:
        open_database(settings(url))
    assert raised.value.exit_code == 2
    assert SECRET not in "".join(traceback.format_exception(raised.value))
    return str(raised.value)


def url_of(
    database: Database, user: str = "postgres", password: str = SECRET, more: str = ""
) -> str:
    known = database.parameters
    return f"postgresql://{user}:{password}@/{known['dbname']}?host={known['host']}{more}"


@contextmanager
def created(database: Database, options: str):
    """Another database beside this one: its DATABASE_URL."""
    name = f"test_{uuid4().hex[:12]}"
    conn = psycopg2.connect(make_dsn(**database.parameters))
    conn.autocommit = True
    with conn.cursor() as cursor:
        cursor.execute(f"create database {name} template template0 {options}")
        yield url_of(Database({**database.parameters, "dbname": name}, is_embedded=False))
        cursor.execute(f"drop database {name} with (force)")
    conn.close()


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://ada:{SECRET}@{NOBODY}/agency",
        f"host=127.0.0.1 port=9 user=ada password={SECRET} dbname=agency",
        f"postgres://ada:{SECRET}@{NOBODY}/agency?sslmode=disable",
    ],
)
def test_a_server_that_does_not_answer_is_named_without_its_password(url):
    message = refusal(url)
    assert message.startswith(f"No database: {NOBODY}/agency did not answer (")
    assert "Check DATABASE_URL" in message
    assert SECRET not in message


NO_ADDRESSES = [
    f"mysql://ada:{SECRET}@localhost/agency",
    f"postgresql+psycopg2://ada:{SECRET}@localhost/agency",
    f"ada:{SECRET}@localhost/agency",
    SECRET,
]
WRONG_PARTS = [
    f"{SECRET}%@localhost/agency",
    f"{SECRET}%zz@localhost/agency",
    f"{SECRET}@localhost/agency?colour=red",
    f"x@{SECRET}@localhost/agency",
    f"x@{SECRET}:1@localhost/agency",
    f"{SECRET}/x@localhost/agency",
    f"12/{SECRET}@localhost/agency",
    f"x@/{SECRET}@localhost/agency",
    f"{SECRET}@localhost:port/agency",
]


@pytest.mark.parametrize(
    "url", [*NO_ADDRESSES, *(f"postgresql://ada:{part}" for part in WRONG_PARTS)]
)
def test_an_address_that_is_none_is_refused_and_not_shown(url):
    message = refusal(url)
    assert message.startswith("DATABASE_URL is not a PostgreSQL address (its value is not shown).")
    assert SECRET not in message
    assert "localhost" not in message


def test_no_representation_and_no_listing_shows_the_password(database, monkeypatch):
    url = url_of(database)
    monkeypatch.setenv("DATABASE_URL", url)
    conn = open_database(read_settings())
    listed = CliRunner().invoke(main, ["config"])
    assert listed.exit_code == 0
    assert "set (not shown)" in listed.output
    shown = [repr(read_settings()), str(read_settings()), repr(conn), conn.address]
    assert not any(SECRET in each for each in [*shown, listed.output])
    assert repr(conn) == f"Database({conn.address})"
    assert conn.parameters["password"] == SECRET


@pytest.mark.parametrize("password", ["p%40ss%2F%3A%25", 'it\'s "q" {{x}}', "p?#&=+"])
def test_a_password_reaches_dlt_as_it_is(database, password):
    conn = open_database(settings(url_of(database, password=quote(unquote(password), safe=""))))
    reached = parse_dsn(_credentials(conn))
    assert reached["password"] == unquote(password)
    assert (reached["host"], reached["port"]) == (database.parameters["host"], "5432")
    assert (reached["user"], reached["dbname"]) == ("postgres", database.parameters["dbname"])


def test_what_the_address_leaves_open_is_filled_in_for_dlt_and_dbt(database, monkeypatch):
    known = database.parameters
    monkeypatch.setenv("PGHOST", known["host"])
    monkeypatch.setenv("PGUSER", "postgres")
    monkeypatch.setenv("PGPASSWORD", SECRET)
    conn = open_database(settings(f"postgresql:///{known['dbname']}"))
    filled = {"host": known["host"], "port": "5432", "user": "postgres", "password": SECRET}
    assert conn.parameters == {**filled, "dbname": known["dbname"]}


def test_the_host_that_answers_is_the_one_that_is_used(database):
    known = database.parameters
    url = f"postgresql://postgres@/{known['dbname']}?host=127.0.0.1,{known['host']}&port=9,5432"
    conn = open_database(settings(url))
    assert (conn.parameters["host"], conn.parameters["port"]) == (known["host"], "5432")


def test_the_address_may_set_what_is_set_by_default(database):
    more = "&application_name=mine&connect_timeout=3"
    with open_database(settings(url_of(database, more=more))).connect() as conn:
        assert conn.get_dsn_parameters()["application_name"] == "mine"
    with open_database(settings(url_of(database))).connect() as conn:
        assert conn.get_dsn_parameters()["application_name"] == "playledger"
        assert conn.get_dsn_parameters()["connect_timeout"] == "10"


@pytest.mark.parametrize("encoding", ["UTF8", "SQL_ASCII", "LATIN1", "EUC_JP"])
def test_a_database_that_does_not_know_the_letters_of_names_is_refused(database, encoding):
    with created(database, f"encoding '{encoding}' locale_provider libc locale 'C'") as url:
        message = refusal(url)
    assert "does not know the letters of names beyond English" in message
    assert "ENCODING 'UTF8'" in message
    assert SECRET not in message


def test_an_older_server_is_refused(database, monkeypatch):
    monkeypatch.setattr("loaders.database.OLDEST_SERVER", 990000)
    assert "needs 15 or later" in refusal(url_of(database))


def test_a_missing_database_is_told(database):
    known = {**database.parameters, "dbname": "no_such_agency"}
    message = refusal(url_of(Database(known, is_embedded=False)))
    assert 'database "no_such_agency" does not exist' in message


def test_work_is_committed_when_the_block_ends_well_and_else_not(database):
    with database.connect() as conn, conn.cursor() as cursor:
        cursor.execute("create table kept (n int)")
    with pytest.raises(ValueError, match="mine"), database.connect() as conn:
        cursor = conn.cursor()
        cursor.execute("insert into kept values (1)")
        raise ValueError("mine")
    with database.connect() as conn, conn.cursor() as cursor:
        cursor.execute("select count(*) from kept")
        assert cursor.fetchone() == (0,)


def test_a_server_that_goes_away_in_the_middle_is_told_in_a_sentence(database):
    with (
        pytest.raises(UserError, match="stopped in the middle of the work"),
        database.connect() as conn,
        database.connect() as other,
    ):
        with other.cursor() as cursor:
            cursor.execute("select pg_terminate_backend(%s)", [conn.info.backend_pid])
        with conn.cursor() as cursor:
            cursor.execute("select 1")


@pytest.fixture
def other_program():
    """The id of a program that is no PostgreSQL."""
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    yield process.pid
    process.communicate(b"\n")


def pid_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "postgres" / "postmaster.pid"
    path.parent.mkdir()
    path.write_text(text)
    return path


def test_a_pid_file_whose_number_another_program_has_is_forgotten(tmp_path, other_program):
    path = pid_file(tmp_path, f"{other_program}\n/somewhere\n")
    _forget_dead_server(path.parent)
    assert not path.exists()


@pytest.mark.parametrize("text", ["4194305\n/somewhere\n", "", "garbage\n", f"{os.getpid()}\n"])
def test_a_pid_file_that_names_nothing_running_is_forgotten(tmp_path, text):
    path = pid_file(tmp_path, text)
    os.utime(path, (time.time() - 60,) * 2)
    assert stop_embedded(settings(None, tmp_path)) is False
    assert not path.exists()


def test_a_pid_file_that_is_being_written_is_left_alone(tmp_path):
    path = pid_file(tmp_path, "")
    _forget_dead_server(path.parent)
    assert path.exists()


def test_a_running_server_is_not_forgotten(server):
    path = server.home / "postgres" / "postmaster.pid"
    before = path.read_text()
    _forget_dead_server(path.parent)
    assert path.read_text() == before


def test_a_server_that_was_stopped_starts_again_with_memory_for_what_it_grew_to(tmp_path):
    home = settings(None, tmp_path)
    try:
        with open_database(home).connect() as conn, conn.cursor() as cursor:
            cursor.execute("create table kept as select 7 as n")
        assert stop_embedded(home)
        with open_database(home).connect() as conn, conn.cursor() as cursor:
            cursor.execute(
                "select n, pg_size_bytes(current_setting('shared_buffers')) / 1024 ^ 2 from kept"
            )
            ((kept, megabytes),) = cursor.fetchall()
    finally:
        stop_embedded(home)
    assert kept == 7
    assert megabytes == max(128, min(1024, psutil.virtual_memory().total // 4 // 2**20))


def test_a_home_that_cannot_be_is_told(tmp_path):
    (tmp_path / "home").write_text("a file")
    with pytest.raises(UserError, match="did not start"):
        open_database(settings(None, tmp_path / "home"))


def test_commands_that_make_the_embedded_database_at_once_all_find_it(server, monkeypatch):
    name = f"test_{uuid4().hex[:12]}"
    known = open_database(server).parameters
    monkeypatch.setattr("loaders.embedded_postgres.EMBEDDED_NAME", name)
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(_create_database, [known] * 4)) == [None] * 4
    with Database({**known, "dbname": name}, is_embedded=True).connect() as conn:
        assert conn.info.dbname == name
    conn = psycopg2.connect(make_dsn(**known))
    conn.autocommit = True
    with conn.cursor() as cursor:
        cursor.execute(f"drop database {name} with (force)")
    conn.close()
