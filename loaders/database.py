"""Where PostgreSQL is: the server that `DATABASE_URL` names, or the embedded one.

Settings ──► open_database() ──► Database (address, user, name) ──► connect()
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg2
from psycopg2.extensions import connection, cursor, make_dsn, parse_dsn

from loaders.embedded_postgres import start_embedded
from loaders.errors import UserError
from loaders.redaction import NO_PASSWORD
from loaders.settings import Settings
from loaders.text import first_line

log = logging.getLogger(__name__)
OLDEST_SERVER = 150000  # PostgreSQL 15, as psycopg2 counts versions
# Connection parameters unless DATABASE_URL sets others.
DEFAULTS = {"application_name": "playledger", "client_encoding": "utf8", "connect_timeout": "10"}
READER = "ledger_reader"
# Roles belong to the whole server: one made for another database may not read this ledger.
MAY_READ = """
    select from pg_roles
    where
        rolname = %s and pg_has_role(oid, 'member')
        and has_schema_privilege(oid, to_regnamespace(quote_ident(%s)), 'usage')
"""
INSISTED_ON = {
    "host": "localhost",
    "port": "5432",
    "user": "postgres",
    "password": NO_PASSWORD,
    "sslmode": "prefer",
}


@dataclass(frozen=True, slots=True)
class Database:
    """One PostgreSQL database: libpq's connection parameters; is it the embedded server's?"""

    parameters: dict[str, str]
    is_embedded: bool

    def __repr__(self) -> str:
        return f"Database({self.address})"

    @property
    def address(self) -> str:
        """Host, port and name for people, without the password."""
        if self.is_embedded:
            return f"the embedded PostgreSQL ({self.parameters['dbname']})"
        host = self.parameters.get("host", "the local socket")
        return f"{host}:{self.parameters.get('port', '5432')}/{self.parameters.get('dbname', '')}"

    @property
    def full_parameters(self) -> dict[str, str]:
        """libpq's parameters with those that dlt and dbt insist on, also where no one set them."""
        return {**INSISTED_ON, **self.parameters}

    def open(self) -> connection:
        """A connection that the caller closes; UserError when the server does not answer."""
        try:
            return psycopg2.connect(make_dsn(**{**DEFAULTS, **self.parameters}))
        except psycopg2.OperationalError as error:
            raise UserError(
                f"No database: {self.address} did not answer ({first_line(error)}).\n"
                "Check DATABASE_URL, or unset it to use the embedded PostgreSQL."
            ) from None

    @contextmanager
    def connect(self) -> Iterator[connection]:
        """A connection that commits when the block ends without an error, and closes.

        Raises UserError when the server does not answer, or goes away within the block.
        """
        conn = self.open()
        try:
            with conn:
                yield conn
        except (psycopg2.OperationalError, psycopg2.InterfaceError) as error:
            raise UserError(
                f"{self.address} stopped in the middle of the work ({first_line(error)}).\n"
                "What was not finished does not count. Run the same command again."
            ) from None
        finally:
            conn.close()


def open_database(settings: Settings) -> Database:
    """The database of these settings; starts the embedded server when there is no DATABASE_URL.

    Raises UserError when the server cannot be started or reached, is older than PostgreSQL 15, or
    its encoding or locale does not fold the case of names beyond English.
    """
    if settings.database_url:
        database = Database(_read_url(settings.database_url), is_embedded=False)
    else:
        database = Database(start_embedded(settings.home / "postgres"), is_embedded=True)
    with database.connect() as conn, conn.cursor() as cursor:
        if conn.server_version < OLDEST_SERVER:
            raise UserError(
                f"{database.address} is PostgreSQL {conn.server_version // 10000}; "
                "Playlist Ledger needs 15 or later."
            )
        cursor.execute("select getdatabaseencoding() = 'UTF8' and lower('É') = 'é'")
        if not cursor.fetchone()[0]:
            raise UserError(
                f"{database.address} does not know the letters of names beyond English: its "
                "encoding or locale is too plain.\nCreate the database with ENCODING 'UTF8' and a "
                "UTF-8 locale, such as 'C.UTF-8' or 'en_US.UTF-8'."
            )
        # dlt and dbt do not know what libpq took from defaults of its own.
        names = ("host", "port", "user", "dbname", "password")
        known = {name: str(value) for name in names if (value := getattr(conn.info, name))}
    log.debug("using %s, PostgreSQL %d", database.address, conn.server_version)
    return Database({**database.parameters, **known}, database.is_embedded)


def may_be_reader(cur: cursor, schema: str) -> bool:
    """Whether this user may `set role ledger_reader`, and the role may read the schema."""
    cur.execute(MAY_READ, [READER, schema])
    return cur.fetchone() is not None


def _read_url(url: str) -> dict[str, str]:
    """libpq's parameters; UserError for no address, also where a password passes for a host."""
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
