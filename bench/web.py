"""Pages: first paint of each kind, and a search as it is typed, in a headless Chromium.

    the sample's ledger, or one grown from it ──► `playledger web` ──► Chromium ──► seconds

Ledgers are made once and kept below PLAYLEDGER_HOME. Addresses come from the pages themselves: the
navigation, and what the first row of each list leads to.
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
         "/doubts", "/songs", "/placements", "/runs")  # fmt: skip
SEARCHED = ("/campaigns", "/clients", "/playlists", "/orders", "/songs", "/doubts", "/placements")
TYPED = ("a", "al ta", "e a o", "zzqx")
FIRST_PAINT = """() => new Promise(done => new PerformanceObserver((list) => {
    const [paint] = list.getEntriesByName('first-contentful-paint');
    if (paint) done(paint.startTime);
}).observe({type: 'paint', buffered: true}))"""
LINKS = "links => links.map(link => link.getAttribute('href'))"
# From the key that is pressed last to the frame in which the rows are others.
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
    """Lines that say what was measured, of the sample or of a ledger of another size."""
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
        is_there = cur.fetchone()[0] is not None
    if not is_there:
        make_ledger(settings, SAMPLE)
    return database


def _grown(database: Database, settings: Settings, campaigns: int) -> Iterator[str]:
    """A ledger of so many campaigns beside that of the sample."""
    name = f"grown_{campaigns}"
    grown = Database({**database.parameters, "dbname": name}, is_embedded=True)
    server = psycopg2.connect(make_dsn(**{**database.parameters, "dbname": "postgres"}))
    server.autocommit = True
    with server.cursor() as cur:
        cur.execute("select from pg_database where datname = %s", [name])
        if cur.fetchone() is None:
            making = f"{name}_unfinished"
            cur.execute(f"drop database if exists {making} with (force)")
            cur.execute(f"create database {making} template {database.parameters['dbname']}")
            rows = ", ".join(f"{count:,} {kind}" for kind, count in sizes(campaigns).items())
            yield f"web      making a ledger once: {rows}"
            conn = Database({**grown.parameters, "dbname": making}, is_embedded=True).open()
            for _ in grow(conn, settings.schema, campaigns):
                pass
            conn.close()
            cur.execute(f"alter database {making} rename to {name}")
    server.close()
    stop_embedded(settings)
    open_database(settings)  # a server has the memory for large ledgers from its second start on
    return grown


@contextmanager
def _pages(database: Database, home: Path) -> Iterator[str]:
    """The address of the real server on that ledger, until the block ends."""
    surroundings = {"DATABASE_URL": address_of(database), "PLAYLEDGER_HOME": str(home)}
    running = subprocess.Popen(
        [BIN / "playledger", "web", "--port", "0"],
        cwd=PROJECT,
        env={**os.environ, **surroundings},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        told = running.stdout.readline()
        yield told.split()[-1].rstrip("/")
    finally:
        running.terminate()
        running.wait(timeout=10)


def _visits(address: str, campaigns: int) -> Iterator[str]:
    found = see_to_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found.path, args=found.arguments)
        page = browser.new_page()
        page.set_default_timeout(60_000)
        page.goto(address)
        begun = time.monotonic()
        page.locator("h2").first.wait_for(timeout=600_000)  # a page that counts has none
        yield f"web      counted at the start, in the background {time.monotonic() - begun:8.1f} s"
        for path in _addresses(page, address):
            page.goto(address + path)  # once, so that nothing is read from the disk first
            took = [_paint(page, address + path) for _ in range(TIMES)]
            kind = "/".join(part for part in urlsplit(path).path.split("/")[:2])
            thing = " of one" if path.count("/") > 1 else ""
            what = f"{campaigns:,} campaigns: {kind}{thing}"
            yield line("", what, median(took), PAINT_LIMIT)
        for path in SEARCHED:
            for typed in TYPED:
                took = [_search(page, address + path, typed) for _ in range(TIMES)]
                limit = SEARCH_LIMITS[campaigns <= SAMPLE]
                yield line("", f"{path}, “{typed}” typed", median(took), limit)
        browser.close()


def _addresses(page: Page, address: str) -> list[str]:
    """Each kind of page once: lists, and the first thing that each leads to."""
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
    begun = time.monotonic()
    try:
        return page.evaluate(TYPE, typed) / 1000
    except Error:  # too long for the server: the page that says so comes instead
        page.locator(".alert").wait_for()
        return time.monotonic() - begun
