"""SFA URLs from the roster: a real browser on the simulated site, against its content."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import orjson
import pytest

from loaders.files.roster_result import read_roster
from loaders.scrape import roster_lookup, roster_pages
from loaders.scrape.browser_pool import BrowserPool
from loaders.scrape.errors import (
    LayoutChanged,
    NotFound,
    OffSiteRedirect,
    PageTimeout,
    SessionExpired,
    SiteBusy,
    SiteUnreachable,
)
from loaders.scrape.page import BrowserPage
from loaders.scrape.roster_lookup import ArtistLookup, RosterArtist
from loaders.scrape.roster_pages import read_songs, search_artists
from loaders.scrape.sfa_collection import SfaCollection, item_key, make_document, make_items
from loaders.scrape.site import Song
from loaders.scrape.song_matching import RosterSong
from sample.catalogue import catalogue_of
from tests.python.support.scraping import FAST, Step, run_on_pages, settings_of
from tests.site import EdgeCaseContent, Fault, SampleContent, SimulatedSite

pytestmark = pytest.mark.browser

Content = dict[str, object]


def campaign(artist: str, song: str, client: str = "North", **more: object) -> dict[str, object]:
    names = {"campaign": f"{artist} - {song}", "client": client, "artist": artist, "song": song}
    return {**names, "goal": 1000, "vendor": None, **more}


@dataclass
class Scraping:
    """A site and a browser on it, used by several tests."""

    site: SimulatedSite
    pool: BrowserPool
    runner: asyncio.Runner

    def collect(self, *campaigns: dict[str, object]) -> list[Content]:
        """The results of these campaigns, one per artist; raises a ScrapeError."""
        items = make_items(campaigns)
        steps = [lambda page, item=item: SfaCollection().collect(page, item) for item in items]
        return self.run(*steps)

    def run(self, *steps: Step) -> list[object]:
        """The result of each step, on several pages at once; raises the first error."""
        results = self.runner.run(run_on_pages(self.pool, *steps))
        for error in results:
            if isinstance(error, BaseException):
                raise error
        return results


@contextmanager
def scraping_of(content: EdgeCaseContent | SampleContent, folder: Path) -> Iterator[Scraping]:
    with SimulatedSite(content) as site, asyncio.Runner() as runner:
        site.write_session(folder / "session.json")
        pool = BrowserPool(settings_of(site, folder), FAST)
        runner.run(pool.__aenter__())
        try:
            yield Scraping(site, pool, runner)
        finally:
            runner.run(pool.__aexit__())


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    with scraping_of(EdgeCaseContent(), tmp_path_factory.mktemp("edge_cases")) as scraping:
        yield scraping


@pytest.fixture(autouse=True)
def short_waits(monkeypatch):
    monkeypatch.setattr(roster_pages, "IDLE_EMPTY", 1.0)


@pytest.fixture
def edge_cases(shared):
    yield shared
    shared.site.faults.clear()


def found_urls(contents: Iterable[Content]) -> dict[tuple[str, str], str]:
    """SFA URLs by campaign and label."""
    return {
        (song["campaign"], label): song["sfa_url"]
        for content in contents
        for label, result in content["clients"].items()
        for song in result["songs"]
    }


def count_outcomes(contents: Iterable[Content]) -> dict[str, int]:
    return dict(sum(map(SfaCollection().outcomes, contents), Counter()))


def search(text: str) -> Step:
    return lambda page: search_artists(page, text)


def songs_of(artist_id: str) -> Step:
    return lambda page: read_songs(page, artist_id)


@pytest.mark.thorough
def test_every_edge_case_is_found_and_nothing_else(edge_cases):
    content = edge_cases.site.content
    expected, typed = {}, []
    for artist in content.artists():
        songs = content.songs(artist.artist_id)
        if artist.name.startswith("Crowd Member"):
            continue
        for song in songs if len(songs) < 10 else (songs[0], songs[33], songs[69]):
            typed.append(campaign(artist.name, song.title))
            expected[typed[-1]["campaign"], "North"] = Song(artist.artist_id, song.track_id).sfa_url
    others = [
        campaign("Crowd Member", "Song 1"),  # 45 artists have it in their names
        campaign("Nobody", "Night Drive"),
        campaign("Night Driver", "Nigth Drive"),
        campaign("Night Driver", "Unheard Of"),
        campaign("Night Drive", "Night Drive"),  # the roster's has one letter more
    ]
    guest = campaign("Nobody Else feat. BEYONCE NUNEZ", "everywhere (ft. Somebody)", "South")
    artist = content.artist("Beyoncé Núñez")
    expected[guest["campaign"], "South"] = Song(artist.artist_id, content.tracks["331"]).sfa_url
    results = edge_cases.collect(*typed, *others, guest)
    assert found_urls(results) == expected
    assert count_outcomes(results) == {
        "found": len(expected), "to review": 2, "not on the roster": 2, "no such song": 1,
    }  # fmt: skip
    driver, similar = (
        next(each for each in results if each["search"] == name)
        for name in ("Night Driver", "Night Drive")
    )
    candidate = driver["clients"]["North"]["candidates"][0]
    assert (candidate["artist"], candidate["song"]) == ("Night Driver", "Night Drive")
    assert candidate["track_id"] == content.tracks["plain"]
    assert 85 <= candidate["score"] < 100
    assert similar["clients"]["North"]["candidates"][0]["track_id"] == content.tracks["plain"]


def test_lists_are_read_to_their_end(edge_cases):
    content = edge_cases.site.content
    prolific = content.artist("Prolific").artist_id
    artists, takes = edge_cases.run(search("crowd member"), songs_of(prolific))
    expected = [(a.artist_id, a.name) for a in content.artists() if a.name.startswith("Crowd")]
    assert artists.is_complete
    assert sorted(artists.entries, key=lambda entry: entry.text) == expected
    assert list(takes.entries) == [(s.track_id, s.title) for s in content.songs(prolific)]


def test_what_was_left_out_is_noted_and_then_nothing_matches(edge_cases, monkeypatch):
    monkeypatch.setattr(roster_pages, "MAX_ROWS", 20)
    monkeypatch.setattr(roster_lookup, "MAX_ARTISTS", 1)
    results = edge_cases.collect(campaign("Prolific", "Take 01"), campaign("Twin", "Left"))
    assert found_urls(results) == {}
    assert [content["notes"] for content in results] == [
        ["Prolific has more than 20 songs"],
        ["2 artists are called Twin: 1 were read"],
    ]


def test_late_rows_are_waited_for(edge_cases):
    driver = edge_cases.site.content.artist("Night Driver")
    for on in ("roster data", "songs data"):
        edge_cases.site.faults.add(
            Fault.SLOW, on=on, seconds=roster_pages.IDLE_EMPTY + 0.5, times=None
        )
    found, songs = edge_cases.run(search("Night Driver"), songs_of(driver.artist_id))
    assert found.entries == ((driver.artist_id, "Night Driver"),)
    assert len(songs.entries) == 3


@pytest.mark.parametrize(
    ("fault", "on", "after", "expected"),
    [
        (Fault.OFF_SITE_REDIRECT, "roster page", 0, OffSiteRedirect),
        (Fault.DATA_FAILS, "roster data", 1, SiteBusy),
        (Fault.TOO_MANY, "roster data", 1, SiteBusy),
        (Fault.CONNECTION_CLOSED, "roster data", 1, (SiteUnreachable, SiteBusy)),
        (Fault.DATA_FAILS, "songs data", 0, SiteBusy),
        (Fault.DATA_FAILS, "songs data", 2, SiteBusy),  # while scrolling
        (Fault.NOT_FOUND, "songs data", 0, NotFound),
    ],
)
def test_an_error_is_never_an_empty_list(edge_cases, fault, on, after, expected):
    prolific = edge_cases.site.content.artist("Prolific").artist_id
    edge_cases.site.faults.add(fault, on=on, after=after, times=None)
    step = songs_of(prolific) if "songs" in on else search("Prolific")
    with pytest.raises(expected):
        edge_cases.run(step)


def test_a_list_that_does_not_follow_the_search_is_no_result(edge_cases, monkeypatch):
    monkeypatch.setattr(roster_pages, "PAGE_TIMEOUT", 2.0)

    async def search_on(page: BrowserPage) -> object:
        await page.page.add_init_script(
            "addEventListener('input', event => event.stopPropagation(), true);"
        )
        return await search_artists(page, "Night Driver")

    with pytest.raises(PageTimeout):
        edge_cases.run(search_on)


def test_links_off_the_site_are_not_read(edge_cases):
    async def search_on(page: BrowserPage) -> object:
        await page.page.add_init_script(
            "addEventListener('input', () => setInterval(() => document.querySelector('ul')"
            ".innerHTML = '<a href=\"https://other.example/artist/x/home\">Twin</a>', 50));"
        )
        return await search_artists(page, "Twin")

    with pytest.raises(LayoutChanged, match="found no artist link"):
        edge_cases.run(search_on)


def test_the_first_text_of_a_link_is_the_whole_name(edge_cases):
    one, two = (f"https://artists.spotify.com/c/artist/{letter * 22}/home" for letter in "ab")

    async def read_links(page: BrowserPage) -> object:
        await page.open(page.site.roster)
        await page.page.set_content(
            f"""<nav><a href="{one}">Home</a></nav><main><input type="search">
            <a href="{one}"><img></a><a href="{one}"><mark>Night</mark> Driver<i>3 songs</i></a>
            <div>1<a href="{two}"><img></a></div></main>"""
        )
        return await page.page.evaluate("() => ledgerPage.read('search results').links")

    assert edge_cases.run(read_links)[0] == [
        {"href": one, "texts": ["Night Driver", "3 songs"]},
        {"href": two, "texts": []},
    ]


def test_a_result_is_what_the_loader_reads():
    songs = [RosterSong(Song("a" * 22, letter * 22), "Twin", "Left") for letter in "12"]
    found = ArtistLookup([RosterArtist("a" * 22, "Twin", 3, 100.0)], songs)
    found.songs.append(RosterSong(Song("a" * 22, "3" * 22), "Twin", "Right"))
    rows = [
        campaign("Twin", "right", "A, B ", vendor="V"),
        campaign("Twin", "right", "A, B "),
        campaign("Twin", "Left", "A, B "),
        campaign("Twin", "Lost", ""),
        {**campaign("Twin", "", ""), "song": None},
    ]
    content = make_document("Twin", rows, found, datetime(2025, 10, 23, 17, 53, 19))
    read = read_roster(orjson.dumps(content))
    assert read.rejected == []
    assert [row[1:6] for row in read.rows["roster_clients"]] == [
        ("A, B ", "success", "3", "3", "2"),
        ("", "success", "2", "3", "0"),
    ]
    url = f"https://artists.spotify.com/c/artist/{'a' * 22}/song/{'3' * 22}/stats"
    assert content["clients"]["A, B "]["songs"] == [
        {**row, "sfa_url": url, "track_id": "3" * 22, "score": 100.0} for row in rows[:2]
    ]
    assert [each["track_id"][0] for each in content["clients"]["A, B "]["candidates"]] == ["1", "2"]
    assert (content["total_campaigns"], content["total_clients"]) == (5, 2)
    assert count_outcomes([content]) == {"found": 2, "to review": 1, "no such song": 2}


def test_an_artist_not_on_the_roster_has_no_songs():
    similar = ArtistLookup([RosterArtist("a" * 22, "Twins", 1, 88.9)])
    similar.songs.append(RosterSong(Song("a" * 22, "1" * 22), "Twins", "Left"))
    for found in (ArtistLookup(), similar):
        content = make_document("Twin", [campaign("Twin", "Right")], found, datetime(2025, 10, 23))
        assert content["clients"]["North"]["status"] == "no_roster_songs"
        assert count_outcomes([content]) == {"not on the roster": 1}


def test_the_sample_is_found_until_the_session_expires(tmp_path):
    content, catalogue = SampleContent(60), catalogue_of(1)
    truth = content.sfa_urls()
    known = [number for number in truth if truth[number]][:4]
    unknown = [number for number in truth if not truth[number]][:1]
    typed, expected = [], {}
    for number in known + unknown:
        name = catalogue.campaign(number).song.name
        artist, song = re.split(r"\s+[-–]\s*|[-–]\s+", name.strip(), maxsplit=1)
        typed.append({**campaign(artist, song, f" {number}"), "campaign": name})
        if truth[number]:
            expected[name, f" {number}"] = truth[number]
    with scraping_of(content, tmp_path) as scraping:
        results = scraping.collect(*typed)
        scraping.site.faults.add(Fault.SESSION_IN_PLACE, on="roster data", after=1)
        with pytest.raises(SessionExpired):
            scraping.run(search("Nobody"))
    assert found_urls(results) == expected
    assert sum(count_outcomes(results).values()) == len(typed)


def test_items_are_one_per_artist_in_order():
    typed = [
        campaign("Núñez", "First"),
        campaign("Ada", "Second"),
        campaign("NUNEZ ", "Third", "South"),
        campaign("", "Fourth"),
        {**campaign("x", "y"), "artist": None},
    ]
    items = make_items(typed)
    assert [item.label for item in items] == ["Núñez", "Ada"]
    assert items[0].key == item_key(" nunez") != items[1].key
    assert items[0].content == {"artist": "Núñez", "campaigns": [typed[0], typed[2]]}
