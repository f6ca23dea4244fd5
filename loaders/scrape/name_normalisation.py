"""Names of songs and artists, made comparable.

    "Night Drive - Remix (feat. Ada)" ──► parse_title() ──► Title("night drive remix", ...)
    "Ada & Bob feat. Cy" ──► artist_names() ──► the whole name, then its parts

Accents, quotes, dashes and case do not tell songs apart; every word does. A guest does not: some
people write "(feat. Ada)", others leave it out.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

LOOK_ALIKES = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´ʻʼ＇", "'"),
        **dict.fromkeys("“”„‟«»″＂", '"'),
        **dict.fromkeys("‐‑‒–—―−﹘－", "-"),
    }
)
ACCENTED_SCRIPTS = ("LATIN", "GREEK")  # a mark on any other letter makes it another letter
VERSION = re.compile(
    r"\b(remix\w*|mix|live|acoustic|sped ?up|slowed|reverb|remaster\w*|instrumental|edit|version"
    r"|vip|demo|cover|rework|bootleg|flip|dub|extended|radio|unplugged|karaoke|a ?cap\w+)\b"
)
# After "with" no guest follows here: "Dance (with Me)" is a title.
NO_GUEST = r"(?!(?:you|u|me|us|it|my|your|his|her|our|him|them|the|a|an|no|all|love|or)\b)"
GUEST_IN_BRACKETS = re.compile(
    rf"[(\[](?:(?:feat|ft)\b\.?|featuring\b|with\b {NO_GUEST})([^()\[\]]+)[)\]]"
)
# "6 ft Under" and "A Feat of Strength" have no guest; a guest ends where a bracket or dash begins.
BARE_GUEST = re.compile(
    r"(?<=\S) (?<!\d )(?:(?:feat|ft)\b\.?|featuring\b)(?! ?of\b) ?([^()\[\]]+?)(?= -|[(\[]|$)"
)
QUALIFIER = re.compile(r"[(\[][^()\[\]]*[)\]]| - .*")
DASH = re.compile(r"(?<=\S)-+|-+(?=\s|$)")  # not the sign of a number: "-5"
# Weaker from left to right: "Ada, Simon & Garfunkel feat. Cy" has the part "Simon & Garfunkel".
JOINERS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\s*[(\[]?\b(?:(?:feat|ft)\b\.?|featuring\b)\s*", r"\s*[,/、]\s*|\s+[x×]\s+",
        r"\s*&\s*|\s+and\s+",
    )
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Title:
    """A title in comparable form: `words` is all of it but its guests.

    `core` is `words` without the `qualifier`, which stands in brackets or after a dash.
    """

    words: str
    core: str
    qualifier: str
    guests: frozenset[str]


def normalise(text: str) -> str:
    """NFKC, lower case, no accents, one kind of quote and dash, single blanks.

    Accents are removed from Latin and Greek letters only: и is not й, か is not が.
    """
    plain = text.translate(LOOK_ALIKES)
    plain = unicodedata.normalize("NFKC", plain).translate(LOOK_ALIKES).casefold()
    plain = "".join(_without_accents(unicodedata.normalize("NFD", plain)))
    return " ".join(unicodedata.normalize("NFC", plain).split())


def parse_title(text: str) -> Title:
    """The comparable form of a song's title."""
    left, guests = normalise(text), []
    for pattern in (GUEST_IN_BRACKETS, BARE_GUEST):
        for found in list(pattern.finditer(left)):
            # "Night Drive feat. Ada Remix" names a version, which must not get lost.
            if not VERSION.search(found.group(1)) and left.replace(found.group(), "").strip():
                guests += _split(found.group(1), JOINERS)
                left = left.replace(found.group(), " ", 1)
    left = " ".join(left.split())
    words = _words(left) or left  # a title may be "-" or "()"
    core = _words(QUALIFIER.sub(" ", left))
    qualifier = _words(" ".join(QUALIFIER.findall(left))) if core else ""
    return Title(words, core or words, qualifier, frozenset(guests))


def artist_key(name: str) -> str:
    """Equal for all spellings of an artist's name; `&` and `and` are the same."""
    return re.sub(r"\s*&\s*", " and ", normalise(name)).strip("\"' ")


def artist_names(artist: str) -> list[str]:
    """The whole name as typed, then the names that it may join, by the order of JOINERS."""
    whole = " ".join(artist.split())
    names = {artist_key(whole): whole}
    for depth in range(1, len(JOINERS) + 1):
        for part in _split(unicodedata.normalize("NFKC", whole), JOINERS[:depth]):
            names.setdefault(artist_key(part), part)
    return list(names.values())


def _split(text: str, joiners: list[re.Pattern[str]]) -> list[str]:
    parts = [text]
    for joiner in joiners:
        parts = list(chain.from_iterable(map(joiner.split, parts)))
    return [part for part in (each.strip(" ()[]") for each in parts) if artist_key(part)]


def _without_accents(decomposed: str) -> Iterator[str]:
    """The characters but accents and invisible ones."""
    base = ""
    for character in decomposed:
        category = unicodedata.category(character)
        is_mark = category == "Mn"
        if is_mark and (base.startswith(ACCENTED_SCRIPTS) or character in "\ufe0e\ufe0f"):
            continue
        if category == "Cf":
            continue
        if not is_mark:
            base = unicodedata.name(character, "")
        yield character


def _words(text: str) -> str:
    plain = re.sub(r'[()\[\]"]', " ", text)
    plain = " ".join(DASH.sub(" ", plain).split())
    return plain[1:-1].strip() if re.fullmatch(r"'.*'", plain) else plain
