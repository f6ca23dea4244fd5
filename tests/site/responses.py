"""The right answers in their outer form: the shell of a page, script and style, and JSON.

Visit, settings ──► shell() ──► Response
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path

import orjson
from starlette.responses import HTMLResponse, Response

from tests.site.routes import Visit

STATIC = Path(__file__).parent / "static"
SHELL = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>Spotify for Artists</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/static/site.css">
<script src="/static/site.js" defer></script></head>
<body><nav data-testid="app-chrome-navigation-empty-shell"></nav><main><h1></h1></main>
<script type="application/json" id="settings">{settings}</script></body></html>"""


def shell(visit: Visit, settings: Mapping[str, object]) -> Response:
    """Return a page before its data came."""
    told = orjson.dumps(settings).decode().replace("<", "\\u003c")
    return HTMLResponse(SHELL.format(language=escape(visit.language or "en"), settings=told))


def static(path: str) -> Response:
    """Return the script or the style of all pages, for the browser to keep."""
    if path not in ("/static/site.js", "/static/site.css"):
        return Response("", 404)
    kind = "text/javascript" if path.endswith(".js") else "text/css"
    headers = {"cache-control": "public, max-age=86400, immutable"}
    return Response(_script_or_style(path), 200, headers, kind)


def json(content: object, status: int = 200) -> Response:
    """Return data that is never kept by the browser."""
    headers = {"cache-control": "no-store"}
    return Response(orjson.dumps(content), status, headers, "application/json")


@cache
def _script_or_style(path: str) -> bytes:
    files = sorted(STATIC.glob("*.js")) if path.endswith(".js") else [STATIC / "site.css"]
    return b"\n".join(file.read_bytes() for file in files)
