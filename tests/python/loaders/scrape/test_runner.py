"""Runs that are interrupted, killed, or lose their browser: what is done stays done."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from loaders.errors import Exit, UserError
from tests.project import PROJECT
from tests.python.support.scraping import CONTENT, TRACKS, Scraper, check_results
from tests.site import Behaviour

SUPPORT = Path(__file__).parents[2] / "support"

pytestmark = pytest.mark.browser

FAST = Behaviour(stale=(0, 0), empty=(0, 0))
KILLS = int(os.environ.get("SCRAPE_KILLS", "2"))


def slow(seconds: float) -> Behaviour:
    """A site that takes so many seconds for each song."""
    return Behaviour(seconds, stale=(0, 0), empty=(0, 0))


def when(condition: Callable[[], bool], act: Callable[[], None]) -> threading.Thread:
    """Act once, in a thread, as soon as the condition holds."""

    def watch() -> None:
        while not condition():
            time.sleep(0.02)
        act()

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    return thread


@pytest.mark.parametrize("times", [pytest.param(1, marks=pytest.mark.thorough), 2])
def test_ctrl_c_finishes_what_is_in_flight_and_twice_stops_now(scraper: Scraper, times):
    songs = TRACKS[:12]
    scraper.site.behaviour = slow(3.0)

    def interrupt() -> None:
        time.sleep(1)  # amid the songs that follow the first three
        for _ in range(times):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.2)

    thread = when(lambda: bool(scraper.results), interrupt)
    assert scraper.streams(songs, pages=3) == Exit.PARTLY
    thread.join(timeout=5)
    done = check_results(scraper)
    assert 4 <= len(done) <= 6 if times == 1 else 1 <= len(done) <= 3
    assert scraper.report["ending"] == "stopped by you"
    assert scraper.report["failed"] == 0
    assert scraper.report["left"] == 12 - len(done)
    scraper.site.behaviour = FAST
    assert scraper.streams(songs, pages=4) == Exit.DONE
    assert check_results(scraper) == set(songs)


@pytest.fixture
def process(scraper: Scraper) -> Iterator[Callable[[list[str]], subprocess.Popen]]:
    """Starts a scrape in its own process."""
    started: list[subprocess.Popen] = []

    def start(tracks: list[str]) -> subprocess.Popen:
        songs = ",".join(f"{CONTENT.song(track).artist_id}/{track}" for track in tracks)
        script = SUPPORT / "run_streams.py"
        site = scraper.site
        command = [sys.executable, script, scraper.home, site.address, site.login_address, songs]
        environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
        with (scraper.home / "log").open("a") as log:
            options = {"stdout": log, "stderr": log, "env": environment, "cwd": PROJECT}
            started.append(subprocess.Popen(command, **options))  # noqa: S603
        return started[-1]

    yield start
    for each in started:
        if each.poll() is None:
            each.kill()
            each.wait()


def test_a_killed_process_loses_only_what_was_in_flight(scraper: Scraper, process):
    songs, chance = TRACKS[:40], random.Random(5)  # noqa: S311
    scraper.site.behaviour = slow(1.0)
    kept: set[str] = set()
    for _ in range(KILLS):
        running = process(songs)
        time.sleep(1.5 + 4 * chance.random())
        running.send_signal(signal.SIGKILL)
        running.wait()
        done = check_results(scraper)
        assert kept <= done
        kept = done
    scraper.site.behaviour = FAST
    before = len(scraper.site.requests)
    assert process(songs).wait(timeout=180) == 0
    assert check_results(scraper) == set(songs)
    assert len(scraper.runs) == 1
    again = {request.track_id for request in scraper.site.requests[before:]}
    assert not again & kept


def test_no_browser_outlives_a_killed_process(scraper: Scraper, process):
    scraper.site.behaviour = slow(3.0)
    running = process(TRACKS[:4])
    deadline = time.monotonic() + 30
    while not (browsers := browsers_of(running.pid)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert browsers
    running.kill()
    running.wait()
    while any(map(is_alive, browsers)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(map(is_alive, browsers))


def test_two_runs_at_once_are_refused(scraper: Scraper, process):
    scraper.site.behaviour = slow(3.0)
    running = process(TRACKS[:4])
    while not scraper.runs and running.poll() is None:
        time.sleep(0.05)
    with pytest.raises(UserError, match="Another scrape is running"):
        scraper.streams(TRACKS[:4])


def test_a_killed_browser_is_started_again(scraper: Scraper):
    scraper.site.behaviour = slow(1.0)

    def kill_browser() -> None:
        for pid in browsers_of(os.getpid()):
            os.kill(pid, signal.SIGKILL)

    thread = when(lambda: bool(scraper.results), kill_browser)
    assert scraper.streams(TRACKS[:8], pages=3) == Exit.DONE
    thread.join(timeout=5)
    assert check_results(scraper) == set(TRACKS[:8])
    assert scraper.report["retries"]["browser_died"] >= 1


def browsers_of(process: int) -> list[int]:
    """The browsers that a process has started, by way of Playwright's driver."""
    parents, commands = {}, {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid = int(status.parent.name)
            parents[pid] = int(status.read_text().rpartition(")")[2].split()[1])
            commands[pid] = (status.parent / "cmdline").read_bytes()
        except OSError:
            continue  # it has ended

    def descends(pid: int) -> bool:
        return pid == process or (pid in parents and descends(parents[pid]))

    return [
        pid
        for pid, command in commands.items()
        if b"--remote-debugging-pipe" in command and b"--type=" not in command and descends(pid)
    ]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
