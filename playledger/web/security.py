"""Who may look, and what a page may do: headers of every answer, hosts, a token.

    request ──► Safety ──► the application ──► headers

A page may load from its own host only, runs no script that stands in it, and is framed by nobody.
Without a token only this machine's own names are answered, so that no other site's page can ask.
"""

from __future__ import annotations

import hashlib
import hmac
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

OWN_NAMES = ("127.0.0.1", "localhost", "[::1]")
COOKIE = "playledger"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def cookie_of(token: str) -> str:
    """What the cookie of somebody who knows the token holds: letters and digits for any token."""
    return hashlib.sha256(token.encode()).hexdigest()


class Safety:
    """Only reading, only for those who may, with headers that keep a page to itself."""

    def __init__(self, app: ASGIApp, token: str | None) -> None:
        self._app, self._token = app, token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse with a sentence."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await (self._refusal(scope) or self._app)(scope, receive, with_headers)

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        if scope["method"] not in ("GET", "HEAD"):
            return PlainTextResponse("These pages only show.\n", 405, {"Allow": "GET, HEAD"})
        headers = Headers(scope=scope)
        if self._token is None:
            host = headers.get("host", "")
            if host.rpartition(":")[0] in OWN_NAMES or host in OWN_NAMES:
                return None
            return PlainTextResponse("Only names of this machine are answered.\n", 400)
        asked = scope["query_string"].decode("utf-8", "replace")
        given = dict(parse_qsl(asked)).get("token", "")
        if given and self._knows(given):
            # The token leaves the address, where a history or a log would keep it.
            answer = RedirectResponse(_without_token(scope["path"], asked), 303)
            answer.set_cookie(COOKIE, cookie_of(given), httponly=True, samesite="strict")
            return answer
        cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        known = cookie_of(self._token)
        if cookie is not None and hmac.compare_digest(cookie.value.encode(), known.encode()):
            return None
        return PlainTextResponse("Open the address that `playledger web` printed.\n", 401)

    def _knows(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), (self._token or "").encode())


def _without_token(path: str, asked: str) -> str:
    """The same address on this host, with all that was asked but the token."""
    # After `//` a browser reads the name of a host.
    address = f"/{quote(path.lstrip('/'))}"
    kept = "&".join(part for part in asked.split("&") if not dict(parse_qsl(part)).get("token"))
    return f"{address}?{kept}" if kept else address
