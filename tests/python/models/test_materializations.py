"""How tables are made and kept: what a build writes, and what brings a table up to date."""

from __future__ import annotations

import pytest

from playledger.dbt.build_on import build_on
from tests.python.support.ledger import Ledger

pytestmark = pytest.mark.database

READ = "ledger_staging.stg_airtable__rows"
KEYED = "ledger_intermediate.int_song_streams"
SEED = "ledger_seeds.issue_reasons"
LIVE, PRUNED = "ledger.clients", "ledger_quality.integrity_checks"
TABLES = (READ, KEYED, SEED, LIVE, PRUNED)
OUTDATED = "update ledger_intermediate.read_files set rules = 'others' where model = %s"


def rows(ledger: Ledger, table: str) -> list[tuple]:
    """The rows, in any order."""
    return sorted(ledger.ask(f"select each::text from {table} as each"))


def versions(ledger: Ledger, table: str) -> tuple:
    """Which table it is, and which transaction wrote each row."""
    (oid,) = ledger.ask("select %s::regclass::oid", table)[0]
    return oid, sorted(ledger.ask(f"select ctid::text, xmin::text from {table}"))


def columns(ledger: Ledger, table: str) -> list[str]:
    return [
        name
        for (name,) in ledger.ask(
            "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0 "
            "and not attisdropped order by attnum",
            table,
        )
    ]


def build(ledger: Ledger, *tables: str, options: tuple[str, ...] = ()) -> None:
    names = [table.partition(".")[2] for table in tables]
    ledger.build("--exclude-resource-type", "test", *options, "--select", *names)


def test_nothing_new_writes_no_row(changing_ledger):
    ledger = changing_ledger
    before = {table: versions(ledger, table) for table in TABLES}
    build(ledger, *TABLES)
    after = {table: versions(ledger, table) for table in TABLES}
    # The time of a check is its content.
    assert {**after, PRUNED: None} == {**before, PRUNED: None}


def test_files_that_a_table_has_not_read_are_read(changing_ledger):
    ledger = changing_ledger
    before = {table: rows(ledger, table) for table in (READ, KEYED)}
    ledger.ask("delete from ledger_intermediate.read_files where model = 'stg_airtable__rows'")
    ledger.ask(f"delete from {READ}")
    ledger.ask("delete from ledger_intermediate.read_files where model = 'int_song_streams'")
    ledger.ask(f"delete from {KEYED} where time_window = '7d'")
    build(ledger, READ, KEYED)
    assert {table: rows(ledger, table) for table in (READ, KEYED)} == before


@pytest.mark.parametrize("table", [READ, KEYED])
def test_other_rules_read_everything_anew_into_the_same_table(changing_ledger, table):
    ledger = changing_ledger
    before, written = rows(ledger, table), versions(ledger, table)
    ledger.ask(OUTDATED, table.partition(".")[2])
    build(ledger, table)
    oid, written_anew = versions(ledger, table)
    assert (rows(ledger, table), oid) == (before, written[0])
    assert written_anew != written[1]


@pytest.mark.parametrize("table", [READ, KEYED])
def test_other_columns_make_another_table(changing_ledger, table):
    ledger = changing_ledger
    before, wanted = rows(ledger, table), columns(ledger, table)
    ledger.ask(f"alter table {table} add column of_an_earlier_version text")
    ledger.ask(OUTDATED, table.partition(".")[2])
    build(ledger, table)
    assert (columns(ledger, table), rows(ledger, table)) == (wanted, before)


def test_a_full_refresh_reads_everything_anew(changing_ledger):
    ledger = changing_ledger
    before = rows(ledger, READ)
    indexes = "select count(*) from pg_index where indrelid = %s::regclass"
    count = ledger.one(indexes, READ)
    ledger.ask(f"delete from {READ} where source_row = 1")
    build(ledger, READ, options=("--full-refresh",))
    assert (rows(ledger, READ), ledger.one(indexes, READ)) == (before, count)


def test_a_run_without_rows_keeps_those_that_are_there(changing_ledger, tmp_path):
    ledger = changing_ledger
    tables = (READ, KEYED, LIVE, PRUNED)
    before = {table: versions(ledger, table) for table in tables}
    names = [table.partition(".")[2] for table in tables]
    kinds = ("--resource-type", "model", "--select", *names)
    result = build_on(ledger.database, ledger.schema, "structure", tmp_path, *kinds)
    assert result.is_good, result.failures
    assert {table: versions(ledger, table) for table in tables} == before


def test_a_live_table_gets_the_columns_that_it_lacks(changing_ledger):
    ledger = changing_ledger
    before = rows(ledger, LIVE)
    ledger.ask(f"alter table {LIVE} drop column contact_person cascade")
    build(ledger, LIVE)
    assert "contact_person" in columns(ledger, LIVE)
    assert len(rows(ledger, LIVE)) == len(before)


def test_a_seed_that_somebody_changed_is_loaded_again(changing_ledger):
    ledger = changing_ledger
    before = rows(ledger, SEED)
    ledger.ask(f"delete from {SEED}")
    build(ledger, SEED)
    assert rows(ledger, SEED) == before
