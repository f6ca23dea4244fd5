"""The pages in a real browser: quiet, whole on a desk and on a phone, usable by keyboard alone."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from loaders.settings import Settings
from playledger.web.lists import LISTS
from playledger.web.static_report import write_report
from tests.python.playledger.web.test_details import KINDS, some
from tests.python.playledger.web.test_overview import note_run
from tests.python.support.browsing import PHONE, WIDE, Looker, Served, serving
from tests.python.support.ledger import administer, put_back

pytestmark = [pytest.mark.database, pytest.mark.browser]
RUN = "20260101T000000Z-sync"


@pytest.fixture(scope="module")
def browser(chromium) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium.path, args=chromium.arguments)
        yield found
        found.close()


@pytest.fixture(scope="module")
def site(ledger) -> Iterator[Served]:
    """The sample with a run that was noted and pages that are not sure: no list is empty."""
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
    """Someone who looks at a site, by default on a desk and in daylight."""
    conn = []

    def start(served: Served, **options: object) -> Looker:
        context = browser.new_context(**{"viewport": WIDE, "accept_downloads": True, **options})
        context.set_default_timeout(10_000)
        conn.append(context)
        return Looker(context.new_page(), served.address)

    yield start
    for context in conn:
        context.close()


def addresses(ledger) -> list[str]:
    """One page of each kind."""
    details = [some(ledger, kind)[0] for kind in KINDS]
    return ["/", *LISTS, *details, f"/runs/{RUN}"]


@pytest.fixture(params=["night", pytest.param("day", marks=pytest.mark.thorough)])
def ill(request) -> Callable[[Looker], list[str]]:
    """What is wrong with the page that is open: on a phone by night or day, on a desk by the other.

    Night on a phone and day on a desk show most of it; the rest is for THOROUGH=1.
    """
    on_phone, on_desk = ("dark", "light") if request.param == "night" else ("light", "dark")

    def find(looker: Looker) -> list[str]:
        return looker.ill_shown(PHONE, on_phone) + looker.ill_shown(WIDE, on_desk)

    return find


def test_every_kind_of_page_is_quiet_and_well_laid_out_on_a_desk_and_on_a_phone(
    site, ledger, look, ill
):
    looker, wrong, titles = look(site), {}, {}
    for address in addresses(ledger):
        page = looker.open(address)
        titles[address] = page.title()
        headings = page.locator("main h1").all_inner_texts()
        found = [*looker.noticed(), *ill(looker), *looker.noticed()]
        if len(headings) != 1 or not headings[0].strip():
            found.append(f"headings: {headings}")
        if found:
            wrong[address] = found
    assert wrong == {}
    assert len(set(titles.values())) == len(titles)


def rows_of(page: Page, column: int = 1) -> list[str]:
    """What a column of the table says, from the first row to the last."""
    return page.locator(f"tbody tr > :nth-child({column})").all_inner_texts()


def counted(page: Page) -> str:
    return page.locator("[role=status]").inner_text().partition(".")[0]


def test_typing_narrows_the_rows_in_place_and_the_address_keeps_the_search(site, ledger, look):
    client, found = ledger.ask(
        "select clients.name, count(distinct campaigns.campaign_id) from ledger.clients inner join "
        "ledger.campaigns using (client_id) where clients.name ~ '^[A-Z][a-z]+ [A-Z][a-z]+$' "
        "group by 1 having count(*) between 5 and 40 order by 2 desc, 1 limit 1"
    )[0]
    looker = look(site)
    looker.open("/clients")
    page = looker.open("/campaigns")
    before = counted(page)
    page.evaluate("window.stays = true")
    page.get_by_label("Search").press_sequentially(client[:4])
    page.get_by_label("Search").fill(client)
    page.wait_for_url("**/campaigns?q=*")
    page.locator("[role=status]", has_text="found").wait_for()
    assert page.evaluate("window.stays") is True
    shown = counted(page)
    assert shown != before and int(shown.split()[0]) >= found
    assert any(client in name for name in rows_of(page, 2))

    page.locator("[name=status]").select_option("complete")
    page.wait_for_url("**status=complete")
    assert set(rows_of(page, 4)) == {"complete"}
    page.get_by_role("link", name="Goal").click()
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"
    goals = [int(goal.replace(",", "")) for goal in rows_of(page, 6) if goal != "–"]
    assert goals == sorted(goals, reverse=True)
    assert "status=complete" in page.url and page.get_by_label("Search").input_value() == client

    kept = (page.url, counted(page), rows_of(page))
    page.reload()
    assert (page.url, counted(page), rows_of(page)) == kept
    page.locator("tbody th a").first.click()
    page.wait_for_url("**/campaigns/*")
    page.go_back()
    assert (page.url, counted(page), rows_of(page)) == kept
    assert page.locator("[name=status]").input_value() == "complete"
    page.go_back()  # the list as it was before its header was clicked, then where one came from
    page.go_back()
    page.wait_for_url("**/clients")
    assert looker.noticed() == []


def test_the_file_has_the_rows_of_the_page_and_those_of_the_pages_after_it(site, look):
    page = look(site).open("/campaigns?status=active&sort=-goal")
    with page.expect_download() as waited:
        page.get_by_role("link", name="Download as CSV").click()
    assert waited.value.suggested_filename == "campaigns.csv"
    with waited.value.path().open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert counted(page) == f"{len(rows)} campaigns found"
    names = rows_of(page)
    while page.get_by_role("link", name="Next").count():
        page.get_by_role("link", name="Next").click()
        page.wait_for_load_state()
        names += rows_of(page)
    assert [" ".join(row["campaign"].split()) for row in rows] == [
        " ".join(name.split()) for name in names
    ]


def test_without_scripts_the_button_does_the_same(site, look):
    looker = look(site, java_script_enabled=False)
    page = looker.open("/campaigns")
    page.get_by_label("Search").fill("mgmt")
    page.locator("[name=status]").select_option("active")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/campaigns?q=mgmt&status=active*")
    plain = (counted(page), rows_of(page))
    assert set(rows_of(page, 4)) == {"active"}
    page.get_by_role("link", name="Clear").click()
    assert counted(page) != plain[0]
    page = look(site).open("/campaigns")
    page.locator("[name=status]").select_option("active")
    page.wait_for_url("**status=active")
    page.get_by_label("Search").fill("mgmt")
    page.wait_for_url("**q=mgmt*")
    assert (counted(page), rows_of(page)) == plain
    page.get_by_role("link", name="Clear").click()
    assert page.url == f"{site.address}/campaigns"
    assert looker.noticed() == []


FOCUSED = """() => {
    const one = document.activeElement, style = getComputedStyle(one);
    const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return [one.name || one.getAttribute("aria-label") || one.textContent.trim(), seen];
}"""


def test_a_list_is_used_by_keyboard_alone(site, look):
    looker = look(site)
    page = looker.open("/clients")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == ["Skip to the content", True]
    assert page.get_by_role("link", name="Skip to the content").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    reached, first = [], rows_of(page)[0]
    while not reached or (reached[-1] != first and len(reached) < 40):
        page.keyboard.press("Tab")
        name, is_seen = page.evaluate(FOCUSED)
        assert is_seen, name
        reached.append(name)
    order = ["q", "has", "Show", "Download as CSV", "Clients", "Client", "Campaigns", first]
    assert [name for name in reached if name in order] == order
    page.keyboard.press("Enter")
    page.wait_for_url("**/clients/*")
    assert page.locator("h1").inner_text() == first
    assert looker.noticed() == []


SCRIPT = "<script>document.title='x'</script>"
HOSTILE = (
    SCRIPT, '"><img src=x onerror=alert(1)>', "=cmd|' /C calc'!A0", "\u202eevil\u202d", "W" * 300,
    "👩‍👩‍👧 {{ 7 * 7 }}", "javascript:alert(1)", "</title></style><svg onload=alert(2)>",
)  # fmt: skip
NAMED = {
    "clients": ("name",),
    "vendors": ("name",),
    "playlists": ("name", "curator"),
    "campaigns": ("name", "artist", "song", "notes", "playlists", "url", "salesperson"),
    "campaign_groups": ("name",),
}


def make_hostile(ledger) -> None:
    """Names that would do harm, long ones too, wherever people type names."""
    for table, columns in NAMED.items():
        for column in columns:
            ledger.ask(
                f"with held as (select ctid, row_number() over (order by ctid) as nth "
                f"from ledger.{table}) update ledger.{table} as given set {column} = "
                "(%s::text[])[1 + held.nth %% 8] || ' ' || held.nth "
                "from held where given.ctid = held.ctid",
                list(HOSTILE),
            )
    ledger.ask("update ledger.campaigns set salespeople = array[salesperson]")
    ledger.ask(
        "update ledger_quality.data_issues set raw_value = (%s::text[])[1 + source_row %% 8], "
        "suggestion = %s where source_row is not null",
        list(HOSTILE), SCRIPT,
    )  # fmt: skip


def test_names_that_would_do_harm_are_shown_as_text(changing, ledger, look, tmp_path):
    make_hostile(ledger)
    looker, wrong = look(changing), {}
    settings = Settings(home=tmp_path, schema="ledger", database_url=None)
    report = write_report(tmp_path / "report.html", settings, ledger.database)
    details = [each for each in addresses(ledger) if each.count("/") > 1 and "runs" not in each]
    texts = ""
    for address in ("/", "/campaigns?sort=campaign", "/vendors", "/playlists", "/issues", *details):
        page = looker.open(address)
        for width in (PHONE, WIDE):
            page.set_viewport_size(width)
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if wide > 0 or page.title() == "x" or page.locator("img, svg[onload]").count():
                wrong[address] = (width["width"], wide, page.title())
        texts += page.locator("body").inner_text()
    assert (wrong, looker.noticed()) == ({}, [])
    assert [each for each in HOSTILE if each not in texts] == []
    looker.own = report.as_uri()
    page = looker.open("")
    assert page.locator("img, svg[onload]").count() == 0
    assert SCRIPT in page.locator("body").inner_text()
    assert (page.title().startswith("Playlist Ledger"), looker.noticed()) == (True, [])


def test_the_report_and_error_pages_are_well_laid_out(site, ledger, look, tmp_path, ill):
    settings = Settings(home=tmp_path, schema="ledger", database_url=None)
    report = write_report(tmp_path / "report.html", settings, ledger.database)
    looker = look(replace(site, address=report.as_uri()))
    page = looker.open("")
    assert page.locator("svg").count() == 3
    found = [*ill(looker), *looker.noticed()]
    looker = look(site)
    page = looker.open("/campaigns/999999")
    assert page.locator(".alert").inner_text() == "The ledger has nothing at this address."
    assert [*found, *ill(looker)] == []


def test_a_ledger_without_rows_says_so_in_words(changing, ledger, look, ill):
    tables = ledger.ask(
        "select format('%%I.%%I', schemaname, tablename) from pg_tables "
        "where schemaname in ('ledger', 'ledger_quality') and tablename <> %s",
        "integrity_checks",
    )
    ledger.ask(f"truncate {', '.join(name for (name,) in tables)} cascade")
    looker, texts = look(changing), {}
    for address in ("/", *LISTS):
        page = looker.open(address)
        page.reload()  # the front page may still be that of before
        texts[address] = page.locator("main").inner_text()
    assert "holds no campaigns yet" in texts.pop("/")
    assert "There are no" not in texts.pop("/checks")
    assert [address for address, text in texts.items() if "There are no" not in text] == []
    assert ill(looker) == []
    assert looker.noticed() == []


def test_a_database_that_goes_away_is_reported_and_the_next_click_works_when_it_is_back(
    changing, ledger, look
):
    name = ledger.database.parameters["dbname"]
    page = look(changing).open("/vendors")
    vendor = rows_of(page)[0]
    administer(
        ledger.database,
        f"alter database {name} allow_connections false",
        f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'",
    )
    try:
        page.get_by_label("Search").press_sequentially(vendor[0])
        page.locator(".alert").wait_for()
        assert page.title().startswith("Ledger not available")
        assert page.reload().status == 503
    finally:
        administer(ledger.database, f"alter database {name} allow_connections true")
    page.reload()
    assert vendor in rows_of(page)
    page.get_by_role("link", name="Campaigns", exact=True).first.click()
    assert counted(page) == "653 campaigns"


def test_where_no_ledger_is_every_page_says_how_to_make_one(changing, ledger, look, ill):
    ledger.ask("drop schema ledger cascade")
    ledger.ask("drop schema ledger_quality cascade")
    looker = look(changing)
    for address in ("/campaigns", "/campaigns/1", "/issues", "/"):
        page = looker.open(address)
        assert "make load" in page.locator(".alert").inner_text(), address
    assert ill(looker) == []
