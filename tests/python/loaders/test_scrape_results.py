"""Results of the project's own scraper: what is one, and that known ones are not read again."""

import json
import os
from pathlib import Path

import pytest

from loaders import scrape_results
from loaders.errors import UserError
from loaders.file_index import index_files
from loaders.scrape_results import count_results, find_results, known_results
from loaders.source_file import find_inputs

RUN = "20251101T120000Z"


def write(home: Path, collection: str, name: str, content: object = None, run: str = RUN) -> Path:
    folder = home / "scrape" / collection / run / "results"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(json.dumps(content if content is not None else {"name": name, "run": run}))
    return path


def names(home: Path) -> list[tuple[str, str]]:
    return [(file.kind, file.path.name) for file in find_results(home)]


@pytest.fixture
def read(monkeypatch) -> list[str]:
    """The names of the files that were opened."""
    opened: list[str] = []
    inspect = scrape_results.inspect_file
    monkeypatch.setattr(
        scrape_results,
        "inspect_file",
        lambda path, kind: opened.append(path.name) or inspect(path, kind),
    )
    return opened


def test_results_are_those_of_every_run_and_nothing_else(tmp_path):
    assert find_results(tmp_path) == []
    write(tmp_path, "streams", "b.json")
    write(tmp_path, "streams", "a.json")
    write(tmp_path, "streams", "c.json", run="20251102T120000Z")
    write(tmp_path, "sfa", "label.json")
    for odd in (".a.json", ".a.json.new", "a.json.new", "a.txt"):
        write(tmp_path, "streams", odd)
    write(tmp_path, "other", "x.json")
    run = tmp_path / "scrape" / "streams" / RUN
    for name in ("worklist.json", "report.json", "failures.jsonl"):
        (run / name).write_text("{}")
    (run / "results" / "folder.json").mkdir()
    expected = [("scrape", "a.json"), ("scrape", "b.json"), ("scrape", "c.json")]
    assert names(tmp_path) == [*expected, ("roster", "label.json")]


def test_a_run_that_is_named_gives_its_results_alone(tmp_path):
    write(tmp_path, "streams", "a.json")
    run = tmp_path / "scrape" / "streams" / RUN
    for name in ("worklist.json", "report.json"):
        (run / name).write_text("{}")
    assert [file.path.name for file in find_inputs(None, run, None)] == ["a.json"]


def test_what_was_noted_is_not_read_again_unless_it_changed(tmp_path, read):
    paths = [write(tmp_path, "streams", f"{name}.json") for name in "abc"]
    first = find_results(tmp_path)
    assert read == ["a.json", "b.json", "c.json"]
    index_files(first, tmp_path)
    read.clear()
    again = find_results(tmp_path)
    assert read == []
    assert [(file.sha256, file.size) for file in again] == [
        (file.sha256, file.size) for file in first
    ]
    paths[1].write_text('{"more": 1, "than": 2, "there": "was"}')
    looked = paths[2].stat()
    paths[2].write_text(paths[2].read_text().replace("c.json", "x.json"))
    os.utime(paths[2], ns=(looked.st_atime_ns, looked.st_mtime_ns + 1))
    found = find_results(tmp_path)
    assert read == ["b.json", "c.json"]
    assert found[0].sha256 == first[0].sha256
    assert {file.sha256 for file in found[1:]}.isdisjoint({file.sha256 for file in first})


@pytest.mark.parametrize("notes", ["{", '{"x": 1}', '{"x": ["scrape"]}', '{"x": [1, 2]}', "[[]]"])
def test_notes_that_cannot_be_read_are_as_good_as_none(tmp_path, read, notes):
    write(tmp_path, "streams", "a.json")
    (tmp_path / "files.json").write_text(notes)
    assert len(find_results(tmp_path)) == len(read) == 1
    assert known_results(tmp_path) == set()


def test_a_result_stays_known_as_one_when_it_is_gone(tmp_path):
    path = write(tmp_path, "sfa", "a.json")
    (file,) = find_results(tmp_path)
    other = tmp_path / "scraped.json"
    other.write_text("{}")
    index_files([file, *find_inputs(None, other, None)], tmp_path)
    path.unlink()
    assert known_results(tmp_path) == {file.sha256}


def test_notes_are_written_only_when_something_is_new(tmp_path):
    write(tmp_path, "streams", "a.json")
    index_files(find_results(tmp_path), tmp_path)
    before = (tmp_path / "files.json").stat().st_ino
    index_files(find_results(tmp_path), tmp_path)
    assert (tmp_path / "files.json").stat().st_ino == before


def test_a_result_that_cannot_be_read_stops_the_load(tmp_path, monkeypatch):
    path = write(tmp_path, "streams", "a.json")

    def refuse(_: Path) -> bytes:
        raise PermissionError(1, "no")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UserError, match=path.name):
        find_results(tmp_path)


def test_results_count_results(tmp_path):
    assert count_results([]) == ""
    write(tmp_path, "streams", "a.json")
    assert count_results(find_results(tmp_path)) == "1 scraped song"
    for name in "bc":
        write(tmp_path, "sfa", f"{name}.json")
    assert count_results(find_results(tmp_path)) == "1 scraped song and 2 roster results"
