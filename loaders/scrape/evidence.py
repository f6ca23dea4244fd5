"""What a failed page looked like: a picture and its HTML, one of each kind of failure in a run.

Scripts and what was typed into fields are taken out of the HTML: both may hold what a session is
worth. Nothing is kept of a log-in page.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

from playwright.async_api import Error as PlaywrightError

from loaders.scrape.errors import BrowserDied, ScrapeError, SessionEnded
from loaders.scrape.page import SitePage

SECONDS = 8
BARE_HTML = """() => {
    const copy = document.documentElement.cloneNode(true);
    for (const part of copy.querySelectorAll("script, noscript, iframe, meta")) part.remove();
    for (const field of copy.querySelectorAll("input, textarea")) field.removeAttribute("value");
    return copy.outerHTML;
}"""


async def keep_evidence(page: SitePage, trouble: ScrapeError, folder: Path) -> None:
    """Keep `<cause>.png` and `<cause>.html` unless the run has them; never raises."""
    picture = folder / f"{trouble.cause}.png"
    if isinstance(trouble, (SessionEnded, BrowserDied)) or picture.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    with suppress(PlaywrightError, TimeoutError, OSError):
        async with asyncio.timeout(SECONDS):
            html = await page.page.evaluate(BARE_HTML)
            picture.with_suffix(".html").write_text(html, "utf-8", "backslashreplace")
            await page.page.screenshot(path=picture)
