"""Log in: a window is shown, a person logs in, the session is saved and proved.

    window ──► a person, with name, password and code ──► Session.save() ──► prove()

Nobody's password is asked for or stored: it goes from the person's fingers to the site.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, async_playwright

from loaders.errors import Exit, UserError
from loaders.scrape.browser_pool import Browser, prove
from loaders.scrape.chromium import Chromium, find_chromium
from loaders.scrape.errors import ScrapeError, SessionEnded
from loaders.scrape.selectors import page_script
from loaders.scrape.session import Session, age_in_words
from loaders.scrape.site import Site, read_site
from loaders.scrape.throttle import Pace

if TYPE_CHECKING:
    from rich.console import Console

    from loaders.settings import Settings

MINUTES_TO_LOG_IN = 15
Person = Callable[[Page], Awaitable[None]]


async def log_in(settings: Settings, console: Console, person: Person | None = None) -> None:
    """Show the log-in page and save the session; `person` logs in without a window, in tests.

    Raises UserError when there is no screen, the window is closed before, or time runs out; then
    the session that was saved before stays as it was.
    """
    site = read_site(settings.site, settings.login_site)
    session = Session(settings.session_path)
    if person is None and not _has_screen():
        raise UserError(
            "There is no screen to show the log-in on. Run `playledger login` on a machine that "
            f"has one, and copy its session file to {session.path} (readable by you alone)."
        )
    chromium = await find_chromium(settings.chromium)
    async with async_playwright() as playwright:
        chrome = await playwright.chromium.launch(
            executable_path=chromium.path, args=chromium.arguments, headless=person is not None
        )
        context = await chrome.new_context(no_viewport=person is None)
        page = await context.new_page()
        console.print("Log in in the window (code included). It closes by itself.")
        try:
            await page.goto(site.roster, wait_until="commit")
            if person:
                await person(page)
            await _until_inside(page, site)
            state = await context.storage_state()
            await chrome.close()
        except PlaywrightError as error:
            reason = str(error).partition("\n")[0]
            raise UserError(
                f"The window did not get to the roster: {reason}. {KEPT}", Exit.LOGIN
            ) from None
    session.save(state, is_new=True)
    await _prove(chromium, site, session)
    console.print(f"Logged in; saved in {session.path}, readable by you alone.", soft_wrap=True)


KEPT = "Nothing was saved. Run `playledger login` again."


async def check_session(settings: Settings, console: Console) -> Exit:
    """Say whether the saved session still holds: 0 when it does, 3 when a log-in is needed."""
    site = read_site(settings.site, settings.login_site)
    session = Session(settings.session_path)
    session.state()
    chromium = await find_chromium(settings.chromium)
    age = age_in_words(session.age)
    try:
        await _prove(chromium, site, session)
    except SessionEnded:
        console.print(f"The session has ended (it was {age}). Run `playledger login`.")
        return Exit.LOGIN
    except ScrapeError as trouble:
        console.print(f"Could not ask {site.address}: {trouble.detail}. {trouble.advice}")
        return Exit.NOTHING
    console.print(f"The session holds ({age}, saved in {session.path}).", soft_wrap=True)
    return Exit.DONE


async def _prove(chromium: Chromium, site: Site, session: Session) -> None:
    async with Browser(chromium, site, session, Pace(60)) as browser:
        async with browser.page() as page:
            await prove(page)
        await browser.save_session()


async def _until_inside(page: Page, site: Site) -> None:
    """Wait until a tab shows the roster or another page of the site, and not the log-in."""
    give_up = time.monotonic() + MINUTES_TO_LOG_IN * 60
    while time.monotonic() < give_up:
        for tab in page.context.pages:
            if site.is_page(tab.url) and not site.is_login(tab.url) and await _is_inside(tab):
                return
        if not page.context.pages:
            raise UserError(f"The window was closed before the log-in was done. {KEPT}", Exit.LOGIN)
        await asyncio.sleep(0.5)
    raise UserError(f"Nobody logged in within {MINUTES_TO_LOG_IN} minutes. {KEPT}", Exit.LOGIN)


async def _is_inside(tab: Page) -> bool:
    try:
        await tab.evaluate(page_script())
        seen = await tab.evaluate("() => ledgerPage.see('home')")
    except PlaywrightError:
        return False  # it is moving to another address
    # A page that has just been left answers with nothing.
    return not seen.get("isLogin", True) and (seen["hasSearch"] or bool(seen["links"]))


def _has_screen() -> bool:
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
