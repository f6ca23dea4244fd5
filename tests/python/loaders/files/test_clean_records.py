"""Clean records of an export: read as they stand, and as if each had been looked at."""

import csv
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.errors import UserError
from loaders.files import clean_records, export
from loaders.files.clean_records import CleanBatch
from loaders.files.csv_parts import CsvParts
from loaders.files.export import inspect_export, read_carefully, read_export
from loaders.files.row_kind import TOTAL, RowKinds
from sample import make_sample

FIELD_CASES = sorted(Path("tests/python/field_cases").glob("*.csv"))
CELL = st.text(st.sampled_from('ab ,"\n\r;é中🔥\ufeff\u2028\x85$5'), max_size=6)
NAME = st.sampled_from(["Total", "campaign", "Sum:", "ſum", "Ｃampaign", "中", "a", ""]) | CELL
LINE = st.text(st.sampled_from('ab,"\n\r\x00 é'), max_size=8)


def everything(batches) -> tuple[list, ...]:
    """All that a load takes from batches: rows, rejects, and the two columns by themselves."""
    found = list(batches)
    parts = ("rows", "rejected", "campaigns", "changes")
    return tuple(list(chain.from_iterable(getattr(each, part) for each in found)) for part in parts)


def clean(shape) -> int:
    """How many campaigns were read as they stand."""
    return sum(len(batch) for batch in read_export(shape) if isinstance(batch, CleanBatch))


def agree(path: Path) -> int:
    """Both readers find the same in a file; how many campaigns were clean."""
    shape = inspect_export(path)
    assert everything(read_export(shape)) == everything(read_carefully(shape))
    return clean(shape)


@pytest.mark.parametrize("path", FIELD_CASES, ids=lambda path: path.stem)
def test_the_files_of_the_field_are_read_alike(path):
    try:
        agree(path)
    except UserError as error:
        assert "is no campaign export" in str(error)


def test_the_sample_is_read_alike_and_all_of_it_is_clean(tmp_path):
    truth = make_sample(tmp_path, 400, 3, 0)
    assert agree(tmp_path / "campaigns_export.csv") == truth["export"]["rows"]


@pytest.fixture
def small_blocks(monkeypatch):
    """Blocks and batches so small that a few records take several of them."""
    monkeypatch.setattr(export, "BLOCK", 60)
    monkeypatch.setattr(clean_records, "BATCH_ROWS", 3)


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    rows=st.lists(st.tuples(NAME, CELL, CELL), max_size=12),
    broken=st.lists(st.tuples(st.integers(0, 12), LINE), max_size=3),
    end=st.sampled_from(["\n", "\r\n"]),
    codec=st.sampled_from(["utf-8", "utf-8-sig"]),
    is_ended=st.booleans(),
)
def test_whatever_stands_in_a_file_is_read_alike(
    tmp_path, small_blocks, rows, broken, end, codec, is_ended
):
    path = tmp_path / "export.csv"
    with path.open("w", encoding=codec, newline="") as file:
        writer = csv.writer(file, lineterminator=end)
        writer.writerow(["Campaign", "Last Modified", "Notes"])
        for place, row in enumerate([*rows, ("last", "", "")]):
            file.writelines(line + end for at, line in broken if at == place)
            writer.writerow(row)
        file.write("" if is_ended else "end,,")
    try:
        agree(path)
    except UserError as error:  # more NUL than text
        assert "a binary file" in str(error)


@pytest.mark.parametrize(
    "unusual",
    [
        b'a,"b"c,\n', b'a,b "c" d,\n', b"\n", b"a,\x00,\n", b"a,b,c\r", b"\xef\xbb\xbfa,b,\n",
        b'a,"' + b"x" * 1_000_001 + b'",\n', b"a,\xff,\n",
    ],
    ids=["behind a quote", "quotes within", "blank line", "NUL", "CR", "BOM", "long", "no UTF-8"],
)  # fmt: skip
def test_what_is_not_clean_is_read_carefully_and_the_next_block_is_clean_again(tmp_path, unusual):
    path = tmp_path / "export.csv"
    fine = b"".join(b"song %d,10/16/2025 4:42pm,\xc3\xa9\n" % n for n in range(120_000))
    path.write_bytes(b"\xef\xbb\xbfCampaign,Last Modified,Notes\n" + unusual + fine)
    assert 50_000 < agree(path) <= 120_000


@pytest.mark.parametrize("written", ["Campaign;Notes", "Campaign\tNotes", "Campaign,Notes,Mood"])
def test_files_that_cannot_be_copied_as_they_are_are_read_carefully(tmp_path, written):
    path = tmp_path / "export.csv"
    path.write_text(f"{written}\n{written.replace('Campaign', 'A - B')}\n")
    assert (agree(path), len(everything(read_export(inspect_export(path)))[0])) == (0, 1)


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_clean_records_are_copied_without_reading_their_cells(tmp_path, end):
    path = tmp_path / "export.csv"
    lines = [b"Campaign,Notes", b'a,"x\r\n"', b"too,many,cells", b"b,", b"last,"]
    path.write_bytes(end.join(lines) + end)
    parts = CsvParts("staging_airtable", tmp_path / "parts")
    for batch in read_export(inspect_export(path)):
        parts.add("campaigns", ("sha", "run"), batch)
    (copied,) = parts.finish()["campaigns"]
    assert copied.read_bytes() == (
        b"file_sha256,run_key,source_row,campaign,notes\n"
        b'sha,run,2,a,"x\r\n"\nsha,run,4,b,\nsha,run,5,last,\n'
    )


@settings(deadline=None)  # the first array imports pandas
@given(st.text(st.sampled_from("grandsubovetlimcoup ſı\u200b:.-()5Ｔ"), max_size=12) | st.text())
def test_no_name_that_a_rule_may_reject_goes_unseen(name):
    """The quick look at names takes more for suspicious than the rules do."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kinds = RowKinds(("Campaign", "Goal"), 0)
    if TOTAL.fullmatch(name.strip().rstrip(":.")) or kinds.problem([name, ""]):
        seen = pc.match_substring_regex(pa.array([name]), clean_records.SUSPICIOUS)
        assert seen.to_pylist() == [True]
