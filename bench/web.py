"""Pages: time to first paint of each kind, and of a search as it is typed, in headless Chromium.

    the sample's ledger, or one grown from it ──► `playledger web` ──► Chromium ──► seconds

Ledgers are made once and kept below PLAYLEDGER_HOME. Detail pages are those that the first row of
each list links to.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psycopg2
from playwright.sync_api import Error, sync_playwright
from psycopg2.extensions import make_dsn

from bench.databases import address_of
from bench.ledger import make_ledger
from bench.measured import BIN, line
from bench.million import grow, sizes
from loaders.database import Database, open_database
from loaders.embedded_postgres import stop_embedded
from loaders.settings import read_settings
from tests.browser import see_to_chromium
from tests.project import PROJECT

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from loaders.settings import Settings

SAMPLE = 653
TIMES = 5
PAINT_LIMIT = 0.5  # seconds
SEARCH_LIMITS = {True: 0.1, False: 0.5}  # of the sample, of a ledger that is larger
LISTS = ("/", "/campaigns", "/clients", "/vendors", "/playlists", "/orders", "/salespeople",
         "/issues", "/songs", "/placements", "/runs")  # fmt: skip
SEARCHED = ("/campaigns", "/clients", "/playlists", "/orders", "/songs", "/issues", "/placements")
TYPED = ("a", "al ta", "e a o", "zzqx")
FIRST_PAINT = """() => new Promise(done => new PerformanceObserver((list) => {
    const [paint] = list.getEntriesByName('first-contentful-paint');
    if (paint) done(paint.startTime);
}).observe({type: 'paint', buffered: true}))"""
LINKS = "links => links.map(link => link.getAttribute('href'))"
# Milliseconds from the last key press to the frame that shows the new rows.
TYPE = """async (typed) => {
    const field = document.querySelector('input[name=q]');
    const rows = document.getElementById(field.form.dataset.rows);
    const shown = new Promise(done => new MutationObserver(() =>
        requestAnimationFrame(() => done(performance.now()))).observe(rows, {childList: true}));
    const pressed = performance.now();
    field.value = typed;
    field.dispatchEvent(new Event('input', {bubbles: true}));
    return await shown - pressed;
}"""


def measure(campaigns: int) -> Iterator[str]:
    """Measure the sample, or a ledger of another size; yields lines to print."""
    settings = replace(
        read_settings(), home=read_settings().home / "bench" / "web", database_url=None
    )
    try:
        database = _sample(settings)
        if campaigns != SAMPLE:
            database = yield from _grown(database, settings, campaigns)
        with _pages(database, settings.home) as address:
            yield from _visits(address, campaigns)
    finally:
        stop_embedded(settings)


def _sample(settings: Settings) -> Database:
    database = open_database(settings)
    with database.connect() as conn, conn.cursor() as cur:
        cur.execute("select to_regclass(%s)", [f"{settings.schema}_quality.integrity_checks"])
        is_built = cur.fetchone()[0] is not None
    if not is_built:
        make_ledger(settings, SAMPLE)
    return database


def _grown(database: Database, settings: Settings, campaigns: int) -> Iterator[str]:
    """A ledger of so many campaigns in the same server as the sample."""
    name = f"grown_{campaigns}"
    grown = Database({**database.parameters, "dbname": name}, is_embedded=True)
    server = psycopg2.connect(make_dsn(**{**database.parameters, "dbname": "postgres"}))
    server.autocommit = True
    with server.cursor() as cur:
        cur.execute("select from pg_database where datname = %s", [name])
        if cur.fetchone() is None:
            unfinished = f"{name}_unfinished"
            cur.execute(f"drop database if exists {unfinished} with (force)")
            cur.execute(f"create database {unfinished} template {database.parameters['dbname']}")
            rows = ", ".join(f"{count:,} {kind}" for kind, count in sizes(campaigns).items())
            yield f"web      making a ledger: {rows}"
            conn = Database({**grown.parameters, "dbname": unfinished}, is_embedded=True).open()
            for _ in grow(conn, settings.schema, campaigns):
                pass
            conn.close()
            cur.execute(f"alter database {unfinished} rename to {name}")
    server.close()
    stop_embedded(settings)
    open_database(settings)  # the second start sets the memory for large ledgers
    return grown


@contextmanager
def _pages(database: Database, home: Path) -> Iterator[str]:
    """The address of `playledger web` on that ledger, until the block ends."""
    variables = {"DATABASE_URL": address_of(database), "PLAYLEDGER_HOME": str(home)}
    process = subprocess.Popen(
        [BIN / "playledger", "web", "--port", "0"],
        cwd=PROJECT,
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        first_line = process.stdout.readline()
        yield first_line.split()[-1].rstrip("/")
    finally:
        process.terminate()
        process.wait(timeout=10)


def _visits(address: str, campaigns: int) -> Iterator[str]:
    found = see_to_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found.path, args=found.arguments)
        page = browser.new_page()
        page.set_default_timeout(60_000)
        page.goto(address)
        started = time.monotonic()
        page.locator("h2").first.wait_for(timeout=600_000)  # the page that waits has none
        took = time.monotonic() - started
        yield f"web      overview, computed in the background {took:8.1f} s"
        for path in _addresses(page, address):
            page.goto(address + path)  # reads what is on disk only
            times = [_paint(page, address + path) for _ in range(TIMES)]
            kind = "/".join(part for part in urlsplit(path).path.split("/")[:2])
            detail = " of one" if path.count("/") > 1 else ""
            what = f"{campaigns:,} campaigns: {kind}{detail}"
            yield line("", what, median(times), PAINT_LIMIT)
        for path in SEARCHED:
            for typed in TYPED:
                times = [_search(page, address + path, typed) for _ in range(TIMES)]
                limit = SEARCH_LIMITS[campaigns <= SAMPLE]
                yield line("", f"{path}, “{typed}” typed", median(times), limit)
        browser.close()


def _addresses(page: Page, address: str) -> list[str]:
    """Each kind of page once: the lists, and the first detail page that each links to."""
    found: dict[str, str] = {}
    for path in LISTS:
        if page.goto(address + path).status == 404:
            continue
        found[path] = path
        for link in page.locator("tbody a").evaluate_all(LINKS):
            kind = link.split("/")[1]
            if link.count("/") > 1 and link.startswith("/"):
                found.setdefault(f"one {kind}", link)
    return list(found.values())


def _paint(page: Page, address: str) -> float:
    page.goto(address)
    return page.evaluate(FIRST_PAINT) / 1000


def _search(page: Page, address: str, typed: str) -> float:
    page.goto(address)
    started = time.monotonic()
    try:
        return page.evaluate(TYPE, typed) / 1000
    except Error:  # a timeout: the page of the error is opened instead
        page.locator(".alert").wait_for()
        return time.monotonic() - started
