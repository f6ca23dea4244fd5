"""No request leaves for a host that is not the site's own.

The browser asks before each one, redirects included, which the route of Playwright would let pass.
"""

from __future__ import annotations

import asyncio

from playwright.async_api import CDPSession, Page

from loaders.scrape.pace import Pace
from loaders.scrape.site import Site
from loaders.scrape.sitepage import SitePage


async def guarded(page: Page, site: Site, pace: Pace) -> SitePage:
    """A page whose every request is looked at before it leaves."""
    own = SitePage(page, site, pace)
    devtools = await page.context.new_cdp_session(page)
    devtools.on("Fetch.requestPaused", lambda event: _decide(devtools, own, event))
    await devtools.send("Fetch.enable", {"patterns": [{"urlPattern": "*"}]})
    return own


def _decide(devtools: CDPSession, own: SitePage, event: dict) -> None:
    """Let a request go on, or stop it here: documents only on the site, data on its domain."""
    address, is_document = event["request"]["url"], event["resourceType"] == "Document"
    may = own.site.is_page(address) if is_document else own.site.may_ask(address)
    if not may and is_document:
        own.refuse(address)
    answer = {"requestId": event["requestId"]}
    method = "Fetch.continueRequest" if may else "Fetch.failRequest"
    asked = asyncio.ensure_future(
        devtools.send(method, answer if may else {**answer, "errorReason": "BlockedByClient"})
    )
    asked.add_done_callback(lambda done: done.cancelled() or done.exception())
