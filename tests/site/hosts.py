"""The three hosts as ASGI applications: the site, its log-in, and one that no request should reach.

request ──► session? ──► faults ──► latency ──► answer ──► log
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote

from starlette.requests import Request as HttpRequest
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from tests.site import fault_responses, responses
from tests.site.api import data_response
from tests.site.behaviour import Behaviour
from tests.site.content import Content
from tests.site.fault_kinds import Fault
from tests.site.faults import FaultHit, Faults
from tests.site.login_host import log_in, step
from tests.site.routes import Route, parse_route
from tests.site.sessions import COOKIE, Sessions, cookie_headers, read_cookies

RETRY_SECONDS = 0.3  # a browser retries at once when a connection that it kept open is closed
ENDINGS = {Fault.SESSION_REDIRECTED: "redirect", Fault.SESSION_IN_PLACE: "in place"}


@dataclass(frozen=True, slots=True)
class Request:
    """One request and how it was answered."""

    host: str  # site, log-in or other
    port: int
    method: str
    path: str  # with the query
    status: int | None  # none where the connection was closed
    has_session: bool  # whether it carried a session's cookie or token, valid or not
    track_id: str = ""


@dataclass
class Hosts:
    """The state that the hosts of a simulated site share, and their answers."""

    content: Content
    behaviour: Behaviour
    sessions: Sessions
    faults: Faults
    address: str = ""
    login_address: str = ""
    other_address: str = ""
    requests: list[Request] = field(default_factory=list)  # so far, but for scripts and styles
    _closed: dict[str, float] = field(default_factory=dict)  # when an address got no answer

    async def site(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the site."""
        request = HttpRequest(scope)
        route = parse_route(request.url.path, request.query_params)
        if route.kind == "static":
            await responses.static(route.path)(scope, receive, send)
            return
        came, cookies = time.monotonic(), read_cookies(request.headers.get("cookie", ""))
        is_retry = came - self._closed.get(str(request.url), -RETRY_SECONDS) < RETRY_SECONDS
        is_hit = self.sessions.accepts(cookies) and not is_retry
        hits = self.faults.hits_on(route) if is_hit else []
        seconds = self.behaviour.delay(route) + fault_responses.delay(hits)
        if seconds:
            await asyncio.sleep(seconds)
        is_closed = any(hit.kind == Fault.CONNECTION_CLOSED for hit in hits)
        if is_closed or is_retry:
            if is_closed:
                self._closed[str(request.url)] = time.monotonic()
            self._log(request, "site", None, route)
            await fault_responses.close_connection(receive, send)
            return
        response = self._answer(request, route, cookies, hits)
        self._log(request, "site", response.status_code, route)
        await response(scope, receive, send)

    async def log_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the log-in host."""
        request = HttpRequest(scope, receive)
        form = dict(parse_qsl((await request.body()).decode()))
        response = log_in(request.url.path, request.query_params, form, self.sessions, self.address)
        self._log(request, "log-in", response.status_code)
        await response(scope, receive, send)

    async def other(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as a host that is not the site's, and accept whatever is sent."""
        request = HttpRequest(scope)
        headers = {"access-control-allow-origin": "*", "access-control-allow-headers": "*"}
        self._log(request, "other", 200)
        await PlainTextResponse("another host", 200, headers)(scope, receive, send)

    def _answer(
        self, request: HttpRequest, route: Route, cookies: dict[str, str], hits: list[FaultHit]
    ) -> Response:
        for hit in hits:
            if hit.kind in ENDINGS:
                self.sessions.end(ENDINGS[hit.kind])
        if self.sessions.accepts(cookies):
            self.sessions.count(route.track_id)
        is_open = self.sessions.accepts(cookies)
        if is_open and route.kind == "data" and route.subject != "session":
            is_open = request.headers.get("x-session") == self.sessions.token
        if not is_open:
            return self._without_session(request, route)
        failed = (fault_responses.fault_response(hit, route, self.other_address) for hit in hits)
        response = next(filter(None, failed), None) or self._right_answer(route, hits)
        if value := self.sessions.rotated():
            for header, cookie in cookie_headers(value):
                response.headers.append(header, cookie)
        return response

    def _right_answer(self, route: Route, hits: list[FaultHit]) -> Response:
        if route.subject == "session":
            return responses.json({"token": self.sessions.token})
        if route.kind == "data":
            hides_hero = any(hit.kind == Fault.HERO_MISSING for hit in hits)
            quirks = fault_responses.quirks(hits)
            return data_response(route, self.content, self.behaviour, quirks, hides_hero)
        language = self.behaviour.language
        if language and not route.language and route.path.startswith("/c/"):
            return RedirectResponse(f"/c/{language}{route.path.removeprefix('/c')}", 302)
        settings = {
            "login": self.login_address,
            "rows": self.behaviour.rows,
            "heading": self.behaviour.heading,
        }
        return responses.shell(route, {**settings, **fault_responses.settings(hits)})

    def _without_session(self, request: HttpRequest, route: Route) -> Response:
        if route.kind == "data":
            return responses.json({"expiry": self.sessions.expiry}, 401)
        back = f"{self.address}{request.url.path}"
        log_in_address = f"{self.login_address}?continue={quote(back, safe='')}"
        if self.sessions.expiry == "in place":
            return step("/login", back, action=log_in_address)
        return RedirectResponse(log_in_address, 302)

    def _log(
        self, request: HttpRequest, host: str, status: int | None, route: Route | None = None
    ) -> None:
        path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        cookies = read_cookies(request.headers.get("cookie", ""))
        has_session = COOKIE in cookies or "x-session" in request.headers
        port = request.scope["server"][1]
        track_id = route.track_id if route else ""
        self.requests.append(
            Request(host, port, request.method, path, status, has_session, track_id)
        )
