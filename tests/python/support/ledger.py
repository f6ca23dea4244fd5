"""A ledger for tests: its database, queries on it, loads, builds, and restoring it.

files ──► load_into() ──► Ledger.build() ──► Ledger.ask(), Ledger.rows()
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2.extensions import make_dsn

from loaders.database import Database, open_database
from loaders.export_order import NO_OVERRIDES, LoadOverrides
from loaders.load import LoadResult, load
from loaders.progress import Progress
from loaders.settings import Settings
from loaders.source_file import SourceFile, find_inputs
from playledger.dbt.build import build
from playledger.dbt.history_checks import forget_checks
from tests.project import PROJECT


class Silent(Progress):
    """Progress that prints nothing."""

    def __init__(self) -> None:
        from rich.console import Console

        super().__init__(Console(quiet=True), 0, 0)


@dataclass(frozen=True)
class Ledger:
    """A built ledger: its database, the folder of its profile, and the sample's truth.json."""

    database: Database
    home: Path
    truth: dict[str, Any]
    schema: str = "ledger"

    def load(self, csv: Path | None = None, scraped: Path | None = None) -> LoadResult:
        return load_into(self.database, find_inputs(csv, scraped, None), self.home)

    def build(self, *arguments: str, project: Path = PROJECT) -> None:
        """Build with dbt; for another project, dbt's artifacts go into that project's folder."""
        place = self.home if project == PROJECT else project
        apart = ("--target-path", str(place / "target"), "--log-path", str(place / "logs"))
        result = build(*arguments, options=apart, profiles=self.home, project=project)
        assert result.failures == [], result.failures

    def failures(self, *tests: str) -> dict[str, list[dict[str, Any]]]:
        """The failing rows of some dbt tests, by the test's name; every file is checked again."""
        from dbt.cli.main import dbtRunner

        with self.database.connect() as conn:
            forget_checks(conn, self.schema)

        folders = {
            "project-dir": PROJECT,
            "profiles-dir": self.home,
            "target-path": self.home / "target",
            "log-path": self.home / "logs",
        }
        options = [f"--{name}={folder}" for name, folder in folders.items()]
        results = dbtRunner().invoke(["--quiet", "test", *options, "--select", *tests]).result
        compiled = {path.stem: path for path in (self.home / "target" / "compiled").rglob("*.sql")}
        found = {name: self.rows(compiled[name].read_text()) for name in tests}
        counts = {run.node.name: run.failures for run in results if run.node.name in tests}
        assert counts == {name: len(rows) for name, rows in found.items()}
        return found

    def rows(self, query: str) -> list[dict[str, Any]]:
        with self.database.connect() as conn, conn.cursor() as cursor:
            cursor.execute(query)
            names = [column.name for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]

    def ask(self, query: str, *values: object) -> list[tuple]:
        with self.database.connect() as conn, conn.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall() if cursor.description else []

    def one(self, query: str, *values: object) -> Any:
        return self.ask(query, *values)[0][0]


def load_into(
    database: Database,
    files: list[SourceFile],
    home: Path,
    allowed: LoadOverrides = NO_OVERRIDES,
) -> LoadResult:
    with Silent() as progress:
        return load(files, database, home, progress, allowed)


@contextmanager
def put_back(ledger: Ledger, kept: str = "kept") -> Iterator[None]:
    """Let a test change the ledger and restore it afterwards; nested uses need another `kept`.

    The database keeps its name, since dbt parses the whole project again for another name.
    """
    name = ledger.database.parameters["dbname"]
    administer(ledger.database, f"create database {name}_{kept} template {name}")
    try:
        yield
    finally:
        administer(
            ledger.database,
            f"drop database {name} with (force)",
            f"alter database {name}_{kept} rename to {name}",
        )


@contextmanager
def emptied(ledger: Ledger) -> Iterator[None]:
    """The ledger's database with nothing in it, under the same name; as it was afterwards."""
    name = ledger.database.parameters["dbname"]
    administer(
        ledger.database,
        f"alter database {name} rename to {name}_full",
        empty_database(ledger.database, name),
    )
    try:
        yield
    finally:
        administer(
            ledger.database,
            f"drop database {name} with (force)",
            f"alter database {name}_full rename to {name}",
        )


def new_database(server: Settings, name: str) -> Iterator[Database]:
    parent = open_database(server)
    administer(parent, empty_database(parent, name))
    yield Database({**parent.parameters, "dbname": name}, parent.is_embedded)
    administer(parent, f"drop database {name} with (force)")


def empty_database(parent: Database, name: str) -> str:
    """The statement that makes a database with the embedded server's locale, or the nearest one."""
    with parent.connect() as conn:
        has_builtin = conn.server_version >= 170000
    builtin = "locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'"
    locale = builtin if has_builtin else "locale 'C.UTF-8'"
    return f"create database {name} template template0 encoding 'UTF8' {locale}"


def administer(database: Database, *statements: str) -> None:
    conn = psycopg2.connect(make_dsn(**{**database.parameters, "dbname": "postgres"}))
    conn.autocommit = True
    with conn.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    conn.close()
