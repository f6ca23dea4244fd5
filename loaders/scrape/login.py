"""The log-in: a person fills it in in a window, the session is saved and checked.

    window ──► a person, with name, password and code ──► Session.save() ──► roster opened

The password goes from the person to the site; it is neither asked for nor stored.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, async_playwright
from rich.console import Console

from loaders.errors import Exit, UserError
from loaders.scrape.browser_pool import BrowserPool
from loaders.scrape.chromium import find_chromium
from loaders.scrape.errors import ScrapeError, SessionExpired
from loaders.scrape.page_state import page_script
from loaders.scrape.session import Session, describe_age
from loaders.scrape.site import Site, read_site, without_query
from loaders.settings import Settings, has_screen
from loaders.text import first_line

MINUTES_TO_LOG_IN = 15
PAGES_A_MINUTE = 60
NOTHING_SAVED = "Nothing was saved. Run `playledger login` again."


async def log_in(
    settings: Settings,
    console: Console,
    fill_in_form: Callable[[Page], Awaitable[None]] | None = None,
) -> None:
    """Show the log-in page and save the session; with `fill_in_form` without a window, in tests.

    Raises UserError when there is no screen, the window is closed too early, or time runs out;
    then an earlier session stays as it was.
    """
    site = read_site(settings.site, settings.login_site)
    session = Session(settings.session_path)
    if fill_in_form is None and not has_screen():
        raise UserError(
            "There is no screen to show the log-in on. Run `playledger login` on a machine that "
            f"has one, and copy its session file to {session.path} (readable by you alone)."
        )
    chromium = await find_chromium(settings.chromium)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium.path,
            args=chromium.arguments,
            headless=fill_in_form is not None,
        )
        context = await browser.new_context(no_viewport=fill_in_form is None)
        page = await context.new_page()
        console.print("Log in in the browser window, code included. It closes by itself.")
        try:
            await page.goto(site.roster, wait_until="commit")
            if fill_in_form:
                await fill_in_form(page)
            await _wait_for_log_in(page, site)
            state = await context.storage_state()
            await browser.close()
        except PlaywrightError as error:
            reason = without_query(first_line(error))
            raise UserError(
                f"The window did not reach the roster: {reason}. {NOTHING_SAVED}", Exit.LOGIN
            ) from None
    session.save(state, is_new=True)
    await _check(settings)
    console.print(f"Logged in; saved in {session.path}, readable by you alone.", soft_wrap=True)


async def check_session(settings: Settings, console: Console) -> Exit:
    """Check on the site whether the saved session is valid; prints the answer.

    DONE when it is, LOGIN when it has expired, NOTHING when the site gave no answer. Raises
    UserError when there is no session or browser.
    """
    age = describe_age(Session(settings.session_path).age)
    try:
        await _check(settings)
    except SessionExpired:
        console.print(f"The session has expired (it was {age}). Run `playledger login`.")
        return Exit.LOGIN
    except ScrapeError as error:
        console.print(f"{settings.site} did not answer: {error.detail}. {error.advice}")
        return Exit.NOTHING
    console.print(
        f"The session is valid ({age}, saved in {settings.session_path}).", soft_wrap=True
    )
    return Exit.DONE


async def _check(settings: Settings) -> None:
    async with BrowserPool(settings, PAGES_A_MINUTE) as pool:
        await pool.open_roster()
        await pool.save_session()


async def _wait_for_log_in(page: Page, site: Site) -> None:
    """Wait until a tab shows a page of the site that only a session shows."""
    deadline = time.monotonic() + MINUTES_TO_LOG_IN * 60
    while time.monotonic() < deadline:
        tabs = page.context.pages
        for tab in tabs:
            is_site = site.owns(tab.url) and not site.is_login_page(tab.url)
            if is_site and await _is_logged_in(tab):
                return
        if not tabs:
            raise UserError(
                f"The window was closed before the log-in was complete. {NOTHING_SAVED}", Exit.LOGIN
            )
        await asyncio.sleep(0.5)
    raise UserError(
        f"Nobody logged in within {MINUTES_TO_LOG_IN} minutes. {NOTHING_SAVED}", Exit.LOGIN
    )


async def _is_logged_in(tab: Page) -> bool:
    try:
        await tab.evaluate(page_script())
        state = await tab.evaluate("() => ledgerPage.read('signed-in')")
    except PlaywrightError:
        return False  # it is navigating
    # A page that has just been left has no `isLogin`.
    return not state.get("isLogin", True) and (state["hasSearch"] or bool(state["links"]))
