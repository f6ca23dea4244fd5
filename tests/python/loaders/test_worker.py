"""A load in a process of its own: the same rows, the same messages, and no process is left."""

import os
import pickle
import signal
import subprocess
import sys
import time

import psutil
import pytest

from loaders.errors import UserError
from loaders.export_order import NO_OVERRIDES
from loaders.load import load
from loaders.source_file import SourceFile, find_inputs
from loaders.worker import Task
from tests.project import PROJECT
from tests.python.playledger.audit.test_account import write_export, write_scrape
from tests.python.support.ledger import Silent, load_into

pytestmark = pytest.mark.database
COUNT = "select count(*) from {}"


@pytest.fixture
def files(tmp_path) -> list[SourceFile]:
    rows = [{"Campaign": name, "Goal": "5", "Last Modified": "10/16/2025 4:42pm"}
            for name in ("A - One", "", "C - Three")]  # fmt: skip
    export = write_export(tmp_path / "export.csv", *rows)
    write_scrape(tmp_path / "scraped" / "song.json")
    (tmp_path / "scraped" / "torn.json").write_text("{")
    return find_inputs(export, tmp_path / "scraped", None)


def load_apart(database, files, home, meanwhile, progress):
    with progress:
        return load(files, database, home, progress, NO_OVERRIDES, meanwhile)


def children() -> list[psutil.Process]:
    return workers_of(psutil.Process())


def workers_of(process: psutil.Process) -> list[psutil.Process]:
    found = process.children()
    return [each for each in found if "multiprocessing.spawn" in " ".join(each.cmdline())]


def started_worker() -> psutil.Process:
    """The worker, once its command line is its own: a moment after the start it is this one's."""
    until = time.monotonic() + 30
    while not (found := children()):
        assert time.monotonic() < until
    return found[0]


def rows(database, *tables: str) -> list[int]:
    with database.connect() as conn, conn.cursor() as cur:
        counts = []
        for table in tables:
            cur.execute(COUNT.format(table))
            counts.append(cur.fetchone()[0])
        return counts


def test_what_was_read_in_the_process_comes_back(database, files, tmp_path):
    at_work, progress = [], Silent()
    result = load_apart(
        database, files, tmp_path, lambda: at_work.append(started_worker()), progress
    )
    assert len(at_work) == 1
    assert not at_work[0].is_running()
    assert result.totals() == {
        "files": 3, "known": 0, "rows": 2, "playlist_rows": 4, "songs": 0, "rejected": 2,
    }  # fmt: skip
    assert result.loaded == files
    assert [(file.path.name, record.reason) for file, record in result.rejected()] == [
        ("export.csv", "no_campaign_name"), ("torn.json", "invalid_json"),
    ]  # fmt: skip
    assert result.read[files[0].sha256].newest_change == "2025-10-16T16:42"
    assert (progress.files, progress.records) == (3, 8)  # two windows are records as well
    tables = ("staging_airtable.campaigns", "staging_spotify.scraped_playlists")
    assert rows(database, *tables) == [2, 4]
    assert len(result.load_ids) == 2

    def never() -> None:
        pytest.fail("there is nothing to load")

    again = load_apart(database, files, tmp_path, never, Silent())
    assert (again.loaded, len(again.known)) == ([], 3)


@pytest.mark.parametrize("way", ["file is gone", "killed", "Ctrl-C"])
def test_a_load_that_stops_is_told_and_counts_for_nothing(database, files, tmp_path, way):
    def meanwhile() -> None:
        if way == "killed":
            started_worker().kill()
        elif way == "Ctrl-C":
            raise KeyboardInterrupt

    if way == "file is gone":
        files[0].path.unlink()
    expected = {
        "file is gone": (UserError, "stopped at dlt's step `extract`: .*No such file"),
        "killed": (UserError, r"The load was stopped from outside\. Nothing of it counts"),
        "Ctrl-C": (KeyboardInterrupt, None),
    }
    kind, words = expected[way]
    with pytest.raises(kind, match=words):
        load_apart(database, files[:1], tmp_path, meanwhile, Silent())
    assert children() == []
    if way == "killed":
        assert load_into(database, files[:1], tmp_path).totals()["rows"] == 2


# A load that waits for ever, in the other process for a file and in this one for that process.
WAITING = """
import pathlib, pickle, sys, time
from loaders.worker import run_tasks
from tests.python.support.ledger import Silent

if __name__ == "__main__":
    tasks, database, home = pickle.loads(pathlib.Path(sys.argv[1]).read_bytes())
    run_tasks(tasks, database, home, Silent(), lambda: time.sleep(600))
"""


def test_the_process_ends_when_the_one_that_waits_is_killed(database, tmp_path):
    pipe, work, script = (tmp_path / name for name in ("song.json", "work", "waiting.py"))
    os.mkfifo(pipe)  # to read it takes for ever
    task = Task("staging_spotify", [SourceFile(pipe, "scrape", "a" * 64, 1)])
    work.write_bytes(pickle.dumps(([task], database, tmp_path)))
    script.write_text(WAITING)
    command = [sys.executable, script, work]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    waiting = psutil.Process(subprocess.Popen(command, env=environment).pid)  # noqa: S603
    until = time.monotonic() + 30
    while not (workers := workers_of(waiting)):
        assert time.monotonic() < until
        time.sleep(0.05)
    time.sleep(1)
    assert workers[0].is_running()
    waiting.kill()
    waiting.wait()
    assert psutil.wait_procs(workers, timeout=10)[1] == []


def test_a_process_does_not_see_ctrl_c(database, files, tmp_path):
    def interrupt() -> None:
        for worker in children():
            worker.send_signal(signal.SIGINT)

    assert load_apart(database, files, tmp_path, interrupt, Silent()).totals()["files"] == 3
