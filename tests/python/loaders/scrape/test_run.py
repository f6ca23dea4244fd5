"""Whole runs against a site that fails in all its ways."""

import json
import os
import time
from datetime import UTC, datetime, timedelta

import pytest
from tenacity import wait_none

from loaders.errors import Exit
from loaders.scrape import attempts, page, song_page
from loaders.scrape.streams_collection import StreamsCollection
from loaders.scrape.worklist import Item
from tests.python.support.scraping import (
    CONTENT,
    TRACKS,
    Scraper,
    check_results,
    expected_windows,
    windows_of,
)
from tests.site import Behaviour, Fault
from tests.site.fault_kinds import TRANSIENT

pytestmark = pytest.mark.browser

LASTING = {
    Fault.NOT_FOUND: "not_found",
    Fault.FORBIDDEN: "forbidden",
    Fault.OFF_SITE_REDIRECT: "sent_elsewhere",
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
    monkeypatch.setattr(page, "PAGE_TIMEOUT", 15.0)
    monkeypatch.setattr(song_page, "UNCHANGED_MS", 700)  # old rows stay for at most 100 here
    monkeypatch.setattr(attempts, "BACKOFF", wait_none())
    site.behaviour = Behaviour(stale=(0.0, 0.1), empty=(0.0, 0.1))


def test_transient_faults_are_overcome(scraper: Scraper, caplog):
    caplog.set_level("INFO", "loaders.scrape")
    for track, fault in zip(TRACKS, TRANSIENT, strict=False):
        scraper.site.faults.add(fault, track_id=track)
    songs = TRACKS[: len(TRANSIENT) + 2]
    assert scraper.streams(songs, pages=4) == Exit.DONE
    assert check_results(scraper) == set(songs)
    assert {hit.kind for hit in scraper.site.faults_applied} == set(TRANSIENT)
    assert scraper.report["retries"]["site_busy"] >= 6
    retries = [text for text in caplog.messages if text.startswith("Retrying ")]
    assert len(retries) == sum(scraper.report["retries"].values())
    path = f"/song/{TRACKS[TRANSIENT.index(Fault.ERROR_500)]}/stats"
    assert any("site_busy (HTTP 500)" in text and text.endswith(path) for text in retries)
    assert "?" not in caplog.text


@pytest.mark.thorough
def test_lasting_faults_are_reported_by_cause_and_the_rest_is_done(scraper: Scraper, monkeypatch):
    monkeypatch.setattr(page, "PAGE_TIMEOUT", 5.0)
    monkeypatch.setattr(page, "GRACE", 1.0)
    for track, fault in zip(TRACKS, LASTING, strict=False):
        scraper.site.faults.add(fault, track_id=track, times=None)
    good = TRACKS[20:24]
    songs = [good[0], *TRACKS[: len(LASTING)], *good[1:]]
    assert scraper.streams(songs, pages=4) == Exit.PARTLY
    assert check_results(scraper) == set(good)
    expected: dict[str, set[str]] = {}
    for track, cause in zip(TRACKS, LASTING.values(), strict=False):
        expected.setdefault(cause, set()).add(track)
    assert {cause: set(keys) for cause, keys in scraper.causes.items()} == expected
    pictures = {path.stem for path in scraper.runs[-1].glob("pages/*.png")}
    assert {"not_found", "window_not_switched", "layout_changed"} <= pictures
    assert [request for request in scraper.site.requests if request.host == "other"] == []

    scraper.site.faults.clear()
    assert scraper.streams(songs, retry_failed=True) == Exit.DONE
    assert f"Retrying {len(LASTING)} failed songs." in scraper.printed
    assert check_results(scraper) == set(songs)


@pytest.mark.parametrize("how", ["redirect", pytest.param("in place", marks=pytest.mark.thorough)])
def test_an_expired_session_stops_all_and_a_new_one_continues(scraper: Scraper, how):
    songs = TRACKS[:10]
    scraper.site.sessions.ends_at_song = 5
    scraper.site.sessions.expiry = how
    assert scraper.streams(songs, pages=3) == Exit.LOGIN
    done = check_results(scraper)
    assert 0 < len(done) < 6
    assert scraper.report["failed"] == 0
    assert "playledger login" in scraper.printed[-2]

    assert scraper.streams(songs, pages=3) == Exit.LOGIN  # nobody has logged in yet
    assert set(scraper.results) == done
    scraper.site.write_session(scraper.home / "session.json")
    assert scraper.streams(songs, pages=3) == Exit.DONE
    left = len(songs) - len(done)
    assert f"resuming: {len(done)} of 10 done, 0 failed, {left} left" in scraper.printed
    assert check_results(scraper) == set(songs)
    assert len(scraper.runs) == 1


def test_a_changed_site_stops_the_run_and_nothing_is_stored(scraper: Scraper, monkeypatch):
    monkeypatch.setattr(page, "PAGE_TIMEOUT", 4.0)
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
    assert scraper.report["ending"] == "the site did not answer"
    assert "HTTP 502" in scraper.report["next_step"]
    assert scraper.report["left"] == 3

    scraper.site.faults.clear()
    assert scraper.streams(TRACKS[:3]) == Exit.DONE
    requests = len(scraper.site.requests)
    assert scraper.streams(TRACKS[:3]) == Exit.DONE
    assert "Nothing to scrape" in scraper.printed[-1]
    assert len(scraper.site.requests) == requests
    assert scraper.streams([]) == Exit.DONE
    assert scraper.printed == ["Nothing to scrape: no songs are wanted."]


@pytest.mark.thorough
def test_a_site_that_goes_down_ends_the_run(scraper: Scraper):
    scraper.site.faults.add(Fault.ERROR_500, on="any", times=None, after=40)
    assert scraper.streams(TRACKS[:40], pages=4) == Exit.PARTLY
    assert scraper.report["ending"] == "the site did not answer"
    assert check_results(scraper)
    assert scraper.report["left"] > 10


def test_old_or_named_songs_are_scraped_again_in_a_new_run(scraper: Scraper):
    assert scraper.streams(TRACKS[:2]) == Exit.DONE
    first = scraper.runs[0] / "results" / f"{TRACKS[0]}.json"
    os.utime(first, (time.time() - 7200, time.time() - 7200))
    assert scraper.streams(TRACKS[:2], list_only=True) == Exit.DONE
    assert scraper.printed == ["1 of 2 songs to scrape", f"  Song {TRACKS[0]}"]
    assert scraper.streams(TRACKS[:2]) == Exit.DONE
    assert [len(list(run.glob("results/*.json"))) for run in scraper.runs] == [2, 1]
    assert scraper.streams(TRACKS[1:2], only=(TRACKS[1],)) == Exit.DONE
    assert len(scraper.runs) == 3
    assert windows_of(scraper.results[TRACKS[1]]) == expected_windows(CONTENT, TRACKS[1])


def test_songs_that_the_ledger_has_fresh_are_not_scraped_again(scraper: Scraper):
    now = datetime.now(UTC).replace(tzinfo=None)
    hours = {TRACKS[0]: 0.5, TRACKS[1]: 30}
    items = [
        Item(track, track, {"last_scraped_at": (now - timedelta(hours=ago)).isoformat()})
        for track, ago in hours.items()
    ]
    assert scraper.run(StreamsCollection(), items, list_only=True) == Exit.DONE
    assert scraper.printed == ["1 of 2 songs to scrape", f"  {TRACKS[1]}"]


def test_the_session_is_in_no_file_and_no_log_record(scraper: Scraper, caplog):
    scraper.site.faults.add(Fault.NOT_FOUND, track_id=TRACKS[1], times=None)
    session = scraper.home / "session.json"
    caplog.set_level("DEBUG")
    cookies = [*json.loads(session.read_text())["cookies"]]
    scraper.streams(TRACKS[:3])
    cookies += json.loads(session.read_text())["cookies"]
    secrets = {cookie["value"] for cookie in cookies}
    assert secrets
    for path in scraper.home.rglob("*"):
        if path.is_file() and path != session:
            text = path.read_bytes().decode("utf-8", "replace")
            assert not [secret for secret in secrets if secret in text], path
    assert caplog.records
    assert not [secret for secret in secrets if secret in caplog.text]
    assert session.stat().st_mode & 0o777 == 0o600
