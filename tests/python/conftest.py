"""A database of its own for the tests, and a ledger built in it from the sample."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from loaders.build import build
from loaders.config import Settings
from loaders.database import Database, open_database, stop_embedded
from loaders.inputs import SourceFile, find_inputs
from loaders.load import LoadResult, load
from loaders.profiles import write_profiles
from loaders.progress import Progress
from loaders.sample import make_sample


class Silent(Progress):
    """Progress that nobody looks at."""

    def __init__(self) -> None:
        from rich.console import Console

        super().__init__(Console(quiet=True), 0, 0)


@dataclass(frozen=True)
class Ledger:
    """A built ledger: where its database, files and profile are."""

    database: Database
    home: Path
    truth: dict[str, Any]
    schema: str = "ledger"

    def load(self, csv: Path | None = None, scraped: Path | None = None) -> LoadResult:
        return load_into(self.database, find_inputs(csv, scraped, None), self.home)

    def build(self, *arguments: str) -> None:
        result = build(*arguments, profiles=self.home)
        assert result.failures == []

    def ask(self, query: str, *values: object) -> list[tuple]:
        with self.database.connect() as opened, opened.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall() if cursor.description else []

    def one(self, query: str, *values: object) -> Any:
        return self.ask(query, *values)[0][0]


def load_into(database: Database, files: list[SourceFile], home: Path) -> LoadResult:
    with Silent() as progress:
        return load(files, database, home, progress)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """An embedded PostgreSQL for this run of the tests, gone afterwards."""
    settings = Settings(tmp_path_factory.mktemp("home"), "ledger", None)
    open_database(settings)
    yield settings
    stop_embedded(settings)


@pytest.fixture
def database(server: Settings) -> Iterator[Database]:
    """An empty database."""
    yield from _new_database(server, f"test_{uuid4().hex[:12]}")


@pytest.fixture(scope="module")
def ledger(
    server: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ledger]:
    """The sample loaded and built once per test module, in a database of its own."""
    home = tmp_path_factory.mktemp("ledger")
    make_sample(home / "sample", 653, 1)
    truth = json.loads((home / "sample" / "truth.json").read_text())
    for fresh in _new_database(server, f"test_{uuid4().hex[:12]}"):
        built = Ledger(fresh, home, truth)
        sample = home / "sample"
        files = find_inputs(sample / "campaigns_export.csv", sample / "scraped", sample / "roster")
        load_into(fresh, files, home)
        write_profiles(fresh, "ledger", home)
        built.build()
        yield built


def _new_database(server: Settings, name: str) -> Iterator[Database]:
    import psycopg2
    from psycopg2.extensions import make_dsn

    parent = open_database(server)
    parameters = {**parent.parameters, "dbname": name}
    with_parent = psycopg2.connect(make_dsn(**parent.parameters))
    with_parent.autocommit = True
    with with_parent.cursor() as cursor:
        cursor.execute(f"create database {name} template template0 locale_provider builtin "
                       "builtin_locale 'C.UTF-8' locale 'C'")
        yield Database(parameters, is_embedded=True)
        cursor.execute(f"drop database {name} with (force)")
    with_parent.close()
