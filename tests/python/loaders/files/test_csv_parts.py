import csv
from itertools import chain

from loaders.files import csv_parts
from loaders.files.csv_parts import CsvParts


def test_a_table_of_many_rows_is_written_in_parts(tmp_path, monkeypatch):
    monkeypatch.setattr(csv_parts, "PART_BYTES", 100)
    monkeypatch.setattr(csv_parts, "BATCH_ROWS", 2)
    parts = CsvParts("staging_airtable", tmp_path / "parts")
    for row in range(9):
        parts.add("rejected_records", ("a" * 64, "run"), [(row, f"row {row}", "empty_row", ",")])
    paths = parts.finish()["rejected_records"]
    found = [list(csv.DictReader(path.open())) for path in paths]
    assert len(set(paths)) > 2
    assert all(found)
    assert [each["place"] for each in chain.from_iterable(found)] == [f"row {n}" for n in range(9)]


def test_a_table_without_rows_is_a_file_with_its_header(tmp_path):
    paths = CsvParts("staging_spotify", tmp_path / "parts").finish()
    (path,) = paths["roster_songs"]
    assert path.read_text().split(",")[:3] == ["file_sha256", "run_key", "scraped_at"]
    assert path.read_text().count("\n") == 1
