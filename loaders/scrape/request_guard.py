"""No request leaves for a host that is not the site's own.

The browser knows no other host by name, whatever asks for it: data, scripts, sockets, redirects.
Before a page is opened it asks here, redirects included, which Playwright's own route lets pass.
"""

from __future__ import annotations

import asyncio

from playwright.async_api import CDPSession, Page

from loaders.scrape.page import SitePage
from loaders.scrape.site import Site
from loaders.scrape.throttle import Pace

PAGES = {"patterns": [{"urlPattern": "*", "resourceType": "Document"}]}


def network_switch(site: Site) -> str:
    """The browser's command-line switch that leaves it the site's hosts alone.

    Asking here before every request, as for pages, took a tenth of a song's time.
    """
    return "--host-resolver-rules=" + ",".join([*site.resolver_rules, "MAP * ~NOTFOUND"])


async def guarded(page: Page, site: Site, pace: Pace) -> SitePage:
    """A page that asks before it opens an address."""
    own = SitePage(page, site, pace)
    devtools = await page.context.new_cdp_session(page)
    devtools.on("Fetch.requestPaused", lambda event: _decide(devtools, own, event))
    await devtools.send("Fetch.enable", PAGES)
    return own


def _decide(devtools: CDPSession, own: SitePage, event: dict) -> None:
    """Let a page be opened, or stop it here."""
    address, answer = event["request"]["url"], {"requestId": event["requestId"]}
    if own.site.is_page(address):
        sent = devtools.send("Fetch.continueRequest", answer)
    else:
        own.refuse(address)
        sent = devtools.send("Fetch.failRequest", {**answer, "errorReason": "BlockedByClient"})
    asyncio.ensure_future(sent).add_done_callback(lambda done: done.cancelled() or done.exception())
