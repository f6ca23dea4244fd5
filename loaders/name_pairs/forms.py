"""A name in the forms that two spellings of it may share: to propose pairs, never to merge.

"Beyoncé & The Band, LLC" ──► read_name() ──► letters, words, the words that carry the name
"""

import re
import unicodedata
from dataclasses import dataclass

# Words that come and go with the typist, and words that a company has beside its name.
FORM = frozenset(("a", "the", "llc", "inc", "ltd", "limited", "co", "corp", "gmbh", "official"))
TRADE = FORM | {
    "agency", "entertainment", "group", "label", "management", "media", "mgmt", "music", "promo",
    "promotion", "promotions", "publishing", "record", "recordings", "records", "studio", "studios",
}  # fmt: skip
ACCENT = re.compile("[\u0300-\u036f\ufe00-\ufe0f\u20d0-\u20ff'’`´]")
SIGNS = re.compile("[^a-z0-9]+")
NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Name:
    """One name as it is compared.

    `letters` is all of it without blanks, `ordered` its sorted words, `core` those without articles
    and companies' forms, `stem` also without words of the trade; `numbers` are those in it.
    """

    letters: str
    ordered: str
    core: str
    stem: str
    words: frozenset[str]
    numbers: frozenset[str]

    @property
    def is_telling(self) -> bool:
        """Whether it has a letter: signs and numbers alone tell nothing."""
        return not self.letters.isdecimal() and bool(self.letters)


def read_name(text: str) -> Name:
    """The forms of a name, without case, accents, signs and pictures."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).lower())
    plain = unicodedata.normalize("NFC", ACCENT.sub("", plain)).replace("&", " and ")
    if plain.isascii():
        words = SIGNS.sub(" ", plain).split()
    else:
        words = "".join(each if _is_letter(each) else " " for each in plain).split()
    return Name(
        letters="".join(words),
        ordered=_joined(words),
        core=_joined([word for word in words if word not in FORM] or words),
        stem=_joined([word for word in words if word not in TRADE] or words),
        words=frozenset(words),
        numbers=frozenset(number for word in words for number in NUMBER.findall(word)),
    )


def _joined(words: list[str]) -> str:
    return " ".join(sorted(words))


def _is_letter(character: str) -> bool:
    """Letters, digits, and the vowel signs of scripts that write them as marks."""
    return character.isalnum() or unicodedata.category(character) in {"Mn", "Mc"}
