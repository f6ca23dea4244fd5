"""The playlists that the Playlists cell of an export claims.

    cell ──► claims() ──► Claim(name, id of a linked playlist) ...
         ──► unread_lines() ──► what was not read of it

Vendors write lists by hand: with bullets or numbers, in Markdown, with links before or behind the
names. The model `int_playlist_lines` reads the same cells in SQL, and neither reading uses the
other. The rules are in docs/contract.md, 3.10.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from loaders.cell_rules import MANY, is_read, short_name, single_line
from loaders.link_rules import plain_links

BULLET = r"(?:[-–—•·▪▫◦●○■□‣⁃∙►▶→➜➤✅✔☑✓]\ufe0f?|[*+] ) ?(?:\[[ xX]?\] )?"
BULLETED = re.compile(rf"['\"]? ?{BULLET}")
CLAIM = re.compile(rf"[\"'“]|{BULLET}")
NUMBER = re.compile(r"['\"]? ?\(?([0-9]{1,3})[.)](?: |(?![0-9]))")
NUMBERED = re.compile(r"['\"]? ?\(?[0-9]{1,3}[.)] ?")
LINE_END = re.compile(r"[\r\n\v\u2028\u2029]+")
UNSEEN = " \u200b\u2060\ufeff"
BOLD = re.compile(r"\*\*([^ *](?:[^*]*[^ *])?)\*\*")
UNDERLINED = re.compile(r"(?<![0-9A-Za-z])__([^ _](?:[^_]*[^ _])?)__(?![0-9A-Za-z])")
PLAYLIST_LINK = re.compile(
    r" open\.spotify\.com/playlist[:/]+([0-9A-Za-z]{22})"
    r"(?=[^0-9A-Za-z]|[hH][tT][tT][pP][sS]?:/|$)"
    r"""(?:[/?#][^ )\]>"'“”’*,;|]*)?"""
)
OTHER_LINK = re.compile(r"(?: open\.spotify\.com/|https?://)[^ ]+")
BEHIND_LINK = re.compile(r"""^[\])>"'”’“‘]*[-–—:|=>→.,;/& ]*""")
BEFORE_LINK = re.compile(r"""[-–—:|=>→,;/& ]*["'“”‘’<(\[ ]*$""")
MARKDOWN = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])+)\] ?\( *$")
# One at a time: in a row of them Python would try each way to divide the blanks.
STATE = re.compile(
    r"(?: *[-–—:|]? ?[\[({] *(?:new|added|newly added|just added|re-?added|pending|confirmed|ok"
    r"|removed|removing(?: soon| shortly)?)[!?.]* *[\])}]"
    r"| [-–—] (?:added|pending|removed|removing(?: soon| shortly)?)) *$",
    re.A | re.I,
)
SIGNS = frozenset("-–—:|=>→.,;/&()<>\"'“”‘’*_!?+•· \\[]")


@dataclass(frozen=True, slots=True)
class Claim:
    """A claimed playlist: its name, or its address where only a link is given; and a link's id."""

    name: str
    spotify_playlist_id: str | None


def claimed_playlists(cell: str) -> set[str]:
    """Names of the playlists that a Playlists cell claims; a bare link is its own name."""
    return {claim.name for claim in claims(cell)}


def newly_claimed(cell: str, seen: set[str]) -> set[str]:
    """Names that a Playlists cell claims; none where all its lines were `seen`, which it adds to.

    A line with a number before it is read by its neighbours: it is looked at each time. Lines are
    parted at line feeds, and at what else may end one only where one is new: lists repeat theirs.
    """
    if not is_read("playlists", cell):
        return set()
    lines = cell.split("\n")
    if seen.issuperset(lines):
        return set()
    seen.update(line for line in lines if not _has_number(line))
    return claimed_playlists(cell)


def _has_number(text: str) -> bool:
    return any(_look_at(line)[1] is not None for line in LINE_END.split(text))


def claims(cell: str) -> list[Claim]:
    """The claims of a Playlists cell in their order."""
    return [claim for _, found, _ in _read_lines(cell) for claim in found]


def unread_lines(cell: str) -> list[str]:
    """The lines of a Playlists cell that name no playlist, or of which a part was not read."""
    return [line for line, _, is_whole in _read_lines(cell) if not is_whole]


def _read_lines(cell: str) -> Iterator[tuple[str, tuple[Claim, ...], bool]]:
    """Each line that holds more than a bullet, its claims, and whether all of it was read."""
    if not is_read("playlists", cell):
        return
    lines = [_look_at(line) for line in LINE_END.split(cell)]
    is_numbered = min((number for _, number in lines if number is not None), default=0) == 1
    for line, _ in lines:
        if line:
            yield line, *_read_line(line, is_numbered)


@lru_cache(MANY)
def _look_at(text: str) -> tuple[str, int | None]:
    """A line without what is not seen, empty if it is only a bullet; and the number before it.

    Lists repeat their lines, so each is looked at once.
    """
    line = single_line(text).strip(UNSEEN)
    found = NUMBER.match(line)
    return line if line.strip(" \"'“”*_•·–—-") else "", int(found[1]) if found else None


@lru_cache(MANY)
def _read_line(line: str, is_list_numbered: bool) -> tuple[tuple[Claim, ...], bool]:
    is_numbered = is_list_numbered and bool(NUMBER.match(line))
    text = (
        (NUMBERED if is_numbered else BULLETED).sub("", line, count=1)
        if (is_numbered or BULLETED.match(line))
        else line
    )
    text = plain_links(UNDERLINED.sub(r"\1", BOLD.sub(r"\1", text)))
    pieces = PLAYLIST_LINK.split(text)
    texts, ids = pieces[::2], pieces[1::2]
    if not ids:
        name = _name(text, is_behind=False, is_before=False)
        found = (Claim(name, None),) if name and (is_numbered or _is_claim(line)) else ()
        return found, bool(found) and not OTHER_LINK.search(text)
    names = [
        _name(each, is_behind=place > 0, is_before=place < len(ids))
        for place, each in enumerate(texts)
    ]
    own = names if names[0] else names[1:]
    found = tuple(
        Claim(name or f"https://open.spotify.com/playlist/{playlist}", playlist)
        for name, playlist in zip(own, ids, strict=False)
    )
    is_rest = names[0] and names[-1]
    return found, not is_rest and not any(map(OTHER_LINK.search, texts))


def _is_claim(line: str) -> bool:
    is_bold = re.match(r"(?:\*\*|__)[^ *_]", line) and not re.search(r":[*_]*$", line)
    return bool(CLAIM.match(line) or is_bold)


def _name(text: str, *, is_behind: bool, is_before: bool) -> str:
    """The name in a piece of a line; a piece beside a link loses what joins the two."""
    text = OTHER_LINK.sub("", text)
    text = BEHIND_LINK.sub("", text) if is_behind else text.lstrip(" ")
    if is_before:
        text = BEFORE_LINK.sub("", MARKDOWN.sub(r"\1", text, count=1), count=1)
    text = text.rstrip(" ")
    while state := STATE.search(text):
        text = text[: state.start()]
    if is_behind:
        text = re.sub(r"^\(([^()]*)\)$", r"\1", text)
    elif is_before:
        text = re.sub(r"^\(([^()]*)$", r"\1", text)
    is_name = not (is_behind or is_before) or set(text) - SIGNS
    return short_name(text) if is_name else ""
