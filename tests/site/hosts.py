"""The three hosts as ASGI applications: the site, its log-in, and one that nobody should reach.

request ──► session? ──► faults ──► latency ──► answer ──► log
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote

from starlette.requests import Request as Asked
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from tests.site import fault_responses, responses
from tests.site.api import data
from tests.site.behaviour import Behaviour
from tests.site.content import Content
from tests.site.fault_kinds import Fault
from tests.site.faults import Faults, HitBy
from tests.site.login_host import log_in, step
from tests.site.request_log import Request
from tests.site.routes import Visit, visit_of
from tests.site.sessions import COOKIE, Sessions, cookie_headers, read_cookies

SECOND_TRY = 0.3  # a browser asks again at once when a connection it kept open is closed
ENDINGS = {Fault.SESSION_REDIRECTED: "redirect", Fault.SESSION_IN_PLACE: "in place"}


@dataclass
class Hosts:
    """The state that the hosts of one simulated site share, and what each answers."""

    content: Content
    behaviour: Behaviour
    sessions: Sessions
    faults: Faults
    address: str = ""
    login_address: str = ""
    elsewhere: str = ""
    requests: list[Request] = field(default_factory=list)
    _closed: dict[str, float] = field(default_factory=dict)  # when a path got no answer

    async def site(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the site."""
        asked = Asked(scope)
        visit = visit_of(asked.url.path, asked.query_params)
        if visit.part == "static":
            await responses.static(visit.path)(scope, receive, send)
            return
        came, cookies = time.time(), read_cookies(asked.headers.get("cookie", ""))
        is_second_try = came - self._closed.get(str(asked.url), 0.0) < SECOND_TRY
        is_hit = self.sessions.accepts(cookies) and not is_second_try
        hits = self.faults.hitting(visit) if is_hit else []
        seconds = self.behaviour.latency.of(visit) + fault_responses.delay(hits)
        if seconds:
            await asyncio.sleep(seconds)
        is_closed = any(hit.kind == Fault.CONNECTION_CLOSED for hit in hits)
        if is_closed or is_second_try:
            if is_closed:
                self._closed[str(asked.url)] = time.time()
            self._note(asked, "site", came, None, visit)
            await fault_responses.close_connection(receive, send)
            return
        response = self._answer(asked, visit, cookies, hits)
        self._note(asked, "site", came, response.status_code, visit)
        await response(scope, receive, send)

    async def log_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the log-in host."""
        asked, came = Asked(scope, receive), time.time()
        form = dict(parse_qsl((await asked.body()).decode()))
        await asyncio.sleep(self.behaviour.latency.by_kind.get("log-in", 0.0))
        response = log_in(asked.url.path, asked.query_params, form, self.sessions, self.address)
        self._note(asked, "log-in", came, response.status_code)
        await response(scope, receive, send)

    async def nobody(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as a host that is not the site's, and take whatever is sent."""
        asked = Asked(scope)
        headers = {"access-control-allow-origin": "*", "access-control-allow-headers": "*"}
        self._note(asked, "elsewhere", time.time(), 200)
        await PlainTextResponse("another host", 200, headers)(scope, receive, send)

    def _answer(
        self, asked: Asked, visit: Visit, cookies: dict[str, str], hits: list[HitBy]
    ) -> Response:
        for hit in hits:
            if hit.kind in ENDINGS:
                self.sessions.end(ENDINGS[hit.kind])
        if self.sessions.accepts(cookies):
            self.sessions.count(visit.track_id)
        is_open = self.sessions.accepts(cookies)
        if is_open and visit.part == "data" and visit.of != "session":
            is_open = asked.headers.get("x-session") == self.sessions.token
        if not is_open:
            return self._without_session(asked, visit)
        failed = (fault_responses.failure(hit, visit, self.elsewhere) for hit in hits)
        response = next(filter(None, failed), None) or self._right_answer(visit, hits)
        if value := self.sessions.rotated():
            for header, cookie in cookie_headers(value):
                response.headers.append(header, cookie)
        return response

    def _right_answer(self, visit: Visit, hits: list[HitBy]) -> Response:
        if visit.of == "session":
            return responses.json({"token": self.sessions.token})
        if visit.part == "data":
            return data(
                visit,
                self.content,
                self.behaviour,
                fault_responses.quirks(hits),
                self._hides_hero(hits),
            )
        language = self.behaviour.language
        if language and not visit.language and visit.path.startswith("/c/"):
            return RedirectResponse(f"/c/{language}{visit.path.removeprefix('/c')}", 302)
        told = {
            "login": self.login_address,
            "rows": self.behaviour.rows,
            "heading": self.behaviour.heading,
        }
        return responses.shell(visit, {**told, **fault_responses.settings(hits)})

    def _without_session(self, asked: Asked, visit: Visit) -> Response:
        if visit.part == "data":
            return responses.json({"shown": self.sessions.shown}, 401)
        back = f"{self.address}{asked.url.path}"
        log_in_address = f"{self.login_address}?continue={quote(back, safe='')}"
        if self.sessions.shown == "in place":
            return step("/login", back, action=log_in_address)
        return RedirectResponse(log_in_address, 302)

    @staticmethod
    def _hides_hero(hits: list[HitBy]) -> bool:
        return any(hit.kind == Fault.HERO_MISSING for hit in hits)

    def _note(
        self, asked: Asked, host: str, came: float, status: int | None, visit: Visit | None = None
    ) -> None:
        path = asked.url.path + (f"?{asked.url.query}" if asked.url.query else "")
        cookies = read_cookies(asked.headers.get("cookie", ""))
        has_session = COOKIE in cookies or "x-session" in asked.headers
        port = asked.scope["server"][1]
        track_id = visit.track_id if visit else ""
        self.requests.append(
            Request(came, host, port, asked.method, path, status, has_session, track_id)
        )
