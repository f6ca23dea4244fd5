"""Who may read the pages, and what a page may do: a token, host names, headers of every response.

    request ──► SecurityMiddleware ──► the application ──► headers

A page loads from its own host only, runs no inline script and is framed by no other. Without a
token only names of this machine are answered, so that no other site's page can read the ledger
(DNS rebinding).
"""

import hashlib
import hmac
from http.cookies import SimpleCookie
from urllib.parse import parse_qsl, quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCAL_NAMES = ("127.0.0.1", "localhost", "[::1]")
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
    """The value of the cookie that proves a token: its SHA-256 in hexadecimal digits."""
    return hashlib.sha256(token.encode()).hexdigest()


class SecurityMiddleware:
    """Refuses writes and strangers, and adds the headers to every response."""

    def __init__(self, app: ASGIApp, token: str | None) -> None:
        self._app, self._token = app, token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it with a sentence."""
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
            return PlainTextResponse("These pages are read-only.\n", 405, {"Allow": "GET, HEAD"})
        headers = Headers(scope=scope)
        if self._token is None:
            host = headers.get("host", "")
            if host.rpartition(":")[0] in LOCAL_NAMES or host in LOCAL_NAMES:
                return None
            return PlainTextResponse("Only local host names are served without a token.\n", 400)
        query = scope["query_string"].decode("utf-8", "replace")
        token = dict(parse_qsl(query)).get("token", "")
        if token and hmac.compare_digest(token.encode(), self._token.encode()):
            # Out of the address, which histories and logs keep.
            response = RedirectResponse(_without_token(scope["path"], query), 303)
            response.set_cookie(COOKIE, cookie_of(token), httponly=True, samesite="strict")
            return response
        cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        expected = cookie_of(self._token)
        if cookie is not None and hmac.compare_digest(cookie.value.encode(), expected.encode()):
            return None
        return PlainTextResponse("Open the address that `playledger web` printed.\n", 401)


def _without_token(path: str, query: str) -> str:
    """The same address on this host without the token."""
    # A browser reads `//name` as a host.
    address = f"/{quote(path.lstrip('/'))}"
    kept = "&".join(part for part in query.split("&") if not dict(parse_qsl(part)).get("token"))
    return f"{address}?{kept}" if kept else address
