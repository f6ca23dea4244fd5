"""Where things are on SFA's pages: the one file to change when the site changes.

Each name has its selectors in the order in which they are tried. A page that is not empty, and on
which none of them finds anything, is reported as a changed layout by the name used here.
"""

SELECTORS: dict[str, list[str]] = {
    "shell": ['nav[data-testid="app-chrome-navigation-empty-shell"]'],
    "heading": ["h1"],
    "login field": ['[data-testid="login-username"]', "#username", "#login-username"],
    "chip": ['[data-encore-id="chipFilter"]', '[role="group"] button[aria-pressed]'],
    "hero streams": ['[data-testid="hero-stats-button-streams"]', '[data-testid*="hero-stats" i]'],
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
}
BADGE = "Personalized"  # beside a playlist's name
NO_VALUE = ("—", "–", "-", "")
