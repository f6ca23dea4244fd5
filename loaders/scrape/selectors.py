"""What is where on SFA's pages: the one place to mend when the site changes.

Each name has the selector first tried and its fallbacks. `page.js` uses them, and a page on which
none finds anything although it is not empty is reported as a changed page by the name used here.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

SELECTORS: dict[str, list[str]] = {
    "shell": ['nav[data-testid="app-chrome-navigation-empty-shell"]'],
    "heading": ["h1"],
    "login field": ['[data-testid="login-username"]', "#username", "#login-username"],
    "login button": ['[data-testid="login-button"]'],
    "chip": ['[data-encore-id="chipFilter"]', '[role="group"] button[aria-pressed]'],
    "hero streams": ['[data-testid="hero-stats-button-streams"]', '[data-testid*="hero-stats" i]'],
    "hero listeners": ['[data-testid="hero-stats-button-listeners"]'],
    "playlists tab": ['[data-testid="tab-playlists"]'],
    "window button": ['button[aria-haspopup="listbox"]', '[role="combobox"]'],
    "window option": ['[role="option"]', '[role="listbox"] li'],
    "playlist table": ['[data-testid="sort-table"]', "main table", "table"],
    "playlist row": ['[data-testid="sort-table-body-row"]', "table tbody tr"],
    "cell": ["td", '[role="cell"]', '[role="gridcell"]', ":scope > *"],
    "roster search": [
        'input[placeholder="Search your roster"]', 'input[type="search"]', '[role="searchbox"]',
    ],
    "artist link": ['a[href*="/artist/"][href$="/home"]', 'main a[href*="/artist/"]'],
    "song link": ['a[href*="/song/"]'],
}  # fmt: skip

NOTICES: dict[str, str] = {
    "not found": "We couldn't find that page",
    "went wrong": "Something went wrong",
    "no playlists": "No playlists yet",
    "log-in": "Welcome back",
}
BADGE = "Personalized"
NOT_SHOWN = ("—", "–", "-", "")


@cache
def page_script() -> str:
    """The script that looks at pages, with its selectors."""
    names = f"const SELECTORS = {json.dumps(SELECTORS)}; const NOTICES = {json.dumps(NOTICES)};"
    return f"(() => {{ {names}\n{Path(__file__).with_name('page_state.js').read_text()} }})();"
