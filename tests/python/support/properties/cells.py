"""Small pools of cells, and the value expected of each: written by hand, without the macros.

    (column, cell) ──► expected_values() ──► {ledger column: value}, only of readable cells

The pools are small so that campaigns collide. Values are looked up by the text without regard to
blanks and case, so that a cell may be typed in another way.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal

from loaders.files.staging_schema import EXPORT_COLUMNS

MOMENT = "%m/%d/%Y %I:%M%p"
HEADERS = tuple(EXPORT_COLUMNS.values())
UNKNOWN_HEADERS = ("Email 2 (from Clients)", "SP Playlist Stuff")

TRACK, OTHER_TRACK = "1" * 22, "2" * 22
ARTIST, OTHER_ARTIST = "A" * 22, "B" * 22

NUMBERS = {
    "1000": 1000, "2000": 2000, "10,000": 10_000, "-20": -20, "1.5k": 1500, "many": None,
    "1.5": None,
}  # fmt: skip
PRICES = {
    "$1500.00": Decimal(1500), "$0.00": Decimal(0), "1,200.5": Decimal("1200.5"),
    "US$2 000": Decimal(2000),
}  # fmt: skip
DAYS = {"12/7/2025": date(2025, 12, 7), "1/2/2026": date(2026, 1, 2), "02/30/2025": None}
STATUSES = {
    "active": "active",
    "complete": "complete",
    "completed": "complete",
    "updated via api": "unknown",
}
STATES = {
    "paid": "paid",
    "n/a": "n_a",
    "half paid": "half_paid",
    "accepted": "accepted",
    "--": None,
}
CLIENTS = {
    "luna music": ["luna music"],
    "sol": ["sol"],
    "sol, luna music": ["sol", "luna music"],
    "luna music,sol ,luna music": ["luna music", "sol"],
    '"moon, inc.", sol': ["moon, inc.", "sol"],
    "moon, inc.": ["moon, inc."],  # typed with a full-width comma, which separates nothing
    ",": None,
}
EMAILS = {
    "a@luna.com": ["a@luna.com"],
    "a@luna.com, b@sol.org.": ["a@luna.com", "b@sol.org"],
    "b@sol.org;n/a": ["b@sol.org"],
    "n/a": None,
}
LINKS = {
    f"https://open.spotify.com/track/{TRACK}": ("track", TRACK),
    f"https://open.spotify.com/intl-de/track/{TRACK}?si=1": ("track", TRACK),
    f"https://open.spotify.com/track/{OTHER_TRACK}": ("track", OTHER_TRACK),
    f"https://open.spotify.com/album/{TRACK}": ("album", None),
    "https://soundcloud.com/luna/tide": ("other", None),
    "TBA": ("other", None),
}
PAGES = {
    f"https://artists.spotify.com/c/artist/{ARTIST}/song/{TRACK}/stats": (ARTIST, TRACK),
    f"https://artists.spotify.com/c/en/artist/{ARTIST}/song/{TRACK}?x=1": (ARTIST, TRACK),
    f"https://artists.spotify.com/c/artist/{OTHER_ARTIST}/song/{TRACK}": (OTHER_ARTIST, TRACK),
    f"https://artists.spotify.com/c/artist/{ARTIST}/song/{OTHER_TRACK}": (ARTIST, OTHER_TRACK),
}
FREE_TEXT = ("", "\u00a0", "Called.", "one\nline, \u201ctwo\u201d")

CORE = {
    "Campaign": (
        "Luna - Tide",
        "LUNA -\u00a0Tide ",
        "Tide - Luna",
        "Luna - Tide (Remix)",
        "Mira \u2013 Ash",
        "Mira\t\u2013 ash",
        "Ash, Mira",
        "Solo",
    ),
    "Client": (
        "",
        "Luna Music",
        "luna\u202fmusic",
        "Sol",
        "Sol, Luna Music",
        "Luna Music,Sol ,luna music",
        '"Moon, Inc.", Sol',
        "Moon\uff0c Inc.",
        ",",
    ),
    "Goal": ("", "1000", "2000", "10,000", "many"),
    "URL": ("", *LINKS),
    "Start Date": ("", *DAYS),
    "Vendor": ("", "Vend One", "VEND  ONE", "Vend Two", "Vend\u00a0\uff34wo", "N/A"),
    "SFA": ("", "checked", *PAGES, "soon"),
}
OTHERS = {
    "Salesperson": ("", "Ada", "Ada/Bo", "Bo & Ada", "/", "N/A"),
    "Remaining": ("", *NUMBERS),
    "Daily": ("", "1000", "-20", "many"),
    "Weekly": ("", "2000", "1.5"),
    "Sale price": ("", *PRICES, "free"),
    "Status": ("", "Active", "Complete", "completed", "Updated via API"),
    "Invoice": ("", "Paid", "N/A", "Half paid", "--"),
    "Paid Vendor?": ("", "checked", "yes", "maybe"),
    "Curator Status": ("", "Accepted", "--"),
    "Playlists": ("", "- Night Drive [NEW]\n- Dawn", "no list", " "),
    "Notify Vendor?": ("", "checked", "FALSE", "maybe"),
    "Ask For SFA": ("", "checked"),
    "Update Client": ("", "checked"),
    "Client Email": ("", "a@luna.com", "A@Luna.com, b@sol.org.", "b@sol.org;N/A", "N/A"),
    "Vendor Email": ("", "a@luna.com", "n/a"),
    "Notes": FREE_TEXT,
    "SP Vendor Updates": FREE_TEXT,
    "Spotify Campaign (from SP Vendor Updates)": FREE_TEXT,
    **dict.fromkeys(UNKNOWN_HEADERS, ("", "x", "y")),
}
POOLS = {**CORE, **OTHERS}
WHOLE_NUMBERS = {"Goal": "goal", "Remaining": "remaining", "Daily": "daily", "Weekly": "weekly"}
BOXES = {
    "Paid Vendor?": "is_vendor_paid",
    "Notify Vendor?": "is_notify_vendor",
    "Ask For SFA": "is_ask_for_sfa",
    "Update Client": "is_update_client",
}
FREE = {
    "Playlists": "playlists",
    "Notes": "notes",
    "SP Vendor Updates": "sp_vendor_updates",
    "Spotify Campaign (from SP Vendor Updates)": "spotify_campaign",
}


def fold(text: str) -> str:
    """Every run of white space to one blank, trimmed."""
    return " ".join(text.split())


def key(text: str) -> str:
    """The key of a text (docs/contract.md section 3.1)."""
    return fold(unicodedata.normalize("NFKC", text)).lower()


def page(artist: str, track: str) -> str:
    """The address of a song's page, in the ledger's form."""
    return f"https://artists.spotify.com/c/artist/{artist}/song/{track}/stats"


def expected_values(header: str, cell: str) -> dict[str, object]:
    """The values that a cell of a known column gives, by column of the ledger."""
    return {name: value for name, value in _read(header, cell).items() if value is not None}


def unreadable(header: str) -> list[str]:
    """The cells of a pool that are not empty and leave a column of the ledger empty."""
    return [
        cell
        for cell in POOLS.get(header, ())
        if cell.strip() and None in _read(header, cell).values()
    ]


def _read(header: str, cell: str) -> dict[str, object]:
    folded = fold(cell)
    if header in BOXES:
        return {BOXES[header]: _box(cell)}
    if header == "SFA":
        ids = PAGES.get(folded)
        found = {"sfa_url": page(*ids), "sfa_track_id": ids[1]} if ids else {}
        return {"is_sfa_received": True if ids else _box(cell), **found}
    if not folded:
        return {}
    if header in WHOLE_NUMBERS:
        return {WHOLE_NUMBERS[header]: NUMBERS[folded]}
    if header in FREE:
        return {FREE[header]: cell}
    match header:
        case "Campaign":
            parts = re.split(r" [-\u2013] ", folded, maxsplit=1)
            return {"name": folded, "artist_and_song": parts if parts[1:] else [None, folded]}
        case "Client":
            return {"clients": CLIENTS[key(cell)]}
        case "Salesperson":
            people = [fold(person) for person in re.split("[/&]", cell.replace("N/A", ""))]
            return {"salesperson": folded, "salespeople": [name for name in people if name] or None}
        case "URL":
            kind, track = LINKS[folded]
            return {"url": folded, "url_kind_and_track": (kind, track)}
        case "Sale price":
            return {"sale_price": PRICES.get(folded)}
        case "Start Date":
            return {"start_date": DAYS[folded]}
        case "Last Modified":
            return {"last_modified_at": datetime.strptime(cell, MOMENT).isoformat()}
        case "Status":
            return {"status": STATUSES[key(cell)]}
        case "Invoice":
            return {"invoice": STATES[key(cell)]}
        case "Curator Status":
            return {"curator_status": STATES[key(cell)]}
        case "Vendor":
            return {"vendor": key(cell) if key(cell) != "n/a" else None}
        case "Client Email":
            return {"client_emails": EMAILS[key(cell)]}
        case "Vendor Email":
            return {"vendor_email": ", ".join(EMAILS[key(cell)] or []) or None}
    raise ValueError(header)


def _box(cell: str) -> bool | None:
    return {"checked": True, "yes": True, "": False, "false": False}.get(key(cell))
