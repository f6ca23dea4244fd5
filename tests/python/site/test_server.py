"""The simulated site's server without faults: sessions, lists and statistics."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from sample import make_sample
from tests.python.support.site_visitor import CONTENT, PLAIN, Visitor, with_session
from tests.site import Behaviour, SampleContent, SimulatedSite
from tests.site.content import WINDOWS, truth_of


@pytest.fixture(scope="module")
def site() -> Iterator[SimulatedSite]:
    """A site that no test of this file changes."""
    with SimulatedSite(CONTENT) as running:
        yield running


@pytest.fixture
def visitor(site: SimulatedSite, tmp_path: Path) -> Visitor:
    return with_session(site, tmp_path)


# Sessions -------------------------------------------------------------------------------------


def test_without_a_session_a_page_redirects_to_the_log_in(site):
    page = Visitor(site).get(PLAIN)
    target = urlsplit(page.headers["location"])
    assert page.status == 302
    assert page.headers["location"].startswith(site.login_address)
    assert parse_qs(target.query)["continue"] == [site.address + PLAIN]
    assert Visitor(site).api("plain", "overview").status == 401


def test_a_log_in_needs_the_right_code_and_leads_back(site):
    back = site.address + PLAIN
    stranger = Visitor(site)
    assert (
        'data-testid="login-username"' in stranger.request("GET", site.login_address, "/login").text
    )
    assert 'id="password"' in stranger.post("/login/password", **{"continue": back}).text
    assert 'id="code"' in stranger.post("/login/code", **{"continue": back}).text
    wrong = stranger.post("/login/done", code="000000", **{"continue": back})
    assert (wrong.status, wrong.headers["set-cookie"]) == (200, None)
    assert 'role="alert"' in wrong.text
    right = stranger.post("/login/done", code="123456", **{"continue": back})
    assert (right.status, right.headers["location"]) == (303, back)
    cookie = right.headers["set-cookie"]
    assert "HttpOnly" in cookie
    known = Visitor(site, {"cookie": cookie.split(";")[0]})
    assert known.get(PLAIN).status == 200
    known.headers["x-session"] = known.get("/api/session").data["token"]
    assert known.api("plain", "overview").data["title"] == "Night Drive"


def test_a_log_in_leads_back_to_the_site_alone(site):
    for back in ("https://elsewhere.example/", f"{site.address}.example/"):
        done = Visitor(site).post("/login/done", code="123456", **{"continue": back})
        assert done.headers["location"] == f"{site.address}/c/roster"


def test_a_written_session_is_private_and_valid(site, visitor, tmp_path):
    mode = stat.S_IMODE((tmp_path / "session.json").stat().st_mode)
    assert mode == 0o600
    assert visitor.get("/c/roster").status == 200
    assert visitor.get("/api/roster").status == 200
    assert Visitor(site, {"cookie": visitor.headers["cookie"]}).get("/api/roster").status == 401


def test_a_cookie_is_rotated_and_the_saved_one_stays_valid(tmp_path):
    with SimulatedSite(CONTENT, Behaviour(rotates_after=3)) as site:
        visitor = with_session(site, tmp_path)
        answers = [visitor.get(PLAIN) for _ in range(7)]
    assert [answer.headers["set-cookie"] is not None for answer in answers] == [
        False, False, True, False, False, True, False,
    ]  # fmt: skip
    assert {answer.status for answer in answers} == {200}


def test_a_session_ends_at_a_song_and_a_new_one_is_valid(tmp_path):
    with SimulatedSite(CONTENT, ends_at_song=3) as site:
        visitor = with_session(site, tmp_path)
        cases = ["plain", "plain", "remix", "new", "plain"]
        assert [visitor.get(CONTENT.path(case)).status for case in cases] == [
            200, 200, 200, 302, 302,
        ]  # fmt: skip
        assert with_session(site, tmp_path).get(PLAIN).status == 200


def test_a_session_that_ended_in_place_shows_the_log_in_at_the_same_address(tmp_path):
    with SimulatedSite(CONTENT) as site:
        visitor = with_session(site, tmp_path)
        site.end_session("in place")
        page = visitor.get(PLAIN)
        assert (page.status, visitor.api("plain", "overview").status) == (200, 401)
    assert "<h1>Welcome back</h1>" in page.text
    assert 'id="username"' in page.text
    assert quote(site.address + PLAIN, safe="") in page.text


# Lists and numbers ----------------------------------------------------------------------------


def test_the_roster_is_paged_by_twenty_and_searched_by_the_server(visitor):
    pages = [visitor.get("/api/roster", search="crowd", offset=n).data for n in (0, 20, 40)]
    assert [len(page["rows"]) for page in pages] == [20, 20, 5]
    assert {page["total"] for page in pages} == {45}
    found = visitor.get("/api/roster", search="beyonce nunez").data["rows"]
    assert [artist["name"] for artist in found] == ["Beyoncé Núñez"]
    twins = visitor.get("/api/roster", search="Twin").data["rows"]
    assert [artist["name"] for artist in twins] == ["Twin", "Twin"]
    assert len({artist["id"] for artist in twins}) == 2


def test_an_artists_songs_are_paged_by_twenty(visitor):
    artist = CONTENT.artist("Prolific").artist_id
    pages = [visitor.get(f"/api/artist/{artist}/songs", offset=n).data for n in (0, 20, 40, 60)]
    assert [len(page["rows"]) for page in pages] == [20, 20, 20, 10]
    titles = [song["title"] for page in pages for song in page["rows"]]
    assert titles == [f"Take {number:02}" for number in range(1, 71)]


@pytest.mark.parametrize("case", [case for case in CONTENT.tracks if case != "forbidden"])
def test_a_song_shows_its_content(visitor, case):
    truth = truth_of(CONTENT, CONTENT.tracks[case])
    for window in WINDOWS:
        hero = visitor.api(case, "overview", window=window).data
        table = visitor.api(case, "playlists", window=window).data
        assert hero["title"] == table["title"] == truth.title
        assert hero["streams"] == f"{truth.streams[window]:,}"
        assert [(int(row["rank"]), row["name"], row["made_by"]) for row in table["rows"]] == [
            row[:3] for row in truth.rows[window]
        ]
        assert [row["streams"] for row in table["rows"]] == [
            f"{row[3]:,}" for row in truth.rows[window]
        ]
        shown = len(truth.rows[window])
        assert table["showing"] == f"Showing {shown} of {truth.totals[window]}"
        assert shown == min(100, truth.totals[window])


def test_the_edge_cases_are_what_their_names_say():
    of = {case: truth_of(CONTENT, track) for case, track in CONTENT.tracks.items()
          if case != "forbidden"}  # fmt: skip
    assert of["331"].totals == {"7day": 40, "28day": 100, "12months": 331}
    assert set(of["all empty"].totals.values()) == {0}
    assert of["7 days empty"].totals == {"7day": 0, "28day": 3, "12months": 8}
    assert of["new"].rows["7day"] == of["new"].rows["28day"] == of["new"].rows["12months"] != []
    notices = [(row[1], row[5]) for row in of["notices"].rows["12months"]]
    assert {("Personalized", True), ("Personalized", False), ("Mood Personalized", False)} <= set(
        notices
    )
    assert ("<script>alert(1)</script>", False) in notices


def test_unknown_and_forbidden_songs_are_told_apart(visitor):
    other = CONTENT.artist("Prolific").artist_id
    track = CONTENT.tracks["plain"]
    assert visitor.api("forbidden", "overview").status == 403
    assert visitor.get(f"/api/artist/{other}/song/{track}/overview").status == 404
    assert visitor.get(f"/api/artist/{'x' * 22}/songs").status == 404


def test_the_language_of_an_account_is_in_the_address_and_in_the_numbers(tmp_path):
    with SimulatedSite(CONTENT, Behaviour(language="de")) as site:
        visitor = with_session(site, tmp_path)
        page = visitor.get(PLAIN)
        german = PLAIN.replace("/c/", "/c/de/")
        assert (page.status, page.headers["location"]) == (302, german)
        assert visitor.get(german).status == 200
        for language, shown in (("de", "11.970"), ("fr", "11\u202f970"), ("en", "11,970")):
            data = visitor.api("plain", "playlists", window="12months", language=language).data
            assert data["rows"][0]["streams"] == shown


def test_the_first_window_differs_between_songs_but_not_for_one_song(visitor):
    first = {case: visitor.api(case, "playlists").data["window"] for case in CONTENT.tracks
             if case != "forbidden"}  # fmt: skip
    assert set(first.values()) == set(WINDOWS)
    assert visitor.api("plain", "playlists").data["window"] == first["plain"]


# The sample -----------------------------------------------------------------------------------


def test_a_samples_songs_continue_its_files(tmp_path):
    truth = make_sample(tmp_path, 120, 5, scraped_files=40)
    content = SampleContent(120, 5)
    found = content.sfa_urls()
    assert len(found) == 120
    assert (
        sum(url is not None for url in found.values()) >= truth["roster"]["campaigns_with_sfa_url"]
    )
    tracks = {url.split("/")[-2] for url in found.values() if url}
    compared = 0
    for path in sorted((tmp_path / "scraped").glob("*.json")):
        scraped = json.loads(path.read_text()) if path.read_bytes()[:1] == b"{" else {"url": "/"}
        track = scraped["url"].split("/")[-2]
        if track not in tracks:
            continue
        earlier = scraped["time_ranges"]["12months"]["stats"]["playlists"]
        now = {(row.name, row.made_by): row.streams
               for row in content.stats(track).windows["12months"].rows}  # fmt: skip
        for row in earlier:
            name = row["name"]
            name = name if (name, row["made_by"]) in now else name.removesuffix("Personalized")
            assert now[name, row["made_by"]] >= int(row["streams"].replace(",", ""))
            compared += 1
    assert compared > 100


def test_a_samples_numbers_are_plausible_and_its_lists_long_enough_to_page():
    content = SampleContent(120, 5)
    tracks = {url.split("/")[-2] for url in content.sfa_urls().values() if url}
    for track in tracks:
        truth = truth_of(content, track)
        assert truth.streams["7day"] <= truth.streams["28day"] <= truth.streams["12months"]
        for window in WINDOWS:
            assert truth.streams[window] >= sum(row[3] for row in truth.rows[window])
        assert content.song(track) in content.songs(content.song(track).artist_id)
    assert len(content.artists()) > 40
    assert max(len(content.songs(artist.artist_id)) for artist in content.artists()) > 20
