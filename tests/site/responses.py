"""The answers of a site without faults: the shell of a page, scripts and styles, and JSON.

Route, settings ──► shell() ──► Response
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path

import orjson
from starlette.responses import HTMLResponse, Response

from tests.site.routes import Route

STATIC = Path(__file__).parent / "static"
SHELL = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>Spotify for Artists</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/static/site.css">
<script src="/static/site.js" defer></script></head>
<body><nav data-testid="app-chrome-navigation-empty-shell"></nav><main><h1></h1></main>
<script type="application/json" id="settings">{settings}</script></body></html>"""


def shell(route: Route, settings: Mapping[str, object]) -> Response:
    """Return a page as it is before its data."""
    script_settings = orjson.dumps(settings).decode().replace("<", "\\u003c")
    language = escape(route.language or "en")
    return HTMLResponse(SHELL.format(language=language, settings=script_settings))


def static(path: str) -> Response:
    """Return the script or the style of all pages, which the browser caches."""
    if path not in ("/static/site.js", "/static/site.css"):
        return Response("", 404)
    kind = "text/javascript" if path.endswith(".js") else "text/css"
    headers = {"cache-control": "public, max-age=86400, immutable"}
    return Response(_read_static(path), 200, headers, kind)


def json(content: object, status: int = 200) -> Response:
    """Return data, which the browser does not cache."""
    headers = {"cache-control": "no-store"}
    return Response(orjson.dumps(content), status, headers, "application/json")


@cache
def _read_static(path: str) -> bytes:
    files = sorted(STATIC.glob("*.js")) if path.endswith(".js") else [STATIC / "site.css"]
    return b"\n".join(file.read_bytes() for file in files)
