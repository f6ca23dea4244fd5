"""What a page shows, as page_state.js reads it in the browser."""

import json
from functools import cache
from pathlib import Path
from typing import TypedDict

from loaders.scrape.selectors import NOTICES, SELECTORS

SCRIPTS = Path(__file__).parent


class Link(TypedDict):
    """A link's address and the texts inside it."""

    href: str
    texts: list[str]


class PageState(TypedDict, total=False):
    """One look at a page. `waitFor` adds `state` and `fingerprint`; `links` are of lists only."""

    state: str  # complete, unchanged, failed, incomplete or "no control"
    fingerprint: str  # equal for equal content; "none" for a window without playlists
    isShell: bool  # the page's data has not come yet
    textCount: int  # texts of the page itself, without its rows
    heading: str
    isLogin: bool
    isSong: bool
    notices: list[str]  # names in selectors.NOTICES
    chips: list[str]  # labels of the overview's, each of which selects a time window
    chosenChip: str | None
    hero: str | None  # like "Streams689,138"
    releaseDate: str | None
    window: str | None  # the drop-down's label
    hasTable: bool
    hasRows: bool
    tableTextLength: int
    showing: list[str] | None  # of "Showing 100 of 331"
    rows: list[list[list[str]]]  # row, cell, text node: a badge is a text node of its own
    hasSearch: bool
    links: list[Link]


@cache
def page_script() -> str:
    """The script that defines `ledgerPage` in a page: page_state.js and page_actions.js."""
    names = f"const SELECTORS = {json.dumps(SELECTORS)}; const NOTICES = {json.dumps(NOTICES)};"
    files = (SCRIPTS / name for name in ("page_state.js", "page_actions.js"))
    return f"(() => {{ {names}\n{''.join(file.read_text() for file in files)} }})();"
