"""No request goes to a host that is not the site's own.

The browser resolves no other host's name, whatever needs it: data, scripts, sockets, redirects.
Before a document is opened the guard decides, also on redirects, which Playwright's own route does
not see.
"""

import asyncio

from playwright.async_api import CDPSession, Page

from loaders.scrape.page import BrowserPage
from loaders.scrape.site import Site
from loaders.scrape.throttle import Throttle

DOCUMENTS = {"patterns": [{"urlPattern": "*", "resourceType": "Document"}]}


def resolver_switch(site: Site) -> str:
    """The command-line switch by which the browser resolves the site's hosts alone.

    Deciding on every request, as on documents, took a tenth of a song's time.
    """
    return "--host-resolver-rules=" + ",".join([*site.resolver_rules, "MAP * ~NOTFOUND"])


async def guard_page(page: Page, site: Site, throttle: Throttle) -> BrowserPage:
    """A page on which each document is checked before it is opened."""
    guarded = BrowserPage(page, site, throttle)
    devtools = await page.context.new_cdp_session(page)
    devtools.on("Fetch.requestPaused", lambda event: _decide(devtools, guarded, event))
    await devtools.send("Fetch.enable", DOCUMENTS)
    return guarded


def _decide(devtools: CDPSession, page: BrowserPage, event: dict) -> None:
    """Let a document be opened, or stop it."""
    address, request = event["request"]["url"], {"requestId": event["requestId"]}
    if page.site.owns(address):
        sent = devtools.send("Fetch.continueRequest", request)
    else:
        page.note_blocked(address)
        sent = devtools.send("Fetch.failRequest", {**request, "errorReason": "BlockedByClient"})
    asyncio.ensure_future(sent).add_done_callback(lambda done: done.cancelled() or done.exception())
