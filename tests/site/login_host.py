"""The log-in host: a name, a password, a code, and back to the site.

    /login?continue= ──► /login/password ──► /login/code ──► the site, with a session's cookies

Any name and password log in; the code is 123456.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from starlette.responses import HTMLResponse, RedirectResponse, Response

from tests.site.responses import static
from tests.site.sessions import Sessions, cookie_headers

CODE = "123456"
FIELDS = {  # step: heading, its field, the field's type, what the button says, the next step
    "/login": (
        "Welcome back", 'id="username" data-testid="login-username"', "username", "text",
        "Continue", "/login/password",
    ),
    "/login/password": (
        "Enter your password", 'id="password" data-testid="login-password"', "password",
        "password", "Log in", "/login/code",
    ),
    "/login/code": (
        "Enter the 6-digit code", 'id="code" autocomplete="one-time-code" inputmode="numeric"',
        "code", "text", "Log in", "/login/done",
    ),
}  # fmt: skip
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Log in - Spotify</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/static/site.css"></head>
<body><main><h1>{heading}</h1>{error}<form method="post" action="{action}">
<input type="hidden" name="continue" value="{back}"><input {field} name="{name}" type="{kind}">
<button data-testid="login-button">{button}</button></form></main></body></html>"""


def log_in(
    path: str, query: Mapping[str, str], form: Mapping[str, str], sessions: Sessions, site: str
) -> Response:
    """Return the answer of the log-in host."""
    if path.startswith("/static/"):
        return static(path)
    back = form.get("continue") or query.get("continue") or f"{site}/c/roster"
    if not back.startswith(f"{site}/"):  # no open redirect
        back = f"{site}/c/roster"
    if path == "/login" and "username" in form:  # the form in place of a page of the site
        path = "/login/password"
    if path in FIELDS:
        return step(path, back)
    if path != "/login/done":
        return HTMLResponse("<!doctype html><h1>Not found</h1>", 404)
    if form.get("code") != CODE:
        return step("/login/code", back, '<p role="alert">That code is not right</p>')
    response = RedirectResponse(back, 303)
    for header, value in cookie_headers(sessions.open()):
        response.headers.append(header, value)
    return response


def step(path: str, back: str, error: str = "", action: str = "") -> Response:
    """Return one page of the log-in; `action` is its form's target on another host."""
    *form, next_step = FIELDS[path]
    shown = dict(zip(("heading", "field", "name", "kind", "button"), form, strict=True))
    return HTMLResponse(
        PAGE.format(**shown, error=error, action=action or next_step, back=escape(back))
    )
