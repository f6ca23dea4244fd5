"""Answers that are none: what the server says or does where a fault hits.

HitBy ──► failure() ──► Response, or none where the page itself is to misbehave
                └─────► quirks, settings of a page
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from email.utils import formatdate

from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import Receive, Send

from tests.site.fault_kinds import Fault
from tests.site.faults import HitBy
from tests.site.routes import Visit

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
WAITS = (Fault.TABLE_LATE, Fault.SHELL_LATE, Fault.SLOW, Fault.HERO_LATE)
QUIRKS = {Fault.LABEL_STUCK: "ignored", Fault.TABLE_STUCK: "stuck", Fault.EMPTY_TABLE: "empty"}
FOR_EVER = 10**6


def failure(hit: HitBy, visit: Visit, elsewhere: str) -> Response | None:
    """Return the answer in place of the right one."""
    if hit.kind == Fault.ELSEWHERE:
        return RedirectResponse(f"{elsewhere}{visit.path}", 302)
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
    """Return what a proxy in front of the site answers: HTML without any of the site's scripts."""
    page = f"<!doctype html><title>{status}</title><h1>{text}</h1><p>Error {status}</p>"
    return HTMLResponse(page, status, headers)


def delay(hits: Iterable[HitBy]) -> float:
    """Return how much longer the answer takes."""
    return sum(hit.seconds for hit in hits if hit.kind in WAITS)


def quirks(hits: Iterable[HitBy]) -> dict[str, float | bool]:
    """Return what the page is told to do badly with its data."""
    told: dict[str, float | bool] = {}
    for hit in hits:
        if hit.kind in QUIRKS:
            told[QUIRKS[hit.kind]] = hit.seconds or (FOR_EVER if hit.lasts else 1)
    return told


def settings(hits: Iterable[HitBy]) -> dict[str, str | bool]:
    """Return what the page is told when it is opened."""
    kinds = {hit.kind for hit in hits}
    layout = "changed" if Fault.LAYOUT_CHANGED in kinds else "usual"
    return {"layout": layout, "dies": Fault.RENDERER_DIES in kinds}


async def close_connection(receive: Receive, send: Send) -> None:
    """Close the connection without an answer; the server has no word for that."""
    send.__self__.transport.abort()  # type: ignore[attr-defined]
    while (await receive())["type"] != "http.disconnect":
        await asyncio.sleep(0)
