"""What a trial takes of the files: the first campaigns to the byte, and what belongs to them."""

from __future__ import annotations

import io
import json

import pytest
from rich.console import Console

from loaders.errors import UserError
from loaders.files.export import read_export
from loaders.settings import Settings
from loaders.source_file import find_inputs
from playledger.sync.trial.subset import Subset, cut_export, whole_files
from tests.python.playledger.audit.test_account import (
    ARTIST,
    LINK,
    PAGE,
    TRACK,
    write_export,
    write_roster,
    write_scrape,
)
from tests.python.support.publishing import url_of

HEADER = b"Campaign,Client,Notes\r\n"
FIRST = b'A - One,Ada,"two\r\nlines, ""quoted"""\r\n'
SECOND = b"B - Two,Ada,\r\n"
THIRD = b'C - Three,Bo,"last\n'


def of(number: int) -> str:
    """A track id."""
    return str(number) * 22


def page(number: int) -> str:
    """An SFA URL."""
    return f"https://artists.spotify.com/c/artist/{ARTIST}/song/{of(number)}/stats"


@pytest.fixture
def cut(tmp_path):
    """Cut bytes as an export: what is in the file, what was cut, and the rows of both as read."""
    (tmp_path / "cut").mkdir()

    def cut_bytes(content: bytes, count: int):
        path = tmp_path / "export.csv"
        path.write_bytes(content)
        (whole,) = find_inputs(path, None, None)
        beginning = cut_export(whole, count, tmp_path / "cut")
        rows = [
            [row for piece in read_export(file.shape) for row in piece.rows]
            for file in (whole, beginning.file)
        ]
        return beginning, beginning.file.path.read_bytes(), *rows

    return cut_bytes


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["without mark", "with mark"])
@pytest.mark.parametrize("before", [b"", b"\r\n\r\n"], ids=["at once", "blank lines first"])
def test_a_record_with_line_breaks_is_whole_and_the_next_one_is_not_there(cut, mark, before):
    start = mark + before + HEADER + FIRST
    beginning, content, whole, rows = cut(start + b"\r\n" + SECOND + SECOND, 1)
    assert content == start
    assert rows == whole[:1]
    assert [cells["campaign"] for cells in beginning.campaigns] == ["A - One"]
    assert beginning.campaigns[0]["url"] == ""
    assert not beginning.is_all


@pytest.mark.parametrize(
    ("encoding", "delimiter", "end"),
    [("cp1252", ";", "\r\n"), ("utf-8", "\t", "\n"), ("utf-8-sig", ",", "\r")],
)
def test_rows_are_cut_as_they_are_written(cut, encoding, delimiter, end):
    lines = [delimiter.join(cells) for cells in (["Goal", "Campaign"], ["1", "É – Ü"], ["2", "Ö"])]
    content = [f"{line}{end}".encode(encoding if n == 0 else encoding.removesuffix("-sig"))
               for n, line in enumerate(lines)]  # fmt: skip
    _, found, whole, rows = cut(b"".join(content), 1)
    assert found == b"".join(content[:2])
    assert rows == whole[:1]
    assert rows[0][1] == "É – Ü"


@pytest.mark.parametrize("count", [3, 4, 1000])
def test_a_file_with_no_more_campaigns_is_taken_whole(cut, count):
    beginning, content, whole, rows = cut(HEADER + FIRST + SECOND + b"C - Three,Bo,x", count)
    assert content == HEADER + FIRST + SECOND + b"C - Three,Bo,x"
    assert rows == whole
    assert (len(beginning.campaigns), beginning.is_all) == (3, True)


def test_rows_that_are_no_campaign_come_along_and_do_not_count(cut):
    unreadable = b",,\r\nD,\r\n"
    beginning, content, _, rows = cut(HEADER + unreadable + FIRST + SECOND, 1)
    assert content == HEADER + unreadable + FIRST
    assert [row[:2] for row in rows] == [(4, "A - One")]
    assert len(beginning.campaigns) == 1


def test_a_quote_that_is_never_closed_costs_its_line_in_the_beginning_too(cut):
    beginning, content, whole, rows = cut(HEADER + THIRD + FIRST + SECOND + SECOND, 2)
    assert content == HEADER + THIRD + FIRST + SECOND
    assert [row[:2] for row in rows] == [row[:2] for row in whole[:2]]
    assert len(beginning.campaigns) == 2


def test_the_beginning_is_read_by_the_encoding_of_the_whole(cut):
    broken = b"A \xe9 - One,Ada,\r\n"
    names = "".join(f"Ü{number} - É,Ada,\r\n" for number in range(9)).encode()
    beginning, _, whole, rows = cut(HEADER + b"Z - One,\xc3\x89va,\r\n" + broken + names, 2)
    assert rows == whole[:2]
    assert rows[0][2] == "Éva"
    assert beginning.file.shape.encoding.has_bad_bytes


def sliced(tmp_path, count: int, **places) -> Subset:
    (tmp_path / "cut").mkdir()
    given = [places.get(kind) for kind in ("csv", "scraped", "roster")]
    return Subset(find_inputs(*given), count, tmp_path / "cut")


def test_only_what_was_scraped_for_the_campaigns_comes_along(tmp_path):
    rows = [
        {"Campaign": "A - One", "Client": "Ada", "URL": LINK},
        {"Campaign": "B - Two ", "Client": "Ada", "URL": "TBA", "SFA": page(2)},
        {"Campaign": "C - Three", "Client": "Bo, Ada"},
        {"Campaign": "D - Four", "Client": "Ada", "URL": LINK.replace(TRACK, of(4))},
    ]
    export = write_export(tmp_path / "export.csv", *rows)
    for number in (1, 2, 3, 4, 5):
        write_scrape(tmp_path / "scraped" / f"{number}.json", of(number))
    (tmp_path / "roster").mkdir()
    write_roster(tmp_path / "roster" / "bo.json", "c - three", "BO,  Ada", page(3))
    write_roster(tmp_path / "roster" / "ada.json", "D - Four", "Ada", page(5))
    found = sliced(
        tmp_path, 3, csv=export, scraped=tmp_path / "scraped", roster=tmp_path / "roster"
    )
    assert [file.path.name for file in found.files] == [
        "export.csv", "1.json", "2.json", "3.json", "ada.json", "bo.json",
    ]  # fmt: skip
    ada, bo = (json.loads(file.path.read_bytes())["clients"] for file in found.files[4:])
    assert ada == {"Ada": {"status": "success", "songs": []}}
    assert [song["sfa_url"] for song in bo["BO,  Ada"]["songs"]] == [page(3)]
    assert found.description == (
        "the first 3 campaigns of export.csv, with 3 scraped songs and 2 roster results"
    )


def test_results_that_come_later_are_taken_by_what_is_known_then(tmp_path):
    rows = [{"Campaign": name, "Client": "Ada"} for name in ("A - One", "B - Two")]
    found = sliced(tmp_path, 1, csv=write_export(tmp_path / "export.csv", *rows))
    song = write_scrape(tmp_path / "scraped" / "song.json", TRACK)
    assert found.select(find_inputs(None, song, None)) == []
    roster = write_roster(tmp_path / "roster.json", "A - One", "Ada", PAGE)
    taken = found.select(find_inputs(None, song, roster))
    assert [file.kind for file in taken] == ["scrape", "roster"]


def test_the_newest_of_several_exports_is_tried_and_no_view_of_it(tmp_path):
    (tmp_path / "exports").mkdir()
    for name, day in (("a", 2), ("b", 9), ("c", 1)):
        row = {"Campaign": f"{name} - One", "Last Modified": f"10/{day}/2025 4:42pm"}
        write_export(tmp_path / "exports" / f"{name}.csv", row)
    row = {"Campaign": "v - One", "Last Modified": "11/1/2025 4:42pm", "Email 2": "x"}
    write_export(tmp_path / "exports" / "view.csv", row)
    found = sliced(tmp_path, 5, csv=tmp_path / "exports")
    assert found.description == "all 1 campaign of b.csv, without any scraped file"


@pytest.mark.database
def test_without_any_export_there_is_nothing_to_try(tmp_path, database):
    settings = Settings(tmp_path / "home", "ledger", url_of(database))
    song = write_scrape(tmp_path / "scraped" / "song.json")
    with pytest.raises(UserError, match=r"none is named or loaded here\. Name one with --csv"):
        whole_files(find_inputs(None, song, None), database, settings, Console(file=io.StringIO()))
