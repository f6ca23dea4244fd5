"""Fixtures of the scraper's tests: a browser, and a simulated site that a test can break."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from loaders.errors import Exit
from loaders.scrape.browser_pool import BrowserPool
from loaders.scrape.chromium import Chromium, find_chromium
from loaders.scrape.options import ScrapeOptions
from loaders.scrape.page import BrowserPage
from loaders.scrape.run import scrape
from loaders.scrape.streams_collection import StreamsCollection
from loaders.scrape.worklist import Item
from loaders.settings import Settings
from tests.site import EdgeCaseContent, SimulatedSite
from tests.site.content import Content, truth_of

CONTENT = EdgeCaseContent()
TRACKS = [song.track_id for song in CONTENT.songs(CONTENT.artist("Prolific").artist_id)]
FAST = 6000.0  # pages a minute
Step = Callable[[BrowserPage], Awaitable[Any]]


@pytest.fixture(scope="session")
def chromium() -> Chromium:
    return asyncio.run(find_chromium(None))


@pytest.fixture
def site() -> Iterator[SimulatedSite]:
    with SimulatedSite(CONTENT) as running:
        yield running


def settings_of(site: SimulatedSite, home: Path) -> Settings:
    """Settings for a scrape of the site; its session is `session.json` in the home."""
    return Settings(home, "ledger", None, site.address, site.login_address)


@dataclass
class Scraper:
    """Runs the scraper against a simulated site, and reads what it left."""

    site: SimulatedSite
    home: Path
    printed: list[str] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        return settings_of(self.site, self.home)

    def streams(self, tracks: list[str], **options: Any) -> Exit:
        content = self.site.content
        items = [
            Item(track, f"Song {track}", {"artist_id": _artist(content, track), "track_id": track})
            for track in tracks
        ]
        return self.run(StreamsCollection(), items, **options)

    def run(self, collection: Any, items: list[Item], **options: Any) -> Exit:
        given = {"pages": 2, "pace": FAST, "max_age": timedelta(hours=1), **options}
        with (self.home / "printed").open("w+") as file:
            console = Console(file=file, width=200, highlight=False)
            code = scrape(self.settings, console, collection, ScrapeOptions(**given), lambda: items)
            file.seek(0)
            self.printed = file.read().splitlines()
        return code

    @property
    def runs(self) -> list[Path]:
        return sorted(self.home.glob("scrape/streams/*Z"))

    @property
    def report(self) -> dict[str, Any]:
        return json.loads((self.runs[-1] / "report.json").read_text())

    @property
    def causes(self) -> dict[str, list[str]]:
        """The keys of failed items, by cause."""
        return {
            cause["cause"]: [failure["key"] for failure in cause["failures"]]
            for cause in self.report["causes"]
        }

    @property
    def results(self) -> dict[str, dict[str, Any]]:
        files = self.home.glob("scrape/streams/*/results/*.json")
        return {path.stem: json.loads(path.read_text()) for path in files}


@pytest.fixture
def scraper(site: SimulatedSite, chromium: Chromium, tmp_path: Path) -> Scraper:
    site.write_session(tmp_path / "session.json")
    return Scraper(site, tmp_path)


@pytest.fixture
def read(site: SimulatedSite, chromium: Chromium, tmp_path: Path) -> Callable[..., list[Any]]:
    """Run coroutines at once, each on its own page of the site; their results or exceptions."""
    site.write_session(tmp_path / "session.json")

    def run(*steps: Step) -> list[Any]:
        async def go() -> list[Any]:
            async with BrowserPool(settings_of(site, tmp_path), FAST) as pool:
                return await run_on_pages(pool, *steps)

        return asyncio.run(go())

    return run


async def run_on_pages(pool: BrowserPool, *steps: Step) -> list[Any]:
    """The result or exception of each step, on several pages at once."""
    limit = asyncio.Semaphore(4)

    async def run_one(step: Step) -> Any:
        async with limit, pool.page() as page:
            return await step(page)

    return await asyncio.gather(*map(run_one, steps), return_exceptions=True)


def _artist(content: Content, track: str) -> str:
    try:
        return content.song(track).artist_id
    except Exception:  # another account's song, or an unknown one
        return "A" * 22


def expected_windows(content: Content, track: str) -> dict[str, Any]:
    """What a song's file must hold, by window: streams, and rows."""
    truth = truth_of(content, track)
    return {
        window: (
            truth.streams[window],
            [
                (str(rank), name, made_by, f"{streams:,}", _day(added), badge)
                for rank, name, made_by, streams, added, badge in truth.rows[window]
            ],
        )
        for window in truth.rows
    }


def windows_of(document: dict[str, Any]) -> dict[str, Any]:
    """What a song's file holds, by window: streams, and rows."""
    columns = ("rank", "name", "made_by", "streams", "date_added", "is_personalized")
    return {
        window: (
            each["stats"]["streams"],
            [tuple(row[column] for column in columns) for row in each["stats"]["playlists"]],
        )
        for window, each in document["time_ranges"].items()
    }


def _day(day: Any) -> str:
    return f"{day:%b} {day.day}, {day.year}" if day else "Not available"


def check_results(scraper: Scraper) -> set[str]:
    """Check each result file against the site; returns their tracks."""
    for track, content in scraper.results.items():
        assert windows_of(content) == expected_windows(scraper.site.content, track)
    return set(scraper.results)
