"""Sessions: their cookies and local storage item, and how they end.

    log-in ──► Sessions.open() ──► cookies ──► Sessions.accepts() until Sessions.end()

Cookies are rotated; older values stay valid until the session ends, since several browser contexts
start with the saved one.
"""

from __future__ import annotations

import json
import os
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Literal

COOKIE, OTHER_COOKIE = "sp_dc", "sp_key"
LOCAL_ITEM = "sfa:session"
COOKIE_SECONDS = 365 * 24 * 3600

Expiry = Literal["redirect", "in place"]


@dataclass
class Sessions:
    """The open sessions of one site."""

    rotates_after: int
    ends_at_song: int | None = None
    expiry: Expiry = "redirect"  # how a page shows that its session has ended
    token: str = field(default_factory=lambda: secrets.token_hex(16))
    requests: int = 0
    _values: set[str] = field(default_factory=set)
    _tracks: set[str] = field(default_factory=set)

    def open(self) -> str:
        """Return the cookie of a new session."""
        value = secrets.token_urlsafe(32)
        self._values.add(value)
        return value

    def end(self, expiry: Expiry | None = None) -> None:
        """End every session, to be shown by a redirect or in place."""
        self.expiry = expiry or self.expiry
        self.token = secrets.token_hex(16)
        self._values.clear()

    def accepts(self, cookies: Mapping[str, str]) -> bool:
        """Say whether these cookies are of an open session."""
        return cookies.get(COOKIE) in self._values

    def count(self, track_id: str) -> None:
        """Count a request with an open session; the nth song ends the session."""
        self.requests += 1
        if track_id and track_id not in self._tracks:
            self._tracks.add(track_id)
            if len(self._tracks) == self.ends_at_song:
                self.end()

    def rotated(self) -> str | None:
        """Return a new value for the cookie, at every nth request."""
        return None if self.requests % self.rotates_after else self.open()


def cookie_headers(value: str) -> list[tuple[str, str]]:
    """Return the headers that set a session's cookies."""
    session = f"{COOKIE}={value}; Path=/; Max-Age={COOKIE_SECONDS}; HttpOnly; SameSite=Lax"
    other = f"{OTHER_COOKIE}={value[:8]}; Path=/; Max-Age={COOKIE_SECONDS}; SameSite=Lax"
    return [("set-cookie", session), ("set-cookie", other)]


def read_cookies(header: str) -> dict[str, str]:
    """Return the cookies of a request."""
    return {name: morsel.value for name, morsel in SimpleCookie(header).items()}


def write_storage_state(path: Path, address: str, value: str, token: str) -> None:
    """Write the session as Playwright saves one, readable by its owner alone."""
    host = address.split("//")[1].split(":")[0]
    expires = int(time.time()) + COOKIE_SECONDS
    shared = {"domain": host, "path": "/", "expires": expires, "secure": False, "sameSite": "Lax"}
    state = {
        "cookies": [
            {"name": COOKIE, "value": value, "httpOnly": True, **shared},
            {"name": OTHER_COOKIE, "value": value[:8], "httpOnly": False, **shared},
        ],
        "origins": [{"origin": address, "localStorage": [{"name": LOCAL_ITEM, "value": token}]}],
    }
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(state, file)
