"""Made-up names of every kind, each a function of its number.

    seed ──► Names ──► client(17), title(4), playlist(203), ...

Faker fills pools of bounded size once; a number selects and joins words from them. Two numbers
below the size of the pools never share a text key, so distinct names can be counted by number.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from faker import Faker

from sample.seeded_random import rng_for

LATIN = ("en_US", "fr_FR", "es_MX", "sv_SE", "pl_PL")
CJK = ("ja_JP", "ko_KR", "zh_CN")
CLIENTS_PER_ERA = 150
ODD_CLIENTS = {5: "NA", 6: "None", 7: "null"}  # names that a careless reader takes for null
COMMA_CLIENTS = (33, 77, 121)
CLIENT_TAILS = ("", "", "", "", " Records", " Music", " MGMT", " LLC", " Group")

GENRES = (
    "House", "Techno", "Trap", "Bass", "Indie", "Soul", "Gym", "Night Drive", "Lo-Fi", "Pop",
    "Hits", "Фонк", "人気の曲", "여름 노래", "Éxitos", "Música", "Phonk | Hard", "R&B", "Afro",
    "Chill",
)  # fmt: skip
PLAYLIST_TAILS = (
    "", "2025", "🔥", "Mix", "⚡️ 2025", "(Top 50)", "Bangers 💀", "- Workout", "🏋🏻‍♀️", "Vibes",
)  # fmt: skip
ALGORITHMIC = (
    "Radio", "Mixes", "Smart Shuffle", "Your DJ", "Discover Weekly", "Daylist", "Release Radar",
    "On Repeat", "Blend", "Repeat Rewind",
)  # fmt: skip
NAMED_LIKE_BADGE = 3  # the playlist of a curator whose own name ends in "Personalized"


def text_key(text: str) -> str:
    """Return the key by which two spellings are the same name (docs/contract.md section 3.1)."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).lower()


class Names:
    """The pools of one seed, and the names made from them."""

    def __init__(self, seed: int) -> None:
        latin = [_faker(locale, seed) for locale in LATIN]
        cjk = [_faker(locale, seed) for locale in CJK]
        self.firsts = _pool(seed, [fake.first_name for fake in latin], 500)
        self.lasts = _pool(seed, [fake.last_name for fake in latin], 500)
        self._cjk_firsts = _pool(seed, [fake.first_name for fake in cjk], 150)
        self._cjk_lasts = _pool(seed, [fake.last_name for fake in cjk], 150)
        self.words = [word for word in _pool(seed, [latin[0].word], 5000) if word.isascii()]
        self._titles = [
            word.capitalize() for word in _pool(seed, [fake.word for fake in latin], 2000)
        ]
        self.people = [first for first in self.firsts if first.isascii()][:18]
        self.client = lru_cache(maxsize=1024)(self._client)
        self.playlist = lru_cache(maxsize=4096)(self._playlist)
        self.vendors = [f"{self.lasts[-number]} {self.firsts[-number]}" for number in range(1, 10)]

    def _client(self, number: int) -> str:
        """Return a client's name; a few contain a comma, look like null, or are CJK."""
        if number in ODD_CLIENTS:
            return ODD_CLIENTS[number]
        if number % 50 == 49:
            return self._pair(self._cjk_firsts, self._cjk_lasts, number // 50)
        name = self._pair(self.firsts, self.lasts, number)
        if number % CLIENTS_PER_ERA in COMMA_CLIENTS:
            return f"{name}, Inc."
        return name + CLIENT_TAILS[number % len(CLIENT_TAILS)]

    def artist(self, number: int) -> str:
        """Return an artist's name; several numbers may share one."""
        if number % 40 == 0:
            return self._pair(self._cjk_lasts, self._cjk_firsts, number)
        first, last = self.firsts[number % len(self.firsts)], self.lasts[number % 397]
        return (f"{first} {last}", last.upper(), f"DJ {first}", f"{first} & {last}")[number % 4]

    def title(self, number: int) -> str:
        """Return a song's title: a different one for each number; below 0 it is a "(VIP)"."""
        text = self._pair(self._titles, self._titles, number)
        return f"{text} (VIP)" if number < 0 else text

    def _playlist(self, number: int) -> str:
        """Return the name of a playlist by a curator other than Spotify."""
        rest, tail = divmod(number * 7, len(PLAYLIST_TAILS))
        rest, genre = divmod(rest, len(GENRES))
        word = self._titles[(rest + genre * 31 + tail * 7) % len(self._titles)]
        if number == NAMED_LIKE_BADGE:
            return f"{word} Personalized"
        name = f"{word} {GENRES[genre]} {PLAYLIST_TAILS[tail]}".strip()
        return name.upper() if number % 6 == 0 else name

    def editorial(self, number: int) -> str:
        """Return the name of a playlist of Spotify's own that carries a badge."""
        return f"{self._titles[number * 3]} {GENRES[number % 7]}"

    def _pair(self, left: list[str], right: list[str], number: int) -> str:
        """Return the pair of this number: neighbours look unrelated, no pair occurs twice."""
        pairs = len(left) * len(right)
        first, second = divmod(number * 7_368_787 % pairs, len(right))  # a prime: visits all
        return f"{left[first]} {right[second]}"


def campaign_name(artist: str, title: str, style: str) -> str:
    """Return the campaign's name as people type it, in a style of `NAME_STYLE`."""
    return {
        "": f"{artist} - {title}",
        "no dash": f"{artist} {title}",
        "tab": f"{artist}\t- {title}",
        "en dash": f"{artist} – {title}",
        "no blank": f"{artist}- {title}",
        "U+00A0": f"{artist} -\u00a0{title}",
        "U+202F and curly": f"{artist} - “{title.replace(' ', chr(0x202F))}”",
        "quotes": f'{artist} - "{title}"',
        "two blanks": f"{artist}  - {title}",
        "blank in front": f" {artist} - {title}",
    }[style]


def _faker(locale: str, seed: int) -> Faker:
    fake = Faker(locale)
    fake.seed_instance(f"{seed}:{locale}")
    return fake


def _pool(seed: int, makers: list[Callable[[], str]], draws: int) -> list[str]:
    """Draw from each maker, keep one word without blanks for each text key, and shuffle."""
    drawn = (make() for make in makers for _ in range(draws))
    words = list({text_key(word): word for word in drawn if re.fullmatch(r"\w+", word)}.values())
    rng_for(seed, "pool", len(words)).shuffle(words)
    return words
