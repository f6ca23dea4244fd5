"""The pages in a real browser: quiet, whole on a desk and on a phone, usable by keyboard alone."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from browsing import PHONE, WIDE, Looker, Served, serving
from conftest import _administer, put_back
from playwright.sync_api import Browser, Page, sync_playwright
from test_web_front import note_run

from loaders.config import Settings
from loaders.report.page import write_report
from loaders.web.lists import LISTS

pytestmark = [pytest.mark.database, pytest.mark.browser]
RUN = "20260101T000000Z-sync"
# One thing of each kind, with as much on its page as the sample has.
THINGS = {
    "campaigns": "select campaign_id::text from ledger.campaign_playlists group by 1 "
    "order by sum(streams_28d) desc nulls last, 1 limit 1",
    "clients": "select client_id::text from ledger.campaigns group by client_id "
    "having client_id is not null order by count(*) desc, 1 limit 1",
    "vendors": "select vendor_id::text from ledger.campaigns group by vendor_id "
    "having vendor_id is not null order by count(*) desc, 1 limit 1",
    "playlists": "select playlist_id::text from ledger.campaign_playlists group by 1 "
    "order by count(*) desc, 1 limit 1",
    "orders": "select campaign_group_id::text from ledger.campaign_groups "
    "order by campaign_count desc, 1 limit 1",
    "salespeople": "select salespeople[1] from ledger.campaigns group by 1 "
    "order by 1 is null, count(*) desc, 1 limit 1",
}


@pytest.fixture(scope="module")
def browser(chromium) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=chromium.path, args=chromium.arguments
        )
        yield found
        found.close()


@pytest.fixture(scope="module")
def site(ledger) -> Iterator[Served]:
    """The sample with a run that was noted and a page that is not sure, so that no list is empty."""
    with put_back(ledger, "of_pages"):
        note_run(ledger, RUN, "partly", "Try again.\nIn detail: two songs.")
        ledger.ask(
            "insert into ledger_quality.sfa_match_candidates (campaign_id, campaign, sfa_url, "
            "created_at, updated_at) select campaign_id, name, 'https://artists.spotify.com/', "
            "now(), now() from ledger.campaigns limit 2"
        )
        with serving(ledger) as served:
            yield served


@pytest.fixture
def changing(site, ledger) -> Iterator[Served]:
    """The pages of the sample for a test that changes it."""
    site.rest()
    with put_back(ledger), serving(ledger) as served:
        yield served


@pytest.fixture
def look(browser) -> Iterator[Callable[..., Looker]]:
    """Someone who looks at a site, on a desk and in daylight unless told otherwise."""
    opened = []

    def start(served: Served, **options: object) -> Looker:
        context = browser.new_context(**{"viewport": WIDE, "accept_downloads": True, **options})
        context.set_default_timeout(10_000)
        opened.append(context)
        return Looker(context.new_page(), served.address)

    yield start
    for context in opened:
        context.close()


def addresses(ledger) -> list[str]:
    """One page of each kind."""
    things = [f"/{kind}/{ledger.one(query)}" for kind, query in THINGS.items()]
    return ["/", *LISTS, *things, f"/runs/{RUN}"]


def ill_in_both(looker: Looker) -> list[str]:
    """What is wrong with the page that is open, by day on a desk and by night on a phone."""
    return looker.ill_shown(PHONE, "dark") + looker.ill_shown(WIDE, "light")


def test_every_kind_of_page_is_quiet_and_well_laid_out_on_a_desk_and_on_a_phone(
    site, ledger, look
):
    looker, wrong, titles = look(site), {}, {}
    for address in addresses(ledger):
        page = looker.open(address)
        titles[address] = page.title()
        headings = page.locator("main h1").all_inner_texts()
        found = [*looker.noticed(), *ill_in_both(looker), *looker.noticed()]
        if len(headings) != 1 or not headings[0].strip():
            found.append(f"headings: {headings}")
        if found:
            wrong[address] = found
    assert wrong == {}
    assert len(set(titles.values())) == len(titles)
