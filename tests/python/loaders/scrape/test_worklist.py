"""The list on disk: results prove what is done, whatever was killed in between."""

import json
import os
import time
from datetime import timedelta

import pytest

from loaders.errors import UserError
from loaders.scrape.worklist import Item, WorkList, fresh_results, resume, run_folders

ITEMS = [Item(f"song{number}", f"Song {number}", {"n": number}) for number in range(5)]
OPTIONS = {"only": [], "limit": None}


def test_a_list_is_resumed_as_it_was(tmp_path):
    work = WorkList.create(tmp_path, ITEMS, OPTIONS)
    work.finish(ITEMS[0], {"a": 1})
    work.fail(ITEMS[1], "rows_late", "too late", 4)
    again = resume(tmp_path, OPTIONS)
    assert again.folder == work.folder
    assert again.items == ITEMS
    assert again.done == {"song0"}
    assert [(item.key, failure.cause) for item, failure in again.failed] == [("song1", "rows_late")]
    assert [item.key for item in again.left] == ["song2", "song3", "song4"]
    assert json.loads((work.folder / "results" / "song0.json").read_text()) == {"a": 1}


def test_failures_can_be_retried_until_they_succeed(tmp_path):
    work = WorkList.create(tmp_path, ITEMS, OPTIONS)
    work.fail(ITEMS[1], "rows_late", "", 4)
    assert work.retry_failed() == 1
    assert [item.key for item in resume(tmp_path, OPTIONS).left] == [item.key for item in ITEMS]
    work.fail(ITEMS[1], "rows_late", "", 4)
    work.finish(ITEMS[1], {})
    assert resume(tmp_path, OPTIONS).failed == []


def test_a_torn_line_and_a_half_written_result_do_not_count(tmp_path):
    work = WorkList.create(tmp_path, ITEMS, OPTIONS)
    work.fail(ITEMS[1], "rows_late", "", 4)
    with (work.folder / "failures.jsonl").open("a") as file:
        file.write('{"key": "song2", "cau')
    (work.results / ".song3.json.new").write_text('{"half')
    again = resume(tmp_path, OPTIONS)
    assert [item.key for item in again.left] == ["song0", "song2", "song3", "song4"]


def test_a_half_written_list_is_skipped(tmp_path):
    work = WorkList.create(tmp_path, ITEMS, OPTIONS)
    broken = WorkList.create(tmp_path, ITEMS, OPTIONS)
    (broken.folder / "worklist.json").write_text('{"items": [')
    assert list(run_folders(tmp_path)) == [broken.folder, work.folder]
    assert resume(tmp_path, OPTIONS).folder == work.folder


def test_a_list_with_other_options_or_closed_or_old_is_not_resumed(tmp_path):
    assert resume(tmp_path / "nothing", OPTIONS) is None
    work = WorkList.create(tmp_path, ITEMS, OPTIONS)
    assert resume(tmp_path, {**OPTIONS, "limit": 3}) is None
    work.folder.rename(tmp_path / "20200101T000000Z")
    assert resume(tmp_path, OPTIONS) is None
    other = WorkList.create(tmp_path, ITEMS, OPTIONS)
    other.close()
    assert resume(tmp_path, OPTIONS) is None


def test_results_of_all_runs_are_fresh_by_their_age(tmp_path):
    first = WorkList.create(tmp_path, ITEMS, OPTIONS)
    old = first.finish(ITEMS[0], {})
    first.finish(ITEMS[1], {})
    os.utime(old, (time.time() - 7200, time.time() - 7200))
    WorkList.create(tmp_path, ITEMS, OPTIONS).finish(ITEMS[2], {})
    assert fresh_results(tmp_path, timedelta(hours=1)) == {"song1", "song2"}
    assert fresh_results(tmp_path, timedelta(hours=3)) == {"song0", "song1", "song2"}
    assert fresh_results(tmp_path, timedelta()) == set()


def test_results_of_a_trial_are_fresh_for_that_trial_alone(tmp_path):
    WorkList.create(tmp_path, ITEMS, OPTIONS).finish(ITEMS[0], {})
    WorkList.create(tmp_path, ITEMS, {**OPTIONS, "of": "ten"}).finish(ITEMS[1], {})
    hour = timedelta(hours=1)
    assert fresh_results(tmp_path, hour) == {"song0"}
    assert fresh_results(tmp_path, hour, "ten") == {"song0", "song1"}
    assert fresh_results(tmp_path, hour, "eleven") == {"song0"}
    assert resume(tmp_path, OPTIONS).done == {"song0"}


@pytest.mark.parametrize("key", ["", "../evil", "a/b", "a b", "ü", "a.b"])
def test_a_key_must_fit_a_file_name(key):
    with pytest.raises(ValueError, match="fit a file"):
        Item(key, "label", {})


def test_a_full_disk_is_reported_and_leaves_no_half_file(tmp_path, monkeypatch):
    work = WorkList.create(tmp_path, ITEMS, OPTIONS)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("loaders.atomic_files.os.fsync", full)
    with pytest.raises(UserError, match="No space left on device"):
        work.finish(ITEMS[0], {"a": 1})
    assert work.done == set()
    assert list(work.results.iterdir()) == []
