"""The simulated site's pages in a real browser: what they show, what is stale, what fails."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from loaders.scrape.chromium import Chromium
from tests.python.support.site_visitor import CONTENT
from tests.site import Behaviour, Fault, SimulatedSite
from tests.site.content import WINDOWS, truth_of
from tests.site.routes import Route

SUPPORT = Path(__file__).parents[1] / "support"

# The scraper's own tests would fail on a wrong site; these say where it is wrong, but for the
# log-in, lists, languages and long or empty tables, which those compare with the content.
pytestmark = [pytest.mark.browser, pytest.mark.thorough]

ROW = '[data-testid="sort-table-body-row"]'
HERO = '[data-testid="hero-stats-button-streams"]'
PICKER = 'button[aria-haspopup="listbox"]'
SHELL = '[data-testid="app-chrome-navigation-empty-shell"]'
LABELS = {"7day": "Last 7 days", "28day": "Last 28 days", "12months": "Last 12 months"}
PROMPT = Behaviour(stale=(0, 0), empty=(0, 0), covers=False)


@pytest.fixture(scope="module")
def browser(chromium: Chromium) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=chromium.path, args=chromium.arguments
        )
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def shared_site() -> Iterator[SimulatedSite]:
    with SimulatedSite(CONTENT) as running:
        yield running


@pytest.fixture
def site(shared_site: SimulatedSite) -> SimulatedSite:
    """The site as if it had no request yet."""
    shared_site.behaviour = PROMPT
    shared_site.faults.clear()
    for written in (shared_site.requests, shared_site.faults_applied):
        written.clear()
    return shared_site


@pytest.fixture(scope="module")
def page(
    browser: Browser, shared_site: SimulatedSite, tmp_path_factory: pytest.TempPathFactory
) -> Page:
    """One page, with a session, for all tests: to make another takes longer than most of them."""
    session = tmp_path_factory.mktemp("session") / "session.json"
    shared_site.write_session(session)
    context = browser.new_context(storage_state=session, base_url=shared_site.address)
    context.set_default_timeout(5000)
    return context.new_page()


WATCH = (SUPPORT / "site_watch.js").read_text()


def watch(page: Page, *clicks: tuple[str, str]) -> list[dict[str, Any]]:
    """Click elements by their text; the states shown until rows or number changed.

    Each state has the seconds that it lasted, at least: a busy machine adds to them.
    """
    return page.evaluate(WATCH, [clicks, ROW])


def switch(page: Page, window: str) -> list[dict[str, Any]]:
    return watch(page, (PICKER, page.inner_text(PICKER)), ('[role="option"]', LABELS[window]))


def choose(page: Page, window: str) -> None:
    page.click(PICKER)
    page.click(f'[role="option"]:has-text("{LABELS[window]}")')


def others(page: Page) -> list[str]:
    """The windows that the page does not show first."""
    page.wait_for_selector(ROW)
    return [window for window in WINDOWS if LABELS[window] != page.inner_text(PICKER)]


def cells(page: Page) -> list[list[str]]:
    script = "rows => rows.map(row => [...row.cells].map(cell => cell.firstChild.textContent))"
    return page.eval_on_selector_all(ROW, script)


def shown(case: str, window: str) -> list[list[str]]:
    """What the table of a window must say, without badges."""
    rows = truth_of(CONTENT, CONTENT.tracks[case]).rows[window]
    return [
        [str(rank), name, by, f"{streams:,}", f"{day:%b} {day.day}, {day.year}" if day else "—"]
        for rank, name, by, streams, day, _ in rows
    ]


def hero(case: str, window: str) -> str:
    return f"Streams{truth_of(CONTENT, CONTENT.tracks[case]).streams[window]:,}"


# A song ---------------------------------------------------------------------------------------


def test_a_page_is_an_empty_shell_first(site, page):
    other = page.context.new_page()
    other.add_init_script(
        "addEventListener('DOMContentLoaded', () => { window.first = document.body.innerHTML; })"
    )
    other.goto(CONTENT.path("plain"))
    expect(other.locator("h1")).to_have_text("Night Drive")
    first = other.evaluate("window.first")
    assert 'data-testid="app-chrome-navigation-empty-shell"' in first
    assert "<h1></h1>" in first
    assert other.locator(SHELL).count() == 0
    other.close()


def test_an_old_number_stays_at_the_new_chip(site, page):
    site.behaviour = Behaviour(stale=(0.4, 0.4), empty=(0, 0))
    page.goto(CONTENT.path("plain"))
    expect(page.locator(HERO)).to_have_text(hero("plain", "28day"))
    chips = '[data-encore-id="chipFilter"]'
    assert page.locator(chips).all_inner_texts() == ["7 days", "28 days", "12 months"]
    seen = watch(page, (chips, "12 months"))
    assert [state["number"] for state in seen] == [hero("plain", w) for w in WINDOWS[1:]]
    assert seen[0]["seconds"] >= 0.4
    assert page.text_content(HERO) == hero("plain", "12months")


@pytest.mark.parametrize("rows", ["reused", "replaced"])
def test_old_rows_stay_under_the_new_label_and_then_change(site, page, rows):
    site.behaviour = Behaviour(stale=(0.4, 0.4), empty=(0, 0), rows=rows, covers=False)
    page.goto(CONTENT.path("plain"))
    page.click('[data-testid="tab-playlists"]')
    window = others(page)[0]
    first = page.query_selector(ROW)
    *_, before, stale, changed = switch(page, window)
    assert before["label"] != stale["label"] == changed["label"] == LABELS[window]
    assert before["rows"] == stale["rows"]
    assert stale["seconds"] >= 0.4
    assert cells(page) == shown("plain", window)
    assert first.evaluate("row => row.isConnected") == (rows == "reused")


def test_names_are_text_and_a_badge_is_an_element_beside_the_name(site, page):
    page.on("dialog", lambda _: pytest.fail("a name was run as a script"))
    page.goto(CONTENT.path("notices", "playlists"))
    others(page)
    if page.inner_text(PICKER) != LABELS["12months"]:
        choose(page, "12months")
    expect(page.locator(ROW)).to_have_count(11)
    assert cells(page) == shown("notices", "12months")
    glued = page.locator(f"{ROW} td:nth-child(2)").all_inner_texts()
    assert glued[0] == "DaylistPersonalized"
    assert glued[1:3] == ["Mood Personalized", "Personalized"]
    assert glued[10] == "PersonalizedPersonalized"


def test_a_click_under_the_bar_misses_until_one_scrolls(site, page):
    site.behaviour = Behaviour(stale=(0, 0), empty=(0, 0))
    covered = {
        case: site.behaviour.quirks(Route("", "data", "playlists", track_id=track))["covered"]
        for case, track in CONTENT.tracks.items()
    }
    assert set(covered.values()) == {True, False}
    page.goto(CONTENT.path(next(case for case in covered if covered[case]), "playlists"))
    page.wait_for_selector(ROW)
    page.wait_for_function("scrollY > 0")
    page.locator(PICKER).click(force=True)
    expect(page.locator("h1")).to_have_text("Roster")  # the bar's own link was hit
    page.go_back()
    page.wait_for_selector(ROW)
    page.wait_for_function("scrollY > 0")
    page.locator(PICKER).click()  # scrolls as long as something covers it
    assert page.locator('[role="option"]').count() == 3


# Faults ---------------------------------------------------------------------------------------


def test_a_session_ends_in_place_or_by_a_redirect_in_the_middle_of_a_song(browser, tmp_path):
    with SimulatedSite(CONTENT, PROMPT) as site:
        site.write_session(tmp_path / "session.json")
        with browser.new_page(
            storage_state=tmp_path / "session.json", base_url=site.address
        ) as page:
            end_in_the_middle(site, page)


def end_in_the_middle(site: SimulatedSite, page: Page) -> None:
    page.goto(CONTENT.path("plain", "playlists"))
    window = others(page)[0]
    site.end_session("in place")
    choose(page, window)
    expect(page.locator("h1")).to_have_text("Welcome back")
    assert page.locator("#username").count() == 1
    assert page.url == site.address + CONTENT.path("plain", "playlists")
    site.end_session("redirect")
    page.goto(CONTENT.path("plain", "playlists"))
    assert page.url.startswith(f"{site.login_address}?continue=")


def test_a_drop_down_may_keep_its_label(site, page):
    site.faults.add(Fault.LABEL_STUCK)
    page.goto(CONTENT.path("plain", "playlists"))
    window = others(page)[0]
    before, label = cells(page), page.inner_text(PICKER)
    choose(page, window)
    page.wait_for_timeout(200)
    assert (page.inner_text(PICKER), cells(page)) == (label, before)
    choose(page, window)
    expect(page.locator(PICKER)).to_have_text(LABELS[window])
    expect(page.locator(ROW)).to_have_count(len(shown("plain", window)))


def test_a_table_may_never_change_until_the_page_is_loaded_anew(site, page):
    site.faults.add(Fault.TABLE_STUCK)
    page.goto(CONTENT.path("plain", "playlists"))
    window = others(page)[0]
    before = cells(page)
    choose(page, window)
    page.wait_for_timeout(300)
    assert page.inner_text(PICKER) == LABELS[window]
    assert cells(page) == before
    page.reload()
    others(page)
    choose(page, window)
    expect(page.locator(ROW)).to_have_count(len(shown("plain", window)))


def test_a_table_may_be_empty_for_long_without_a_notice(site, page):
    site.faults.add(Fault.EMPTY_TABLE, seconds=0.4)
    page.goto(CONTENT.path("plain"))
    page.wait_for_selector(HERO)
    seen = watch(page, ('[data-testid="tab-playlists"]', "Playlists"))
    empty = [state for state in seen if state["tables"] and not state["rows"]]
    assert sum(state["seconds"] for state in empty) >= 0.4
    assert not any(state["notice"] for state in seen)
    others(page)


def test_a_table_may_change_long_after_its_label(site, page):
    page.goto(CONTENT.path("plain", "playlists"))
    window = others(page)[0]
    site.faults.add(Fault.TABLE_LATE, seconds=0.4)
    *_, before, stale, changed = switch(page, window)
    assert before["label"] != stale["label"] == changed["label"] == LABELS[window]
    assert before["rows"] == stale["rows"] != changed["rows"]
    assert stale["seconds"] >= 0.4


def test_failed_data_shows_on_a_new_page_and_in_place_of_a_table(site, page):
    site.faults.add(Fault.ERROR_502, on="playlists data")
    page.goto(CONTENT.path("plain", "playlists"))
    expect(page.locator("h1")).to_have_text("Something went wrong")
    page.reload()
    window = others(page)[0]
    site.faults.add(Fault.DATA_FAILS)
    choose(page, window)
    expect(page.locator("main")).to_contain_text("Something went wrong")
    assert page.locator(ROW).count() == 0


def test_a_song_that_is_gone_says_so_and_one_of_that_title_is_there(site, page):
    site.faults.add(Fault.NOT_FOUND)
    page.goto(CONTENT.path("plain"))
    expect(page.locator("h1")).to_have_text("We couldn't find that page")
    assert page.locator(HERO).count() == 0
    page.goto(CONTENT.path("not found"))
    expect(page.locator(HERO)).to_have_text(hero("not found", "28day"))
    assert page.inner_text("h1") == "We couldn't find that page"
    page.goto("/c/nowhere")
    expect(page.locator("h1")).to_have_text("We couldn't find that page")


@pytest.mark.parametrize("kind", [Fault.TOO_MANY, Fault.ERROR_521, Fault.FORBIDDEN])
def test_an_error_page_has_none_of_the_sites_elements(site, page, kind):
    site.faults.add(kind)
    answer = page.goto(CONTENT.path("plain"))
    assert answer.status == {Fault.TOO_MANY: 429, Fault.ERROR_521: 521, Fault.FORBIDDEN: 403}[kind]
    assert page.locator("nav, main").count() == 0


def test_a_number_may_be_missing_and_a_layout_changed(site, page):
    site.faults.add(Fault.HERO_MISSING)
    page.goto(CONTENT.path("plain"))
    expect(page.locator(HERO)).to_have_text("Streams—")
    site.faults.add(Fault.LAYOUT_CHANGED)
    page.goto(CONTENT.path("plain", "playlists"))
    expect(page.locator("main")).to_contain_text("Daylist")
    assert page.inner_text("h1") == "Night Drive"
    strange = page.locator(
        "[data-testid], [data-encore-id], [role], [aria-haspopup], table, button"
    )
    assert strange.count() == 0


def test_a_connection_is_closed_for_a_browser_too_and_a_renderer_dies(site, page):
    site.faults.add(Fault.CONNECTION_CLOSED)
    closed = page.context.new_page()
    with pytest.raises(Error, match=r"ERR_EMPTY_RESPONSE|ERR_CONNECTION"):
        closed.goto(CONTENT.path("plain"))
    closed.close()  # or its error page loads itself anew
    other = page.context.new_page()
    crashed = []
    other.on("crash", lambda _: crashed.append(True))
    site.faults.add(Fault.RENDERER_DIES)
    time.sleep(0.35)
    with pytest.raises(Error, match="crashed"):
        other.goto(CONTENT.path("plain"))
        other.wait_for_selector(HERO)
    assert crashed == [True]
    other.close()


def test_a_redirect_leads_elsewhere_from_pages_and_from_data(site, page):
    site.faults.add(Fault.OFF_SITE_REDIRECT)
    page.goto(CONTENT.path("plain"))
    assert page.url.startswith(site.other_address)
    site.faults.add(Fault.OFF_SITE_REDIRECT, on="overview data")
    page.goto(CONTENT.path("plain"))
    expect(page.locator("h1")).to_have_text("Something went wrong")
    requests = [r for r in site.requests if r.host == "other" and "icon" not in r.path]
    assert [request.method for request in requests] == ["GET", "OPTIONS", "GET"]


def test_a_song_needs_eight_requests(site, page):
    page.goto(CONTENT.path("plain"))
    for chip in ("7 days", "12 months"):
        page.get_by_text(chip, exact=True).click()
    expect(page.locator(HERO)).to_have_text(hero("plain", "12months"))
    page.goto(CONTENT.path("plain", "playlists"))
    for window in others(page):
        choose(page, window)
        expect(page.locator(ROW)).to_have_count(len(shown("plain", window)))
    assert len(site.requests) == 8
    assert {request.status for request in site.requests} == {200}
