"""A file of each kind, read into rows of staging tables and a result."""

import json
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest

from loaders.file_reader import ReadResult, files_row, read_file
from loaders.files.rejected_record import RejectedRecord
from loaders.source_file import find_inputs, inspect_file
from tests.python.playledger.audit.test_account import write_roster, write_scrape

EXPORT = b"Campaign,Last Modified\nA - B,10/16/2025 4:42pm\n,\nC - D,12/1/2024 1:00am\nE - F,\n"


def export(folder: Path) -> Path:
    path = folder / "export.csv"
    path.write_bytes(EXPORT)
    return path


def read(file) -> tuple[dict[str, int], ReadResult]:
    batches = list(read_file(file))
    tables = {table: len(rows) for batch in batches for table, rows in batch.rows.items()}
    return tables, ReadResult.total(batch.result for batch in batches)


def test_an_export_gives_campaigns_and_its_newest_change(tmp_path):
    tables, result = read(inspect_file(export(tmp_path), "export"))
    assert tables == {"campaigns": 3}
    assert (result.records, result.newest_change) == (3, "2025-10-16T16:42")
    assert [each.reason for each in result.rejected] == ["empty_row"]


def test_a_scrape_gives_windows_and_their_playlists(tmp_path):
    tables, result = read(inspect_file(write_scrape(tmp_path / "song.json"), "scrape"))
    assert tables == {"scraped_windows": 2, "scraped_playlists": 4}
    assert result == ReadResult(4)


def test_a_roster_result_gives_labels_songs_and_candidates(tmp_path):
    path = write_roster(tmp_path / "roster.json", "A - B", "Anna", "https://x")
    tables, result = read(inspect_file(path, "roster"))
    assert tables == {"roster_clients": 2, "roster_songs": 1, "roster_candidates": 0}
    assert result == ReadResult(1)


def test_the_result_of_a_file_is_that_of_its_batches_together():
    one, two = (RejectedRecord("empty_row", f"row {n}", "", n) for n in (2, 9))
    parts = [
        ReadResult(5, (one,), "2025-01-01T10:00"),
        ReadResult(0, (), None),
        ReadResult(7, (two,), "2024-12-31T10:00"),
    ]
    assert ReadResult.total(parts) == ReadResult(12, (one, two), "2025-01-01T10:00")
    assert ReadResult.total([]) == ReadResult()


def test_reading_changes_nothing_in_the_description_of_a_file(tmp_path):
    file = inspect_file(export(tmp_path), "export")
    again = inspect_file(file.path, "export")
    read(file)
    assert file == again
    for name in ("is_full", "is_older", "path"):
        with pytest.raises(FrozenInstanceError):
            setattr(file, name, None)


def test_what_staging_says_of_a_file(tmp_path):
    (view,) = find_inputs(export(tmp_path), None, None, is_view=True)
    row = files_row(
        replace(view, is_older=True), ReadResult(3, (), "2025-10-16T16:42", "day_month")
    )
    columns = json.dumps(["campaign", "last_modified"], separators=(",", ":"))
    assert row == (
        "export.csv", "export", len(EXPORT), "UTF-8", ",", columns, 3, 0, "2025-10-16T16:42",
        "day_month", "view", True,
    )  # fmt: skip
    song = inspect_file(write_scrape(tmp_path / "song.json"), "scrape")
    assert files_row(song, ReadResult(4))[3:] == ("UTF-8", None, None, 4, 0, *[None] * 4)
