"""A database of its own for the tests, and a ledger built in it from the sample."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from psycopg2.extensions import make_dsn

from loaders.database import Database, open_database
from loaders.embedded_postgres import stop_embedded
from loaders.settings import Settings
from loaders.source_file import find_inputs
from playledger.dbt.profiles import write_profiles
from sample import make_sample
from tests.project import PROJECT
from tests.python.support.ledger import (
    Ledger,
    administer,
    emptied,
    load_into,
    new_database,
    put_back,
)
from tests.python.support.scraping import chromium, read, scraper, site  # noqa: F401 (fixtures of the scraper's tests)

# Beside those in a browser, so that both halves of the tests take equally long on two cores.
SECOND_HALF = {"adopt", "publish", "sync"}


# A test needs what its fixtures start.
STARTED_BY = {"server": "database", "chromium": "browser"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a server and the second half of the tests; skip what is for THOROUGH=1."""
    thorough = pytest.mark.skipif(not os.environ.get("THOROUGH"), reason="for THOROUGH=1")
    for item in items:
        for fixture, marker in STARTED_BY.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)
        if item.get_closest_marker("thorough"):
            item.add_marker(thorough)
        if item.get_closest_marker("browser") or item.path.parent.name in SECOND_HALF:
            item.add_marker("second")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """An embedded PostgreSQL for this run of the tests, gone afterwards; or TEST_DATABASE_URL's.

    It need not survive a crash of the machine, so it waits for no disk.
    """
    if named := os.environ.get("TEST_DATABASE_URL"):
        elsewhere = Settings(tmp_path_factory.mktemp("home"), "ledger", named)
        for own in new_database(elsewhere, f"test_{uuid4().hex[:12]}"):
            yield replace(elsewhere, database_url=make_dsn(**own.parameters))
        return
    settings = Settings(tmp_path_factory.mktemp("home"), "ledger", None)
    database = open_database(settings)
    administer(
        database,
        *(f"alter system set {name} = off" for name in ("fsync", "full_page_writes")),
        "select pg_reload_conf()",
    )
    yield settings
    stop_embedded(settings)


@pytest.fixture
def database(server: Settings) -> Iterator[Database]:
    """An empty database."""
    yield from new_database(server, f"test_{uuid4().hex[:12]}")


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


@pytest.fixture
def empty_ledger(ledger: Ledger) -> Iterator[Ledger]:
    """The same ledger with nothing loaded, under its name as well; as it was afterwards."""
    with emptied(ledger):
        yield ledger
