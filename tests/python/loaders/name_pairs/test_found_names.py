"""Names as a load finds them, cell by cell or a column at a time."""

import csv

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.file_reader import read_file
from loaders.files.clean_records import CleanBatch
from loaders.name_pairs import found_names
from loaders.name_pairs.found_names import FoundNames
from loaders.source_file import inspect_file

LINE = st.sampled_from(["- A", "- B", "1. One", "2. Two", "Night", "- C\r- D", "", "3) E\u2028- F"])
LISTS = st.lists(st.none() | st.lists(LINE, max_size=4).map("\n".join), max_size=8)
ROWS = [
    ["A - B", 'Oak, "Pine, Inc."', "Oak  Promo", "- Night\n- Day", ""],
    ["C - D", "oak", "", "- Night", ""],
]


@settings(deadline=None)
@given(st.lists(LISTS, max_size=4))
def test_a_column_of_lists_claims_what_its_cells_claim(columns):
    by_column, by_cell = FoundNames(), FoundNames()
    for cells in columns:
        by_column.add_lists(pa.chunked_array([pa.array(cells, pa.string())]))
        by_cell.add_playlists(cells)
    assert by_column.keys == by_cell.keys


@pytest.mark.parametrize(("last", "is_clean"), [("Notes", True), ("Nobody knows", False)])
def test_clean_and_other_records_have_the_same_names(tmp_path, last, is_clean):
    path, names = tmp_path / "export.csv", FoundNames()
    with path.open("w", newline="") as file:
        header = ["Campaign", "Client", "Vendor", "Playlists", last]
        csv.writer(file).writerows([header, *ROWS])
    batches = list(read_file(inspect_file(path, "export")))
    for batch in batches:
        batch.add_names(names)
    assert is_clean == any(isinstance(batch.rows.get("campaigns"), CleanBatch) for batch in batches)
    assert names.keys == {
        "client": {"oak", "pine, inc."},
        "vendor": {"oak promo"},
        "playlist": {"night", "day"},
    }


def test_an_export_without_such_columns_has_no_names(tmp_path):
    path, names = tmp_path / "export.csv", FoundNames()
    path.write_text("Campaign,Notes\nA - B,c\n")
    for batch in read_file(inspect_file(path, "export")):
        batch.add_names(names)
    assert names.keys == {"client": set(), "vendor": set(), "playlist": set()}


def test_playlists_that_pages_showed_lose_the_first_scrapers_badge():
    names = FoundNames()
    names.add_shown({("MixPersonalized", "Spotify", None), ("OnePersonalized", "Spotify", "1")})
    assert names.keys["playlist"] == {"mix", "onepersonalized"}


def test_of_too_many_names_only_some_are_kept(monkeypatch):
    monkeypatch.setattr(found_names, "MOST", 3)
    names = FoundNames()
    names.add_vendors(f"vendor {n}" for n in range(9))
    names.add_vendors(["another"])
    assert len(names.keys["vendor"]) == 4


def test_names_of_another_run_are_merged():
    one, two = FoundNames(), FoundNames()
    one.files, two.files = {"a"}, {"b"}
    one.add_vendors(["Oak"])
    two.add_vendors(["Pine"])
    one.merge(two)
    assert (one.files, one.keys["vendor"]) == ({"a", "b"}, {"oak", "pine"})
