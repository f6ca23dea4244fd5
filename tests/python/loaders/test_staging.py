"""What staging says of itself, also where it is not there yet or an older version made it."""

import pytest

from loaders.files.staging_schema import STAGING
from loaders.source_file import find_inputs
from loaders.staging import (
    analyze,
    export_coverage,
    finished_files,
    held_files,
    incomplete_datasets,
    known_exports,
)
from tests.python.support.ledger import load_into

pytestmark = pytest.mark.database

OLDER = """
    create schema staging_airtable
        create table files (
            file_sha256 text, file_name text, loaded_at timestamptz, _dlt_load_id text
        )
        create table _dlt_loads (load_id text, status bigint);
    insert into staging_airtable._dlt_loads values ('1', 0), ('killed', 1);
    insert into staging_airtable.files values
        ('b', 'later.csv', now(), '1'), ('a', 'first.csv', now() - interval '1 day', '1'),
        ('c', 'never.csv', now(), 'killed');
"""


def test_an_empty_database_holds_nothing(database):
    with database.connect() as conn:
        assert (held_files(conn), known_exports(conn)) == (set(), [])
        assert incomplete_datasets(conn) == set(STAGING)


def test_staging_of_an_older_version_says_what_it_can(database):
    with database.connect() as conn, conn.cursor() as cur:
        cur.execute(OLDER)
        assert finished_files(conn, "staging_airtable") == ["a", "b"]
        assert held_files(conn) == {"a", "b"}
        assert known_exports(conn) == []
        assert "staging_airtable" in incomplete_datasets(conn)


def test_a_loaded_export_is_known_with_its_rows_coverage_and_changes(database, tmp_path):
    path = tmp_path / "view.csv"
    path.write_text("Campaign,Last Modified\nA - B,10/16/2025 4:42pm\nC - D,\n")
    files = find_inputs(path, None, None, is_view=True)
    load_into(database, files, tmp_path)
    with database.connect() as conn:
        (known,) = known_exports(conn)
        assert (known.name, known.rows, known.is_full) == ("view.csv", 2, False)
        assert known.newest_change == "2025-10-16T16:42"
        assert list(known.changes({"A - B", "E - F"})) == [("A - B", "2025-10-16T16:42")]
        assert export_coverage(conn) == {files[0].sha256: False}
        assert incomplete_datasets(conn) == set()


def test_all_columns_are_counted_again_when_a_tenth_is_new(database, tmp_path):
    export = tmp_path / "export.csv"
    export.write_text("Campaign,Goal\n" + "".join(f"A - {n},{n}\n" for n in range(100)))
    load_into(database, find_inputs(export, None, None), tmp_path)
    counted = "select attname from pg_stats where tablename = 'campaigns' and attname in %s"
    forget = "delete from pg_statistic where starelid = 'staging_airtable.campaigns'::regclass"
    repeat = "insert into staging_airtable.campaigns select * from staging_airtable.campaigns "
    columns = ("file_sha256", "run_key", "campaign", "goal")
    with database.connect() as conn, conn.cursor() as cursor:

        def counted_after(rows: int) -> set[str]:
            cursor.execute(forget)
            cursor.execute(f"{repeat} limit {rows}")
            cursor.execute("select pg_stat_force_next_flush()")
            conn.commit()
            analyze(conn, "staging_airtable", "staging_airtable")
            cursor.execute(counted, [columns])
            return {name for (name,) in cursor}

        assert counted_after(5) == {"file_sha256", "run_key"}
        assert counted_after(20) == set(columns)
