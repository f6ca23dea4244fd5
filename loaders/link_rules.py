"""What a cell with a link says: a Spotify track, a page on Spotify for Artists, or what is amiss.

    cell of an export ──► url_kind(), track_id(), sfa_ids(), link_doubt()

People type links in many ways: with a label, in Markdown, in capitals, two in one cell. The models
read the same cells in SQL (macros/parse/spotify_links.sql) and neither reading uses the other. The
rules are in docs/contract.md, 3.8.
"""

import re
from functools import lru_cache

from loaders.cell_rules import MANY, single_line

INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff]+"
)
BLANK_BEHIND_SLASH = re.compile("/ +(?!http)", re.A | re.I)
# Not inside the address of another site; at times a letter of `https://` is lost.
START = (
    r"(?:(?<![/?=&%@#\\])https?:/+"
    r"|(?<![0-9a-z@/?=&%._#\\+~-])(?:(?<!:)(?:h?t{1,3}ps?:?)?/+)?)(?:www\.)?"
)
ADDRESS = re.compile(
    START + r"(?:(?:open|play|embed)\.)?spotify\.com/+"
    r"(?:(?:intl-[a-z-]+|[a-z]{2}(?:-[a-z]{2})?|embed(?:-podcast)?|user/[^/ ]+)/+)*"
    r"|(?<![0-9a-z])spotify:/*(?:user[:/][^:/ ]+[:/])?(?=(?:track|album|artist|playlist)[:/])",
    re.A | re.I,
)
TARGET = re.compile(
    r"(track|album|artist|playlist)[:/]+([0-9A-Za-z]{22})(?=[^0-9A-Za-z]|[hH][tT][tT][pP][sS]?:/|$)"
)
SONG_PAGE = re.compile(
    START + r"artists\.spotify\.com/+c/+(?:[a-z]{2}(?:-[a-z]{2,4})?/+)?"
    r"artist/+([0-9a-z]{22})/+song/+([0-9a-z]{22})(?![0-9a-z])",
    re.A | re.I,
)
SHORT_LINK = re.compile(
    r"(?:spotify\.link|spoti\.fi|spotify\.app\.link|link\.tospotify\.com)/", re.A | re.I
)
NAMES_SPOTIFY = re.compile(
    r"(?:^|[^/])(?://[^/ ]*)?spotif[^/ ]*[./:][^ ]|/track/[0-9a-z]{15}", re.A | re.I
)
ANY_LINK = re.compile(r"[^ -/:-@\[-`{-~]\.[^ -@\[-`{-~]{2}")
PLACE = re.compile(
    r"""(?<![=/])(?: open\.spotify\.com/|https?:/+)[^ ()\[\]<>"',;|?#*]+""", re.A | re.I
)


def url_kind(cell: str) -> str:
    """What a link points at: track, album, artist, playlist, other or none."""
    found = _spotify_link(cell)
    return found[0] if found else "other" if single_line(cell) else "none"


def track_id(cell: str) -> str | None:
    """The 22 characters of the first track that a cell links to; None without one."""
    found = _spotify_link(cell)
    return found[1] if found and found[0] == "track" else None


@lru_cache(MANY)
def sfa_ids(cell: str) -> tuple[str, str] | None:
    """(artist id, track id) of the first song's page on Spotify for Artists; None for all else."""
    page = SONG_PAGE.search(_typed_link(cell))
    return (page[1], page[2]) if page else None


def link_doubt(cell: str) -> str | None:
    """Why a person should look at a URL cell, a reason of `seeds/issue_reasons.csv`."""
    text = _typed_link(cell)
    if not single_line(cell):
        return None
    if not _spotify_link(cell):
        if sfa_ids(cell):
            return "sfa_url_as_link"
        if SHORT_LINK.search(text):
            return "short_link"
        if NAMES_SPOTIFY.search(text):
            return "link_unread"
        if not ANY_LINK.search(single_line(cell)):
            return "not_a_link"
    places = PLACE.findall(plain_links(text))
    return "second_link" if len({_same_place(place) for place in places}) > 1 else None


def plain_links(text: str) -> str:
    """The text with ` open.spotify.com/` in front of each of Spotify's kinds that it links to."""
    return ADDRESS.sub(" open.spotify.com/", text)


@lru_cache(MANY)
def _spotify_link(cell: str) -> tuple[str, str] | None:
    """(kind, id) of the first track, else of the first other thing on Spotify."""
    text = _typed_link(cell)
    targets = (TARGET.match(text, address.end()) for address in ADDRESS.finditer(text))
    found = [(target[1], target[2]) for target in targets if target]
    tracks = (link for link in found if link[0] == "track")
    return next(tracks, found[0] if found else None)


def _typed_link(cell: str) -> str:
    text = INVISIBLE.sub("", single_line(cell))
    text = re.sub("%3[aA]", ":", re.sub("%2[fF]", "/", text))
    return BLANK_BEHIND_SLASH.sub("/", text)


def _same_place(address: str) -> str:
    return address.replace(":", "/").rstrip("./")
