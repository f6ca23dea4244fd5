"""The list on disk: results prove what is done, whatever was killed in between."""

import json
import os
import time
from datetime import timedelta

import pytest

from loaders.errors import UserError
from loaders.scrape.worklist import Item, WorkList, fresh_results, runs, take_up

ITEMS = [Item(f"song{number}", f"Song {number}", {"n": number}) for number in range(5)]
WISH = {"only": [], "limit": None}


def test_a_list_is_taken_up_as_it_stood(tmp_path):
    work = WorkList.create(tmp_path, ITEMS, WISH)
    work.finish(ITEMS[0], {"a": 1})
    work.fail(ITEMS[1], "rows_late", "too late", 4)
    again = take_up(tmp_path, WISH)
    assert again.folder == work.folder
    assert again.items == ITEMS
    assert again.done == {"song0"}
    assert [(item.key, failure.cause) for item, failure in again.failed] == [("song1", "rows_late")]
    assert [item.key for item in again.left] == ["song2", "song3", "song4"]
    assert json.loads((work.folder / "results" / "song0.json").read_text()) == {"a": 1}


def test_what_failed_can_be_tried_again_and_a_success_ends_it(tmp_path):
    work = WorkList.create(tmp_path, ITEMS, WISH)
    work.fail(ITEMS[1], "rows_late", "", 4)
    assert work.retry_failed() == 1
    assert [item.key for item in take_up(tmp_path, WISH).left] == [item.key for item in ITEMS]
    work.fail(ITEMS[1], "rows_late", "", 4)
    work.finish(ITEMS[1], {})
    assert take_up(tmp_path, WISH).failed == []


def test_a_torn_line_and_a_half_written_result_count_for_nothing(tmp_path):
    work = WorkList.create(tmp_path, ITEMS, WISH)
    work.fail(ITEMS[1], "rows_late", "", 4)
    with (work.folder / "failures.jsonl").open("a") as file:
        file.write('{"key": "song2", "cau')
    (work.results / ".song3.json.new").write_text('{"half')
    again = take_up(tmp_path, WISH)
    assert [item.key for item in again.left] == ["song0", "song2", "song3", "song4"]


def test_a_list_that_was_half_written_is_passed_over(tmp_path):
    work = WorkList.create(tmp_path, ITEMS, WISH)
    broken = WorkList.create(tmp_path, ITEMS, WISH)
    (broken.folder / "worklist.json").write_text('{"items": [')
    assert list(runs(tmp_path)) == [broken.folder, work.folder]
    assert take_up(tmp_path, WISH).folder == work.folder


def test_another_wish_or_a_closed_or_an_old_list_is_not_taken_up(tmp_path):
    assert take_up(tmp_path / "nothing", WISH) is None
    work = WorkList.create(tmp_path, ITEMS, WISH)
    assert take_up(tmp_path, {**WISH, "limit": 3}) is None
    work.folder.rename(tmp_path / "20200101T000000Z")
    assert take_up(tmp_path, WISH) is None
    other = WorkList.create(tmp_path, ITEMS, WISH)
    other.close()
    assert take_up(tmp_path, WISH) is None


def test_results_count_as_fresh_by_their_age_whatever_run_they_are_of(tmp_path):
    first = WorkList.create(tmp_path, ITEMS, WISH)
    old = first.finish(ITEMS[0], {})
    first.finish(ITEMS[1], {})
    os.utime(old, (time.time() - 7200, time.time() - 7200))
    WorkList.create(tmp_path, ITEMS, WISH).finish(ITEMS[2], {})
    assert fresh_results(tmp_path, timedelta(hours=1)) == {"song1", "song2"}
    assert fresh_results(tmp_path, timedelta(hours=3)) == {"song0", "song1", "song2"}
    assert fresh_results(tmp_path, timedelta()) == set()


def test_what_a_trial_asked_for_is_fresh_for_that_trial_alone(tmp_path):
    WorkList.create(tmp_path, ITEMS, WISH).finish(ITEMS[0], {})
    WorkList.create(tmp_path, ITEMS, {**WISH, "of": "ten"}).finish(ITEMS[1], {})
    hour = timedelta(hours=1)
    assert fresh_results(tmp_path, hour) == {"song0"}
    assert fresh_results(tmp_path, hour, "ten") == {"song0", "song1"}
    assert fresh_results(tmp_path, hour, "eleven") == {"song0"}
    assert take_up(tmp_path, WISH).done == {"song0"}


@pytest.mark.parametrize("key", ["", "../evil", "a/b", "a b", "ü", "a.b"])
def test_a_key_is_fit_for_a_file_name(key):
    with pytest.raises(ValueError, match="fit for a file"):
        Item(key, "label", {})


def test_a_full_disk_is_told_and_leaves_no_half_file(tmp_path, monkeypatch):
    work = WorkList.create(tmp_path, ITEMS, WISH)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(UserError, match="No space left on device"):
        work.finish(ITEMS[0], {"a": 1})
    assert work.done == set()
    assert not (work.results / "song0.json").exists()
