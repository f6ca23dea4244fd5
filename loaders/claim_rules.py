"""The playlists that the Playlists cell of an export claims.

    cell ──► claims() ──► Claim(name, id of a linked playlist) ...

Vendors write lists by hand: with bullets or numbers, in Markdown, with links before or behind the
names. The model `int_playlist_lines` reads the same cells in SQL, and neither reading uses the
other. The rules are in docs/contract.md, 3.10.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from loaders.cell_rules import MANY, single_line
from loaders.link_rules import plain_links

BULLET = r"(?:[-–—•·▪▫◦●○■□‣⁃∙►▶→➜➤✅✔☑✓]\ufe0f?|[*+] ) ?(?:\[[ xX]?\] )?"
BULLETED = re.compile(rf"['\"]? ?{BULLET}")
CLAIM = re.compile(rf"[\"'“]|{BULLET}")
NUMBER = re.compile(r"['\"]? ?\(?([0-9]{1,3})[.)](?: |(?![0-9]))")
NUMBERED = re.compile(r"['\"]? ?\(?[0-9]{1,3}[.)] ?")
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
STATES = (
    r"(?: *[-–—:|]? ?[\[({] *(?:new|added|newly added|just added|re-?added|pending|confirmed|ok"
    r"|removed|removing(?: soon| shortly)?)[!?.]* *[\])}]"
    r"| [-–—] (?:added|pending|removed|removing(?: soon| shortly)?)) *"
)
STATE = re.compile(rf"(?:{STATES})+$", re.A | re.I)
SIGNS = frozenset("-–—:|=>→.,;/&()<>\"'“”‘’*_!?+•· \\[]")


@dataclass(frozen=True, slots=True)
class Claim:
    """A claimed playlist: its name, or its address where only a link is given; and a link's id."""

    name: str
    spotify_playlist_id: str | None


def claimed_playlists(cell: str) -> set[str]:
    """Names of the playlists that a Playlists cell claims; a bare link is its own name."""
    return {claim.name for claim in claims(cell)}


def claims(cell: str) -> list[Claim]:
    """The claims of a Playlists cell in their order."""
    lines = [single_line(line).strip(UNSEEN) for line in re.split(r"[\r\n\v\u2028\u2029]+", cell)]
    numbers = [int(found[1]) for line in lines if (found := NUMBER.match(line))]
    is_numbered = min(numbers, default=0) == 1
    return [claim for line in lines for claim in _line_claims(line, is_numbered)]


@lru_cache(MANY)
def _line_claims(line: str, is_list_numbered: bool) -> tuple[Claim, ...]:
    if not line.strip(" \"'“”*_•·–—-"):
        return ()
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
        return (Claim(name, None),) if name and (is_numbered or _is_claim(line)) else ()
    names = [
        _name(each, is_behind=place > 0, is_before=place < len(ids))
        for place, each in enumerate(texts)
    ]
    own = names if names[0] else names[1:]
    return tuple(
        Claim(name or f"https://open.spotify.com/playlist/{found}", found)
        for name, found in zip(own, ids, strict=False)
    )


def _is_claim(line: str) -> bool:
    is_bold = re.match(r"(?:\*\*|__)[^ *_]", line) and not re.search(r":[*_]*$", line)
    return bool(CLAIM.match(line) or is_bold)


def _name(text: str, *, is_behind: bool, is_before: bool) -> str:
    """The name in a piece of a line; a piece beside a link loses what joins the two."""
    text = OTHER_LINK.sub("", text)
    text = BEHIND_LINK.sub("", text) if is_behind else text.lstrip(" ")
    if is_before:
        text = BEFORE_LINK.sub("", MARKDOWN.sub(r"\1", text, count=1), count=1)
    text = STATE.sub("", text.rstrip(" "), count=1)
    if is_behind:
        text = re.sub(r"^\(([^()]*)\)$", r"\1", text)
    elif is_before:
        text = re.sub(r"^\(([^()]*)$", r"\1", text)
    is_name = not (is_behind or is_before) or set(text) - SIGNS
    return single_line(text) if is_name else ""
