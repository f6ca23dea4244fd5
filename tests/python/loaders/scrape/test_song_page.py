"""A song's pages in a real browser: all that they show is read, and nothing else."""

from datetime import datetime

import orjson
import pytest

from loaders.files.scraped_song import read_scrape
from loaders.scrape import song_page
from loaders.scrape.errors import Forbidden, NotFound, ScrapeError
from loaders.scrape.page import BrowserPage
from loaders.scrape.site import Song
from loaders.scrape.song_document import SongReading, make_document
from loaders.scrape.song_page import read_song
from tests.python.support.scraping import CONTENT, expected_windows, windows_of
from tests.site import Behaviour, Fault, SimulatedSite

pytestmark = pytest.mark.browser

NOW = datetime(2026, 1, 2, 3, 4, 5, 678)
READABLE = [case for case in CONTENT.tracks if case != "forbidden"]


def song_of(case: str) -> Song:
    _, _, _, artist, _, track, _ = CONTENT.path(case).split("/")
    return Song(artist, track)


def read_cases(read, cases: list[str]) -> dict[str, dict]:
    def step(case: str):
        async def read_case(page) -> dict:
            return make_document(song_of(case), await read_song(page, song_of(case)), NOW)

        return read_case

    contents = read(*map(step, cases))
    assert [error for error in contents if isinstance(error, Exception)] == []
    return dict(zip(cases, contents, strict=True))


@pytest.mark.thorough
def test_every_edge_case_is_read_as_it_is_shown(site: SimulatedSite, read):
    for case, content in read_cases(read, READABLE).items():
        assert windows_of(content) == expected_windows(CONTENT, CONTENT.tracks[case]), case


def test_rows_that_are_replaced_instead_of_changed_are_read_too(site: SimulatedSite, read):
    site.behaviour = Behaviour(rows="replaced")
    for case, content in read_cases(read, ["notices", "7 days empty", "plain"]).items():
        assert windows_of(content) == expected_windows(CONTENT, CONTENT.tracks[case]), case


def test_the_badge_is_apart_from_the_name_and_totals_from_the_rows(read):
    content = read_cases(read, ["notices", "331"])
    year = content["notices"]["time_ranges"]["12months"]["stats"]
    names = [(row["name"], row["is_personalized"]) for row in year["playlists"]]
    assert ("Mood Personalized", False) in names
    assert ("Personalized", False) in names
    assert ("Personalized", True) in names
    assert ("Showing 100 of 240", False) in names
    assert year["playlist_stats"] == {"showing": "11", "total": "11"}
    wide = content["331"]["time_ranges"]["12months"]["stats"]
    assert len(wide["playlists"]) == 100
    assert wide["playlist_stats"] == {"showing": "100", "total": "331"}


def test_a_result_is_what_the_loader_reads(read):
    content = read_cases(read, ["welcome back"])["welcome back"]
    assert content["url"] == song_of("welcome back").sfa_url
    assert content["scraped_at"] == "2026-01-02T03:04:05.000678"
    assert content["schema_version"] == "1"
    assert content["release_date"] == "Feb 29, 2024"
    scrape = read_scrape(orjson.dumps(content))
    assert scrape.rejected == []
    assert len(scrape.rows["scraped_windows"]) == 3
    assert len(scrape.rows["scraped_playlists"]) == 2 + 3 + 4


@pytest.mark.parametrize("look", [{"language": "de"}, {"language": "fr"}, {"heading": "Songs"}])
def test_another_language_or_heading_is_read_too(site, read, look):
    site.behaviour = Behaviour(**look, stale=(0, 0), empty=(0, 0))
    content = read_cases(read, ["not found"])["not found"]
    assert windows_of(content) == expected_windows(CONTENT, CONTENT.tracks["not found"])


def test_an_unknown_song_and_a_forbidden_one_are_told_apart(read):
    gone = Song(song_of("plain").artist_id, "Z" * 22)
    errors = read(
        lambda page: read_song(page, gone), lambda page: read_song(page, song_of("forbidden"))
    )
    assert isinstance(errors[0], NotFound)
    assert isinstance(errors[1], Forbidden | NotFound)


def test_inconsistent_windows_are_read_again(site, read, monkeypatch):
    """A wrong reading shows in its windows: a week with more streams than its month."""
    once, readings = song_page._read_once, []

    async def first_wrong(page, song):
        reading = await once(page, song)
        readings.append(reading)
        if len(readings) == 1:
            windows = {**reading.windows, "7day": reading.windows["12months"]}
            return SongReading(reading.title, reading.release_date, windows, True)
        return reading

    monkeypatch.setattr(song_page, "_read_once", first_wrong)
    site.behaviour = Behaviour(stale=(0, 0), empty=(0, 0))
    content = read_cases(read, ["plain"])["plain"]
    assert len(readings) == 2
    assert windows_of(content) == expected_windows(CONTENT, CONTENT.tracks["plain"])


@pytest.mark.parametrize("on", ["song page", "playlists data"])
def test_a_redirect_to_another_host_is_not_followed(site, read, on):
    """Neither of a page nor of a data request, which would carry the token."""
    site.faults.add(Fault.OFF_SITE_REDIRECT, track_id=CONTENT.tracks["plain"], on=on, times=None)
    (error,) = read(lambda page: read_song(page, song_of("plain")))
    assert site.faults_applied
    assert isinstance(error, ScrapeError)
    assert [request.path for request in site.requests if request.host == "other"] == []


REQUESTS_OFF_SITE = """async address => {
  window.open(`${address}/popup`);
  new Image().src = `${address}/picture`;
  new WebSocket(`${address.replace("http", "ws")}/socket`);
  navigator.sendBeacon(`${address}/beacon`);
  await fetch(`${address}/data`, { mode: "no-cors" }).catch(() => null);
  await new Promise((done) => setTimeout(done, 500));
}"""


def test_no_request_of_a_page_reaches_another_host(site, read):
    async def send_requests(page: BrowserPage) -> None:
        await page.open(page.site.song(song_of("plain"), "stats"))
        await page.page.evaluate(REQUESTS_OFF_SITE, site.other_address)

    assert read(send_requests) == [None]
    assert [request.path for request in site.requests if request.host == "other"] == []
    assert [request for request in site.requests if request.host == "site"]
