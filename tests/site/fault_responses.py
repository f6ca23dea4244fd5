"""What the server answers or does where a fault hits.

FaultHit ──► fault_response() ──► Response, or None where the page's script misbehaves instead
                   └────────────► quirks, settings of the page
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from email.utils import formatdate

from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import Receive, Send

from tests.site.fault_kinds import Fault
from tests.site.faults import FaultHit
from tests.site.routes import Route

STATUSES = {
    Fault.TOO_MANY: (429, "Too many requests"),
    Fault.TOO_MANY_DATE: (429, "Too many requests"),
    Fault.ERROR_500: (500, "Internal server error"),
    Fault.ERROR_502: (502, "Bad gateway"),
    Fault.ERROR_521: (521, "Web server is down"),
    Fault.DATA_FAILS: (500, "Internal server error"),
    Fault.FORBIDDEN: (403, "Forbidden"),
    Fault.NOT_FOUND: (404, "We couldn't find that page"),
}
DELAYS = (Fault.TABLE_LATE, Fault.SHELL_LATE, Fault.SLOW, Fault.HERO_LATE)
QUIRKS = {Fault.LABEL_STUCK: "ignored", Fault.TABLE_STUCK: "stuck", Fault.EMPTY_TABLE: "empty"}
FOREVER = 10**6


def fault_response(hit: FaultHit, route: Route, other_address: str) -> Response | None:
    """Return the answer in place of the right one."""
    if hit.kind == Fault.OFF_SITE_REDIRECT:
        return RedirectResponse(f"{other_address}{route.path}", 302)
    if hit.kind not in STATUSES:
        return None
    status, text = STATUSES[hit.kind]
    headers = {}
    if hit.kind == Fault.TOO_MANY:
        headers["retry-after"] = f"{hit.seconds:.0f}"
    if hit.kind == Fault.TOO_MANY_DATE:  # a date has no fractions: the next full second
        headers["retry-after"] = formatdate(time.time() + hit.seconds + 0.999, usegmt=True)
    return error_page(status, text, headers)


def error_page(status: int, text: str, headers: dict[str, str] | None = None) -> Response:
    """Return the answer of a proxy in front of the site: HTML without the site's script."""
    page = f"<!doctype html><title>{status}</title><h1>{text}</h1><p>Error {status}</p>"
    return HTMLResponse(page, status, headers)


def delay(hits: Iterable[FaultHit]) -> float:
    """Return the additional seconds of the answer."""
    return sum(hit.seconds for hit in hits if hit.kind in DELAYS)


def quirks(hits: Iterable[FaultHit]) -> dict[str, float | bool]:
    """Return how the page's script mistreats its data."""
    found: dict[str, float | bool] = {}
    for hit in hits:
        if hit.kind in QUIRKS:
            found[QUIRKS[hit.kind]] = hit.seconds or (FOREVER if hit.lasts else 1)
    return found


def settings(hits: Iterable[FaultHit]) -> dict[str, str | bool]:
    """Return the settings of the page's script."""
    kinds = {hit.kind for hit in hits}
    layout = "changed" if Fault.LAYOUT_CHANGED in kinds else "usual"
    return {"layout": layout, "dies": Fault.RENDERER_DIES in kinds}


async def close_connection(receive: Receive, send: Send) -> None:
    """Close the connection without an answer; ASGI has no message for that."""
    send.__self__.transport.abort()  # type: ignore[attr-defined]
    while (await receive())["type"] != "http.disconnect":
        await asyncio.sleep(0)
