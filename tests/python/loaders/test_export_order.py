"""Which export may follow which: older ones, smaller ones, filtered views, two at once."""

import csv
from pathlib import Path

import pytest

from loaders import export_order
from loaders.errors import UserError
from loaders.export_order import LoadOverrides
from loaders.files.staging_schema import EXPORT_COLUMNS
from loaders.source_file import find_inputs
from tests.python.models.test_end_to_end import edited
from tests.python.support.ledger import load_into

HEADERS = list(EXPORT_COLUMNS.values())


def export(folder: Path, name: str, changed: str, rows: int = 10, headers=HEADERS) -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, headers)
        writer.writeheader()
        for number in range(rows):
            row = {"Campaign": f"Artist - Song {number}", "Last Modified": changed}
            writer.writerow({key: value for key, value in row.items() if key in headers})
    return path


def loaded_names(database) -> list[str]:
    with database.connect() as conn, conn.cursor() as cursor:
        cursor.execute("select file_name from staging_airtable.files order by loaded_at")
        return [name for (name,) in cursor]


@pytest.mark.database
def test_an_older_export_is_refused_unless_it_is_meant(database, tmp_path):
    newer = export(tmp_path, "newer.csv", "10/16/2025 4:42pm")
    older = export(tmp_path, "older.csv", "9/30/2025 11:00am")
    load_into(database, find_inputs(newer, None, None), tmp_path)
    with pytest.raises(UserError, match=r"(?s)older\.csv is older than newer\.csv.*--allow-older"):
        load_into(database, find_inputs(older, None, None), tmp_path)
    assert loaded_names(database) == ["newer.csv"]
    load_into(database, find_inputs(older, None, None), tmp_path, LoadOverrides(older=True))
    assert loaded_names(database) == ["newer.csv", "older.csv"]


@pytest.mark.database
def test_two_exports_at_once_are_loaded_oldest_first(database, tmp_path):
    folder = tmp_path / "exports"
    folder.mkdir()
    export(folder, "a.csv", "10/16/2025 4:42pm")
    export(folder, "b.csv", "9/30/2025 11:00am")
    load_into(database, find_inputs(folder, None, None), tmp_path)
    assert loaded_names(database) == ["b.csv", "a.csv"]


@pytest.mark.database
def test_an_export_that_cannot_be_read_loads_nothing(database, tmp_path, monkeypatch):
    export(tmp_path, "a.csv", "10/16/2025 4:42pm")
    export(tmp_path, "b.csv", "9/30/2025 11:00am")
    files = find_inputs(tmp_path, None, None)

    def broken(shape):
        raise OSError("the disk went away")

    monkeypatch.setattr(export_order, "read_export", broken)
    with pytest.raises(UserError, match=r"a\.csv cannot be read: the disk went away"):
        load_into(database, files, tmp_path)


@pytest.mark.database
def test_an_export_that_shrank_asks_whether_it_is_meant(database, tmp_path):
    whole = export(tmp_path, "whole.csv", "10/1/2025 1:00pm", rows=10)
    fewer = export(tmp_path, "fewer.csv", "10/2/2025 1:00pm", rows=8)
    few = export(tmp_path, "few.csv", "10/3/2025 1:00pm", rows=6)
    load_into(database, find_inputs(whole, None, None), tmp_path)
    load_into(database, find_inputs(fewer, None, None), tmp_path)
    with pytest.raises(UserError, match=r"(?s)few\.csv has 6 rows, fewer\.csv had 8.*--view"):
        load_into(database, find_inputs(few, None, None), tmp_path)
    load_into(database, find_inputs(few, None, None, is_view=True), tmp_path)
    assert loaded_names(database) == ["whole.csv", "fewer.csv", "few.csv"]


def test_a_view_is_known_by_its_columns(tmp_path):
    fewer_columns = export(tmp_path, "old.csv", "", headers=HEADERS[:20])
    other_columns = export(tmp_path, "view.csv", "", headers=[*HEADERS[:20], "SP Playlist Stuff"])
    more_columns = export(tmp_path, "wide.csv", "", headers=[*HEADERS, "Mood"])
    full = [
        find_inputs(path, None, None)[0].is_full
        for path in (fewer_columns, other_columns, more_columns)
    ]
    assert full == [True, False, True]


@pytest.mark.database
def test_a_view_updates_what_it_shows_and_takes_nothing_away(changing_ledger):
    ledger = changing_ledger
    first = ledger.home / "sample" / "campaigns_export.csv"

    def shown(rows):
        rows = [row for row in rows if row["Status"] == "Active"][:5]
        kept = ("Campaign", "Client", "Start Date", "Vendor", "URL", "Goal")
        return [
            {**{key: row[key] for key in kept}, "Notes": "seen", "SP Playlist Stuff": "new"}
            for row in rows
        ]

    before = ledger.one("select count(*) from ledger.campaigns where is_in_latest_export")
    statuses = ledger.one("select count(*) from ledger.campaigns where status = 'active'")
    ledger.load(edited(first, ledger.home / "view.csv", shown))
    ledger.build()
    assert ledger.one("select count(*) from ledger.campaigns where is_in_latest_export") == before
    assert ledger.one("select count(*) from ledger.campaigns where status = 'active'") == statuses
    assert ledger.one("select count(*) from ledger.campaigns where notes = 'seen'") == 5
    unknown = "select count(*) from ledger_quality.data_issues where reason = 'unknown_column'"
    assert ledger.one(unknown) == 5
    extra = "select count(*) from ledger.campaigns where extra ->> 'SP Playlist Stuff' = 'new'"
    assert ledger.one(extra) == 5
