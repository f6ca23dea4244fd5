"""A database of its own for the tests, and a ledger built in it from the sample."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg2
import pytest
from psycopg2.extensions import make_dsn
from scraping import chromium, read, scraper, site  # noqa: F401 (fixtures of the scraper's tests)

from loaders.build import build
from loaders.config import PROJECT, Settings
from loaders.database import Database, open_database
from loaders.embedded import stop_embedded
from loaders.inputs import SourceFile, find_inputs
from loaders.load import NOTHING_ODD, LoadResult, load
from loaders.profiles import write_profiles
from loaders.progress import Progress
from loaders.sample import make_sample
from loaders.succession import Permissions

# What dbt writes for those who look at a build afterwards takes a fifth of it, and nobody does.
LEAN = ("--no-write-json", "--log-level-file", "none")


# Beside those in a browser, so that both halves of the tests take equally long on two cores.
SECOND_HALF = ("test_adopt", "test_deploy", "test_job", "test_plan", "test_publish")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the second half of the tests; pass over what is for THOROUGH=1."""
    thorough = pytest.mark.skipif(not os.environ.get("THOROUGH"), reason="for THOROUGH=1")
    for item in items:
        if item.get_closest_marker("thorough"):
            item.add_marker(thorough)
        if item.get_closest_marker("browser") or item.path.stem in SECOND_HALF:
            item.add_marker("second")


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

    def build(self, *arguments: str, project: Path = PROJECT) -> None:
        """A build; a project elsewhere keeps what dbt makes of it in its own folder."""
        place = self.home if project == PROJECT else project
        apart = ("--target-path", str(place / "target"), "--log-path", str(place / "logs"))
        result = build(*LEAN, *arguments, *apart, profiles=self.home, project=project)
        assert result.failures == []

    def failures(self, *tests: str) -> dict[str, list[dict[str, Any]]]:
        """What some of dbt's tests find, by test: the rows that should not be."""
        from dbt.cli.main import dbtRunner

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
        with self.database.connect() as opened, opened.cursor() as cursor:
            cursor.execute(query)
            names = [column.name for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]

    def ask(self, query: str, *values: object) -> list[tuple]:
        with self.database.connect() as opened, opened.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall() if cursor.description else []

    def one(self, query: str, *values: object) -> Any:
        return self.ask(query, *values)[0][0]


def load_into(
    database: Database,
    files: list[SourceFile],
    home: Path,
    allowed: Permissions = NOTHING_ODD,
) -> LoadResult:
    with Silent() as progress:
        return load(files, database, home, progress, allowed)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """An embedded PostgreSQL for this run of the tests, gone afterwards.

    It need not survive a crash of the machine, so it waits for no disk.
    """
    settings = Settings(tmp_path_factory.mktemp("home"), "ledger", None)
    database = open_database(settings)
    _administer(
        database,
        *(f"alter system set {name} = off" for name in ("fsync", "full_page_writes")),
        "select pg_reload_conf()",
    )
    yield settings
    stop_embedded(settings)


@pytest.fixture
def database(server: Settings) -> Iterator[Database]:
    """An empty database."""
    yield from _new_database(server, f"test_{uuid4().hex[:12]}")


@pytest.fixture(scope="session")
def ledger(
    server: Settings, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Ledger:
    """The sample, loaded and built once for all tests, which only look at it.

    Models' own tests and examples are run too, once: not in the second half of `make test`.
    """
    home = tmp_path_factory.mktemp("ledger")
    sample = home / "sample"
    make_sample(sample, 653, 1)
    database = open_database(server)
    built = Ledger(database, home, json.loads((sample / "truth.json").read_text()))
    files = find_inputs(sample / "campaigns_export.csv", sample / "scraped", sample / "roster")
    load_into(database, files, home)
    write_profiles(database, "ledger", home)
    is_second = request.config.getoption("-m") == "second"
    built.build(*([] if is_second else ["--selector", "everything"]))
    return built


@pytest.fixture(scope="session")
def manifest(ledger: Ledger) -> Any:
    """What dbt reads out of the project; what it read for the ledger is not read again."""
    from dbt.cli.main import dbtRunner

    options = {
        "project-dir": PROJECT,
        "profiles-dir": ledger.home,
        "target-path": ledger.home / "target",
        "log-path": ledger.home / "logs",
    }
    arguments = [f"--{name}={value}" for name, value in options.items()]
    parsed = dbtRunner().invoke(["--quiet", "parse", *arguments])
    assert parsed.success, parsed.exception
    return parsed.result


@pytest.fixture(scope="session")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dbt project in a folder of its own, which dbt reads once for all tests."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("macros", "models", "seeds", "tests"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("python"))
    for name in ("dbt_project.yml", "selectors.yml"):
        shutil.copy(PROJECT / name, folder)
    return folder


@pytest.fixture
def changing_ledger(ledger: Ledger) -> Iterator[Ledger]:
    """The same ledger for a test that changes it; as it was afterwards."""
    with put_back(ledger):
        yield ledger


@contextmanager
def put_back(ledger: Ledger, kept: str = "kept") -> Iterator[None]:
    """Lets a ledger be changed, and puts it back as it was; one within another needs its own word.

    It keeps its name, since dbt reads the whole project anew for a database of another name.
    """
    name = ledger.database.parameters["dbname"]
    _administer(ledger.database, f"create database {name}_{kept} template {name}")
    try:
        yield
    finally:
        _administer(
            ledger.database,
            f"drop database {name} with (force)",
            f"alter database {name}_{kept} rename to {name}",
        )


@pytest.fixture
def empty_ledger(ledger: Ledger) -> Iterator[Ledger]:
    """The same ledger with nothing loaded, under its name as well; as it was afterwards."""
    name = ledger.database.parameters["dbname"]
    _administer(
        ledger.database, f"alter database {name} rename to {name}_kept", _empty_database(name)
    )
    yield ledger
    _administer(
        ledger.database,
        f"drop database {name} with (force)",
        f"alter database {name}_kept rename to {name}",
    )


def _new_database(server: Settings, name: str) -> Iterator[Database]:
    parent = open_database(server)
    _administer(parent, _empty_database(name))
    yield Database({**parent.parameters, "dbname": name}, is_embedded=True)
    _administer(parent, f"drop database {name} with (force)")


def _empty_database(name: str) -> str:
    return (
        f"create database {name} template template0 locale_provider builtin "
        "builtin_locale 'C.UTF-8' locale 'C'"
    )


def _administer(database: Database, *statements: str) -> None:
    opened = psycopg2.connect(make_dsn(**{**database.parameters, "dbname": "postgres"}))
    opened.autocommit = True
    with opened.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    opened.close()
