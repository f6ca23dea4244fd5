"""The requests that a site answered, for tests to look at.

every answer ──► Request
"""

from __future__ import annotations

from dataclasses import dataclass


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
