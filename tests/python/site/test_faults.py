"""The simulated site's server with delays and faults, its log, and its command."""

import http.client
import json
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.python.support.site_visitor import CONTENT, PLAIN, Visitor, with_session
from tests.site import Behaviour, Fault, SimulatedSite
from tests.site.fault_kinds import TRANSIENT
from tests.site.routes import parse_route


@pytest.fixture
def visitor(site: SimulatedSite, tmp_path: Path) -> Visitor:
    return with_session(site, tmp_path)


def test_the_seconds_of_a_song_are_spread_and_requests_do_not_wait_for_each_other(tmp_path):
    with SimulatedSite(CONTENT, Behaviour(song_seconds=2.4)) as site:
        visitor = with_session(site, tmp_path)
        started = time.monotonic()
        with ThreadPoolExecutor(40) as pool:
            answers = list(pool.map(lambda _: visitor.get(PLAIN).status, range(40)))
        took = time.monotonic() - started
    assert answers == [200] * 40
    assert 0.3 <= took < 6.0  # one after the other they would take 12
    assert Behaviour(song_seconds=2.4).delay(parse_route("/c/roster", {})) == 0.0


STATUSES = {
    Fault.TOO_MANY: 429, Fault.TOO_MANY_DATE: 429, Fault.ERROR_500: 500, Fault.ERROR_502: 502,
    Fault.ERROR_521: 521, Fault.FORBIDDEN: 403, Fault.OFF_SITE_REDIRECT: 302,
}  # fmt: skip


@pytest.mark.parametrize("kind", STATUSES)
def test_a_fault_hits_its_song_as_often_as_planned_and_is_recorded(site, visitor, kind):
    site.faults.add(kind, track_id=CONTENT.tracks["plain"], times=2, after=1)
    assert visitor.get(CONTENT.path("remix")).status == 200
    answers = [visitor.get(PLAIN) for _ in range(4)]
    expected = STATUSES[kind]
    assert [answer.status for answer in answers] == [200, expected, expected, 200]
    assert [hit.kind for hit in site.faults_applied] == [kind, kind]
    assert {hit.track_id for hit in site.faults_applied} == {CONTENT.tracks["plain"]}
    failed = answers[1]
    if expected not in (302, 403):
        assert failed.headers["content-type"].startswith("text/html")
    if kind == Fault.TOO_MANY:
        assert failed.headers["retry-after"] == "1"
    if kind == Fault.TOO_MANY_DATE:
        when = parsedate_to_datetime(failed.headers["retry-after"]).timestamp()
        assert 0 < when - time.time() < 3
    if kind == Fault.OFF_SITE_REDIRECT:
        assert failed.headers["location"] == site.other_address + PLAIN


SLOW_FAULTS = {  # kind: (tab, window) whose data comes late
    Fault.SLOW: ("overview", ""), Fault.SHELL_LATE: ("playlists", ""),
    Fault.TABLE_LATE: ("playlists", "7day"), Fault.HERO_LATE: ("overview", "7day"),
}  # fmt: skip


@pytest.mark.parametrize("kind", SLOW_FAULTS)
def test_a_slow_answer_is_slow_once_and_correct(site, visitor, kind):
    tab, window = SLOW_FAULTS[kind]
    site.faults.add(kind, seconds=0.4)
    times = []
    for _ in range(2):
        started = time.monotonic()
        assert visitor.api("plain", tab, window=window).data["title"] == "Night Drive"
        times.append(time.monotonic() - started)
    assert times[0] >= 0.4
    assert times[1] < times[0]


def test_a_lasting_fault_stays_until_it_is_cleared(site, visitor):
    site.faults.add(Fault.DATA_FAILS, times=None)
    assert [visitor.api("plain", "playlists").status for _ in range(3)] == [500] * 3
    assert visitor.api("plain", "overview").status == 200
    site.faults.clear()
    assert visitor.api("plain", "playlists").status == 200


def test_a_connection_is_closed_without_an_answer(site, visitor):
    site.faults.add(Fault.CONNECTION_CLOSED)
    with pytest.raises(ConnectionError):
        visitor.get(PLAIN)
    time.sleep(0.35)  # a second try at once is a browser's own, and fails too
    assert visitor.get(PLAIN).status == 200
    assert [request.status for request in site.requests] == [None, 200]


def test_random_faults_hit_a_share_of_the_songs_and_are_reproducible(tmp_path):
    runs = []
    for _ in range(2):
        with SimulatedSite(CONTENT) as site:
            site.faults.add_random(0.3, seed=3, kinds=[Fault.ERROR_500, Fault.FORBIDDEN])
            visitor = with_session(site, tmp_path)
            songs = CONTENT.songs(CONTENT.artist("Prolific").artist_id)
            paths = [f"/c/artist/{song.artist_id}/song/{song.track_id}/stats" for song in songs]
            first = [visitor.get(path).status for path in paths]
            assert {visitor.get(path).status for path in paths} == {200}
            runs.append((first, [(hit.kind, hit.track_id) for hit in site.faults_applied]))
            drawn = [site.faults.random_fault_of(song.track_id) for song in songs]
    assert runs[0] == runs[1]
    assert 10 <= sum(status != 200 for status in runs[0][0]) <= 32
    assert [kind for kind in drawn if kind] == [kind for kind, _ in runs[0][1]]
    assert Fault.FORBIDDEN not in TRANSIENT


def test_two_sites_share_nothing(site, visitor, tmp_path):
    with SimulatedSite(CONTENT) as other:
        other.faults.add(Fault.ERROR_500, times=None)
        assert Visitor(other, visitor.headers).get(PLAIN).status == 302
        assert with_session(other, tmp_path).get(PLAIN).status == 500
        assert visitor.get(PLAIN).status == 200
        assert [request.status for request in site.requests] == [200]


def test_every_request_is_recorded(site, visitor):
    visitor.get("/api/roster", search="a b")
    Visitor(site).get(PLAIN)
    Visitor(site).post("/login/password")
    seen = [(r.host, r.method, r.path, r.status, r.has_session) for r in site.requests]
    assert seen == [
        ("site", "GET", "/api/roster?search=a+b", 200, True),
        ("site", "GET", PLAIN, 302, False),
        ("log-in", "POST", "/login/password", 200, False),
    ]
    assert site.requests[0].port == urlsplit(site.address).port
    assert site.requests[1].track_id == CONTENT.tracks["plain"]


def test_the_command_prints_the_addresses_and_runs_until_it_is_interrupted(tmp_path):
    command = [
        sys.executable, "-m", "tests.site", "--edge-cases", "--port=0", "--login-port=0",
        "--fault-share=1", "--fault-kind=error_502", f"--write-session={tmp_path / 's.json'}",
    ]  # fmt: skip
    running = subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        # A background job of a shell ignores Ctrl-C, and so would what it starts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    printed = dict(running.stdout.readline().strip().split("=", 1) for _ in range(3))
    assert list(printed) == ["PLAYLEDGER_SITE", "PLAYLEDGER_LOGIN_SITE", "PLAYLEDGER_SESSION"]
    assert oct(Path(printed["PLAYLEDGER_SESSION"]).stat().st_mode)[-3:] == "600"
    cookie = json.loads(Path(printed["PLAYLEDGER_SESSION"]).read_text())["cookies"][0]
    connection = http.client.HTTPConnection(urlsplit(printed["PLAYLEDGER_SITE"]).netloc)
    connection.request("GET", PLAIN, headers={"cookie": f"{cookie['name']}={cookie['value']}"})
    assert connection.getresponse().status == 502
    running.send_signal(signal.SIGINT)
    _, summary = running.communicate(timeout=30)
    assert "1 requests, 1 hit by a fault" in summary
    assert running.returncode == 0
