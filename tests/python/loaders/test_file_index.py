"""Where loaded files were: indexed, found again, and counted as missing when they are not there."""

import os
from pathlib import Path

import pytest

from loaders.file_index import index_files, locate_loaded_files
from loaders.source_file import find_inputs
from tests.python.support.ledger import load_into

EXPORT = b"Campaign,Goal\nA - B,1\n"


@pytest.fixture
def loaded(database, tmp_path):
    """Two files that a database says it holds: (database, home, export's path, scrape's path)."""
    export, scrape = tmp_path / "export.csv", tmp_path / "scrape.json"
    export.write_bytes(EXPORT)
    scrape.write_bytes(b"no page")
    home = tmp_path / "home"
    files = find_inputs(export, scrape, None)
    with database.connect() as conn, conn.cursor() as cursor:
        for file in files:
            cursor.execute(
                f"create schema {file.dataset} "
                "create table files (file_sha256 text, loaded_at timestamptz, _dlt_load_id text) "
                "create table _dlt_loads (load_id text, status bigint)"
            )
            cursor.execute(f"insert into {file.dataset}._dlt_loads values ('1', 0)")
            cursor.execute(f"insert into {file.dataset}.files values (%s, now(), 1)", [file.sha256])
    index_files(files, home)
    return database, home, export, scrape


def located(database, home: Path) -> tuple[list[tuple[str, str]], int]:
    with database.connect() as conn:
        files, missing = locate_loaded_files(conn, home)
    return [(file.kind, file.path.name) for file in files], missing


def test_loaded_files_are_found_where_they_were(loaded):
    database, home, *_ = loaded
    assert located(database, home) == ([("export", "export.csv"), ("scrape", "scrape.json")], 0)


def test_a_file_that_moved_or_changed_is_missing_and_found_when_named_again(loaded):
    database, home, export, scrape = loaded
    moved = export.rename(export.with_name("moved.csv"))
    scrape.write_bytes(b"another page")
    assert located(database, home) == ([], 2)
    index_files(find_inputs(moved, None, None), home)
    assert located(database, home) == ([("export", "moved.csv")], 1)


@pytest.mark.parametrize("change", ["folder", "workbook", "nothing"])
def test_what_stands_in_a_file_s_place_is_not_taken_for_it(loaded, change):
    database, home, export, _ = loaded
    export.unlink()
    if change == "folder":
        export.mkdir()
    if change == "workbook":
        export.write_bytes(b"PK\x03\x04")
    assert located(database, home) == ([("scrape", "scrape.json")], 1)


def test_a_file_that_was_indexed_and_never_loaded_is_not_looked_for(loaded, tmp_path):
    database, home, *_ = loaded
    other = tmp_path / "other.csv"
    other.write_bytes(EXPORT + b"C - D,2\n")
    index_files(find_inputs(other, None, None), home)
    assert len(located(database, home)[0]) == 2


@pytest.mark.parametrize("notes", [None, b"", b"{", b"[]", b"null", b"\xff"])
def test_an_index_that_cannot_be_read_is_as_good_as_none(loaded, notes):
    database, home, export, scrape = loaded
    path = home / "files.json"
    path.unlink() if notes is None else path.write_bytes(notes)
    assert located(database, home) == ([], 2)
    index_files(find_inputs(export, scrape, None), home)
    assert located(database, home)[1] == 0


def test_a_home_that_is_not_there_yet_is_made(loaded, tmp_path):
    database, _, export, scrape = loaded
    index_files(find_inputs(export, scrape, None), tmp_path / "new" / "home")
    assert located(database, tmp_path / "new" / "home")[1] == 0


def test_a_path_that_is_no_unicode_is_indexed(database, tmp_path):
    path = tmp_path / os.fsdecode(b"caf\xe9.csv")
    path.write_bytes(EXPORT)
    files = find_inputs(path, None, None)
    load_into(database, files, tmp_path)
    index_files(files, tmp_path)
    assert located(database, tmp_path) == ([("export", path.name)], 0)
    with database.connect() as conn, conn.cursor() as cursor:
        cursor.execute("select file_name from staging_airtable.files")
        assert cursor.fetchall() == [("caf\\xe9.csv",)]
