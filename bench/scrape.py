"""Scraping: songs at 5 s of server time each, with 8 pages, on the simulated site.

    SimulatedSite, a process that scrapes ──► seconds beside the limit, memory, wrong files

The limit is the site's own time: songs x 5 s / 8 pages. One page alone would take 8 times as long.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tests.project import PROJECT
from tests.site import Behaviour, SampleContent, SimulatedSite
from tests.site.content import NotFoundError, Song, truth_of

SECONDS_OF_SERVER = 5.0
PAGES = 8
MEGABYTE = 2**20
CAMPAIGNS = 2500  # of the sample, whose roster then has over 400 songs


def measure(songs: int) -> Iterator[str]:
    """Yield the lines of the report; `songs` is the number to scrape."""
    content = SampleContent(CAMPAIGNS)
    tracks = list(_songs(content))[:songs]
    # The site spreads its seconds over eight requests; the scraper needs only seven.
    behaviour = Behaviour(SECONDS_OF_SERVER * 8 / 7, stale=(0, 0), empty=(0, 0))
    with tempfile.TemporaryDirectory() as folder, SimulatedSite(content, behaviour) as site:
        home = Path(folder)
        site.write_session(home / "session.json")
        items = home / "songs.json"
        items.write_text(
            json.dumps([[song.artist_id, song.track_id, song.title] for song in tracks])
        )
        command = [sys.executable, "-m", "bench.scraper", home, site.address, site.login_address]
        started = time.monotonic()
        with (home / "log").open("w") as log:
            running = subprocess.Popen([*command, items, str(PAGES)], cwd=PROJECT, stdout=log)
            program, browser = _watch(running)
        seconds = time.monotonic() - started
        limit = len(tracks) * SECONDS_OF_SERVER / PAGES
        yield (
            f"scrape   {len(tracks)} songs, {SECONDS_OF_SERVER:.0f} s each, {PAGES} pages: "
            f"{seconds:6.1f} s, limit {limit:6.1f} s, ratio {seconds / limit:.2f}"
        )
        yield f"         memory: program {program:.0f} MB, browser and its driver {browser:.0f} MB"
        results = list(home.glob("scrape/streams/*/results/*.json"))
        wrong = sum(not _is_right(content, path) for path in results)
        yield f"         exit {running.returncode}, {len(results)} files, {wrong} wrong"


def _songs(content: SampleContent) -> Iterator[Song]:
    for artist in content.artists():
        with suppress(NotFoundError):  # some on the roster have no songs
            yield from content.songs(artist.artist_id)


def _watch(running: subprocess.Popen) -> tuple[float, float]:
    """Peak memory (MB, shared pages counted once) of the program, and of its child processes."""
    program = browser = 0.0
    while running.poll() is None:
        family = _family(running.pid)
        program = max(program, _memory([running.pid]))
        browser = max(browser, _memory([pid for pid in family if pid != running.pid]))
        time.sleep(2)
    return program, browser


def _family(ancestor: int) -> list[int]:
    parents: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(status.parent.name)] = int(status.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it has ended

    def descends(pid: int) -> bool:
        return pid == ancestor or (pid in parents and descends(parents[pid]))

    return [pid for pid in parents if descends(pid)]


def _memory(pids: list[int]) -> float:
    total = 0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total * 1024 / MEGABYTE


def _is_right(content: SampleContent, path: Path) -> bool:
    truth, windows = truth_of(content, path.stem), json.loads(path.read_bytes())["time_ranges"]
    return all(
        each["stats"]["streams"] == truth.streams[window]
        and [
            (int(row["rank"]), row["name"], row["made_by"], int(row["streams"].replace(",", "")))
            for row in each["stats"]["playlists"]
        ]
        == [row[:4] for row in truth.rows[window]]
        for window, each in windows.items()
    )
