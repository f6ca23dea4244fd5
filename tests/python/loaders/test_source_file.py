"""What a folder gives to a load: its files of a kind, and what else lies there that may be data."""

from pathlib import Path

import pytest

from loaders.errors import UserError
from loaders.source_file import find_inputs

EXPORT = "Campaign,Client\nAda - One,Ada\n"


def names(folder: Path, **options: Path | None) -> list[tuple[str, str]]:
    given = {"csv": None, "scraped": folder, "roster": None, **options}
    return [(file.kind, file.path.name) for file in find_inputs(**given)]


def write(folder: Path, *paths: str) -> None:
    for each in paths:
        path = folder / each
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")


def test_what_is_no_json_among_json_files_is_loaded_and_so_told(tmp_path):
    write(tmp_path, "a.json", "b.JSON", "c.jsonl", "d.json.gz", "e", "deep/f.txt")
    assert [name for _, name in names(tmp_path)] == [
        "a.json", "b.JSON", "c.jsonl", "d.json.gz", "f.txt", "e",
    ]  # fmt: skip


def test_hidden_files_and_notes_are_passed_over(tmp_path):
    write(tmp_path, "a.json", ".b.json", ".git/HEAD", ".DS_Store", "Thumbs.db", "README.md")
    write(tmp_path, "a.json.yml", "desktop.ini")
    assert names(tmp_path) == [("scrape", "a.json")]


def test_of_a_run_only_the_results_are_loaded(tmp_path):
    write(tmp_path, "run/worklist.json", "run/failures.jsonl", "run/evidence/a.png")
    write(tmp_path, "run/results/a.json")
    assert names(tmp_path) == [("scrape", "a.json")]


def test_an_export_in_the_same_folder_is_loaded_once(tmp_path):
    write(tmp_path, "a.json")
    (tmp_path / "list.csv").write_text(EXPORT)
    assert names(tmp_path, csv=tmp_path) == [("export", "list.csv"), ("scrape", "a.json")]
    assert names(tmp_path) == [("scrape", "a.json"), ("scrape", "list.csv")]


def test_a_folder_without_json_is_refused(tmp_path):
    write(tmp_path, "a.jsonl")
    with pytest.raises(UserError, match="holds no"):
        names(tmp_path)
