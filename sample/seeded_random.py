"""Repeatable randomness: the same seed and words always give the same draw.

    seed, words ──► rng_for(), spotify_id(), Deck ──► one draw

There is no shared state, so any row can be generated without the rows before it.
"""

import hashlib
import random
import string
from collections.abc import Mapping
from typing import Generic, TypeVar

Card = TypeVar("Card")

ALPHABET = string.digits + string.ascii_letters
BYTE_TO_CHARACTER = bytes(ord(ALPHABET[byte % len(ALPHABET)]) for byte in range(256))


def rng_for(*words: object) -> random.Random:
    """Return the random generator seeded with these words."""
    return random.Random(":".join(map(str, words)))  # noqa: S311


def spotify_id(*words: object) -> str:
    """Return an id of 22 letters and digits, a hash of these words."""
    digest = hashlib.blake2b(":".join(map(str, words)).encode(), digest_size=22).digest()
    return digest.translate(BYTE_TO_CHARACTER).decode("ascii")


class Deck(Generic[Card]):
    """Values in fixed numbers, like a shuffled deck: each full pass deals every card once.

    A kind that real files hold once in 585 rows therefore occurs in the first 585 rows for every
    seed, and as often per row in a million. Each pass starts at another card, by a step that
    differs between decks, so that two decks do not pair the same cards again and again.
    """

    def __init__(self, seed: int, name: str, cards: Mapping[Card, int]) -> None:
        rng = rng_for(seed, "deck", name)
        self._cards = [card for card, number in cards.items() for _ in range(number)]
        rng.shuffle(self._cards)
        self._size = len(self._cards)
        self._step = rng.randrange(self._size)

    def __getitem__(self, index: int) -> Card:
        size = self._size
        return self._cards[(index + index // size * self._step) % size]
