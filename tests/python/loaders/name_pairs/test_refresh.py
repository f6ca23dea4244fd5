"""Pairs of names that follow the loads: only new names are compared, and none is missed."""

import csv

import pytest

from loaders.name_pairs.refresh import refresh_pairs
from loaders.source_file import find_inputs
from tests.python.support.ledger import load_into

pytestmark = pytest.mark.database
HEADER = ["Campaign", "Client", "Vendor", "Playlists", "Last Modified"]


@pytest.fixture
def load(database, tmp_path):
    def run(name: str, *rows: list[str]) -> None:
        path = tmp_path / f"{name}.csv"
        with path.open("w", newline="") as file:
            csv.writer(file).writerows([HEADER, *rows])
        load_into(database, find_inputs(path, None, None), tmp_path)

    return run


@pytest.fixture
def ask(database):
    def run(query: str) -> list[tuple]:
        with database.connect() as conn, conn.cursor() as cur:
            cur.execute(query)
            return cur.fetchall()

    return run


def test_a_new_name_is_compared_with_those_of_earlier_loads(load, ask, database):
    load("one", ["A - B", "Beyonce", "Oak", "- Night", "10/1/2025"])
    assert ask("select * from staging_names.pairs") == []
    load("two", ["A - C", "Beyoncé", "Oak Promo", "- Night!", "10/2/2025"])
    pairs = sorted(ask("select kind, key_a, key_b from staging_names.pairs"))
    assert pairs == [
        ("client", "beyonce", "beyoncé"),
        ("playlist", "night", "night!"),
        ("vendor", "oak", "oak promo"),
    ]
    files = {sha256 for (sha256,) in ask("select file_sha256 from staging_airtable.files")}
    with database.connect() as conn:
        assert refresh_pairs(conn, files) is None
        refresh_pairs(conn, files | {"lost"})  # asks staging for all names
    assert sorted(ask("select kind, key_a, key_b from staging_names.pairs")) == pairs


def test_only_kinds_with_a_new_name_are_compared(load, ask):
    written = "select kind, xmin::text from staging_names.pairs order by kind"
    load("one", ["A - B", "Oak, Oaks", "Pine", "", "10/1/2025"], ["A - C", "", "Pines", "", ""])
    before = dict(ask(written))
    load("two", ["A - B", "Oaks, Oak", "Pine", "", "10/2/2025"], ["A - E", "", "", "", ""])
    assert dict(ask(written)) == before
    load("three", ["A - D", "Oak", "Pine Promo", "", "10/3/2025"], ["A - F", "", "", "", ""])
    after = dict(ask(written))
    assert after["client"] == before["client"]
    assert after["vendor"] != before["vendor"]


def test_names_that_staging_has_no_longer_are_forgotten(load, ask, database):
    load("one", ["A - B", "Oak, Oaks", "Pine", "", "10/1/2025"])
    with database.connect() as conn, conn.cursor() as cur:
        cur.execute("delete from staging_airtable.campaigns")
        assert refresh_pairs(conn, set()) == ()
    assert ask("select * from staging_names.names") == []
    assert ask("select * from staging_names.pairs") == []
