"""The playlists that a vendor claims for a song, and how they are typed.

lines, flaw, vendor ──► make_claims() ──► Claim ──► typed_claims() ──► the Playlists cell
"""

from dataclasses import dataclass
from random import Random

from sample.names import Names
from sample.seeded_random import spotify_id

PLAYLISTS_OF_VENDOR = (800, 150, 150, 100, 80, 60, 60, 50, 50)  # the first numbers of the pool
FIRST_OF_VENDOR = tuple(sum(PLAYLISTS_OF_VENDOR[:vendor]) for vendor in range(9))
LINKED_PLAYLISTS = 60
SHARE_NEW = 0.25
ENDINGS = {"blank at the end": " ", "U+00A0 at the end": "\u00a0"}
MARKS = {"glued mark": "[NEW]", "small mark": " [new]"}


@dataclass(frozen=True, slots=True)
class Claim:
    """One claimed playlist: the number of its name, or of the link that was pasted."""

    playlist: int | None
    link: int | None = None
    is_new: bool = False


def make_claims(lines: int, flaw: str, vendor: int, rng: Random) -> tuple[Claim, ...]:
    """Return the claims of one campaign; at least one where a flaw needs a line."""
    first, size = FIRST_OF_VENDOR[vendor], PLAYLISTS_OF_VENDOR[vendor]
    numbers = {
        first + int(size * rng.random() ** 2): None for _ in range(max(lines, 1 if flaw else 0))
    }
    claims = [Claim(number, is_new=rng.random() < SHARE_NEW) for number in numbers]
    if flaw in ("bare link", "listed link"):
        claims.append(Claim(None, link=int(LINKED_PLAYLISTS * rng.random() ** 2)))
    return tuple(claims)


def typed_claims(claims: tuple[Claim, ...], flaw: str, seed: int, names: Names) -> str:
    """Return the Playlists cell: one line for each claim, with the flaw."""
    if not claims:
        return ""
    lines = [_line(claim, flaw, seed, names) for claim in claims]
    if flaw in ENDINGS:
        lines[0] += ENDINGS[flaw]
    elif flaw == "quote in front":
        lines[0] = f"'{lines[0]}"
    elif flaw in MARKS:
        lines[0] = lines[0].removesuffix(" [NEW]") + MARKS[flaw]
    elif flaw == "blank line":
        lines.insert(1, "")
    elif flaw == "empty item":
        lines.append("- ")
    elif flaw == "line break at the end":
        lines.append("")
    return "\n".join(lines)


def _line(claim: Claim, flaw: str, seed: int, names: Names) -> str:
    if claim.playlist is not None:
        return f"- {names.playlist(claim.playlist)}{' [NEW]' if claim.is_new else ''}"
    playlist = spotify_id(seed, "linked playlist", claim.link)
    url = f"https://open.spotify.com/playlist/{playlist}?si={playlist[:8].lower()}/"
    return f"- {url}" if flaw == "listed link" else url
