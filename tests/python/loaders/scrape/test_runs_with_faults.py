"""Whole runs against a site that fails in every way that it knows."""

import json
import os
import time
from datetime import UTC, datetime, timedelta

import pytest
from tenacity import wait_none

from loaders.errors import Exit
from loaders.scrape import page, retry, song_page
from loaders.scrape.streams_collection import Streams
from loaders.scrape.worklist import Item
from tests.python.support.scraping import CONTENT, Scraper, all_right, held, shown
from tests.site import Behaviour, Fault
from tests.site.faults import PASSING

pytestmark = pytest.mark.browser

SONGS = CONTENT.songs(CONTENT.artist("Prolific").artist_id)
TRACKS = [each.track_id for each in SONGS]
LASTING = {
    Fault.NOT_FOUND: "not_found",
    Fault.FORBIDDEN: "forbidden",
    Fault.ELSEWHERE: "sent_elsewhere",
    Fault.TOO_MANY: "site_busy",
    Fault.DATA_FAILS: "site_busy",
    Fault.CONNECTION_CLOSED: "unreachable",
    Fault.LABEL_STUCK: "window_not_switched",
    Fault.TABLE_STUCK: "window_not_switched",
    Fault.HERO_MISSING: "layout_changed",
    Fault.RENDERER_DIES: "browser_died",
}


@pytest.fixture(autouse=True)
def impatient(monkeypatch, site) -> None:
    monkeypatch.setattr(page, "PATIENCE", 15.0)
    monkeypatch.setattr(song_page, "SAME_FOR", 700)  # this site's old rows stay no longer than 100
    monkeypatch.setattr(retry, "BACKOFF", wait_none())
    site.behaviour = Behaviour(stale=(0.0, 0.1), empty=(0.0, 0.1))


def test_whatever_passes_is_got_over(scraper: Scraper):
    for track, fault in zip(TRACKS, PASSING, strict=False):
        scraper.site.faults.add(fault, track_id=track)
    songs = TRACKS[: len(PASSING) + 2]
    assert scraper.streams(songs, pages=4) == Exit.DONE
    assert all_right(scraper) == set(songs)
    assert {hit.kind for hit in scraper.site.faults_applied} == set(PASSING)
    assert scraper.report["retries"]["site_busy"] >= 6


@pytest.mark.thorough
def test_what_lasts_is_reported_by_its_cause_and_the_rest_is_done(scraper: Scraper, monkeypatch):
    monkeypatch.setattr(page, "PATIENCE", 5.0)
    monkeypatch.setattr(page, "GRACE", 1.0)
    for track, fault in zip(TRACKS, LASTING, strict=False):
        scraper.site.faults.add(fault, track_id=track, times=None)
    good = TRACKS[20:24]
    songs = [good[0], *TRACKS[: len(LASTING)], *good[1:]]
    assert scraper.streams(songs, pages=4) == Exit.PARTLY
    assert all_right(scraper) == set(good)
    expected: dict[str, set[str]] = {}
    for track, cause in zip(TRACKS, LASTING.values(), strict=False):
        expected.setdefault(cause, set()).add(track)
    assert {cause: set(keys) for cause, keys in scraper.causes.items()} == expected
    pictures = {path.stem for path in scraper.runs[-1].glob("pages/*.png")}
    assert {"not_found", "window_not_switched", "layout_changed"} <= pictures
    assert [request for request in scraper.site.requests if request.host == "elsewhere"] == []

    scraper.site.faults.clear()
    assert scraper.streams(songs, retry_failed=True) == Exit.DONE
    assert f"Trying {len(LASTING)} failed songs again." in scraper.printed
    assert all_right(scraper) == set(songs)


@pytest.mark.parametrize("how", ["redirect", pytest.param("in place", marks=pytest.mark.thorough)])
def test_a_session_that_ends_stops_all_and_a_new_one_goes_on(scraper: Scraper, how):
    songs = TRACKS[:10]
    scraper.site.sessions.ends_at_song = 5
    scraper.site.sessions.shown = how
    assert scraper.streams(songs, pages=3) == Exit.LOGIN
    done = all_right(scraper)
    assert 0 < len(done) < 6
    assert scraper.report["failed"] == 0
    assert "playledger login" in scraper.printed[-2]

    assert scraper.streams(songs, pages=3) == Exit.LOGIN  # nobody has logged in yet
    assert set(scraper.results) == done
    scraper.site.write_session(scraper.home / "session.json")
    assert scraper.streams(songs, pages=3) == Exit.DONE
    left = len(songs) - len(done)
    assert f"resuming: {len(done)} of 10 done, 0 failed, {left} left" in scraper.printed
    assert all_right(scraper) == set(songs)
    assert len(scraper.runs) == 1


def test_a_changed_site_stops_the_run_and_nothing_is_stored(scraper: Scraper, monkeypatch):
    monkeypatch.setattr(page, "PATIENCE", 4.0)
    scraper.site.faults.add(Fault.LAYOUT_CHANGED, on="song page", times=None)
    assert scraper.streams(TRACKS[:12]) == Exit.NOTHING
    assert scraper.results == {}
    assert scraper.report["ending"] == "the site looks different"
    assert len(scraper.causes["layout_changed"]) == 3
    assert scraper.report["left"] == 9
    assert (scraper.runs[-1] / "pages" / "layout_changed.png").exists()
    html = (scraper.runs[-1] / "pages" / "layout_changed.html").read_text()
    assert "<script" not in html


def test_a_site_that_does_not_answer_is_not_the_same_as_nothing_to_do(scraper: Scraper):
    scraper.site.faults.add(Fault.ERROR_502, on="any", times=None)
    assert scraper.streams(TRACKS[:3]) == Exit.NOTHING
    assert scraper.report["ending"] == "the site could not be asked"
    assert "HTTP 502" in scraper.report["next_step"]
    assert scraper.report["left"] == 3

    scraper.site.faults.clear()
    assert scraper.streams(TRACKS[:3]) == Exit.DONE
    asked = len(scraper.site.requests)
    assert scraper.streams(TRACKS[:3]) == Exit.DONE
    assert "Nothing to scrape" in scraper.printed[-1]
    assert len(scraper.site.requests) == asked
    assert scraper.streams([]) == Exit.DONE
    assert scraper.printed == ["Nothing to scrape: no need."]


@pytest.mark.thorough
def test_a_site_that_is_down_amid_a_run_ends_it(scraper: Scraper):
    scraper.site.faults.add(Fault.ERROR_500, on="any", times=None, after=40)
    assert scraper.streams(TRACKS[:40], pages=4) == Exit.PARTLY
    assert scraper.report["ending"] == "the site could not be asked"
    assert all_right(scraper)
    assert scraper.report["left"] > 10


def test_what_is_old_or_named_is_scraped_again_in_a_run_of_its_own(scraper: Scraper):
    assert scraper.streams(TRACKS[:2]) == Exit.DONE
    first = scraper.runs[0] / "results" / f"{TRACKS[0]}.json"
    os.utime(first, (time.time() - 7200, time.time() - 7200))
    assert scraper.streams(TRACKS[:2], is_list=True) == Exit.DONE
    assert scraper.printed == ["1 of 2 songs to scrape", f"  Song {TRACKS[0]}"]
    assert scraper.streams(TRACKS[:2]) == Exit.DONE
    assert [len(list(run.glob("results/*.json"))) for run in scraper.runs] == [2, 1]
    assert scraper.streams(TRACKS[1:2], only=(TRACKS[1],)) == Exit.DONE
    assert len(scraper.runs) == 3
    assert held(scraper.results[TRACKS[1]]) == shown(CONTENT, TRACKS[1])


def test_what_the_ledger_has_of_late_is_not_scraped_again(scraper: Scraper):
    now = datetime.now(UTC).replace(tzinfo=None)
    hours = {TRACKS[0]: 0.5, TRACKS[1]: 30}
    items = [
        Item(track, track, {"last_scraped_at": (now - timedelta(hours=ago)).isoformat()})
        for track, ago in hours.items()
    ]
    assert scraper.run(Streams(), items, is_list=True) == Exit.DONE
    assert scraper.printed == ["1 of 2 songs to scrape", f"  {TRACKS[1]}"]


def test_the_session_is_in_no_file_and_on_no_screen(scraper: Scraper):
    scraper.site.faults.add(Fault.NOT_FOUND, track_id=TRACKS[1], times=None)
    session = scraper.home / "session.json"
    cookies = [*json.loads(session.read_text())["cookies"]]
    scraper.streams(TRACKS[:3])
    cookies += json.loads(session.read_text())["cookies"]
    secrets = {cookie["value"] for cookie in cookies}
    assert secrets
    for path in scraper.home.rglob("*"):
        if path.is_file() and path != session:
            text = path.read_bytes().decode("utf-8", "replace")
            assert not [secret for secret in secrets if secret in text], path
    assert session.stat().st_mode & 0o777 == 0o600
