"""Chance that repeats: the same seed and words always give the same draw.

    seed, words ──► dice(), spotify_id(), Deck ──► one draw

Nothing here keeps a position, so any row can be made without the rows before it.
"""

from __future__ import annotations

import hashlib
import random
import string
from collections.abc import Mapping
from typing import Generic, TypeVar

Card = TypeVar("Card")

ALPHABET = string.digits + string.ascii_letters
BYTE_TO_CHARACTER = bytes(ord(ALPHABET[byte % len(ALPHABET)]) for byte in range(256))


def dice(*words: object) -> random.Random:
    """Return the generator that belongs to these words."""
    return random.Random(":".join(map(str, words)))  # noqa: S311


def spotify_id(*words: object) -> str:
    """Return the 22 letters and digits that belong to these words."""
    digest = hashlib.blake2b(":".join(map(str, words)).encode(), digest_size=22).digest()
    return digest.translate(BYTE_TO_CHARACTER).decode("ascii")


class Deck(Generic[Card]):
    """Cards in fixed numbers: any run of as many indexes as there are cards deals each card once.

    So a kind that real files hold once in 585 rows is sure to come in the first 585, whatever
    the seed, and as often in a million. Each turn starts elsewhere in the deck, by a step of its
    own, so that two decks do not pair the same cards for ever.
    """

    def __init__(self, seed: int, name: str, cards: Mapping[Card, int]) -> None:
        chance = dice(seed, "deck", name)
        self._cards = [card for card, number in cards.items() for _ in range(number)]
        chance.shuffle(self._cards)
        self._size = len(self._cards)
        self._step = chance.randrange(self._size)

    def __getitem__(self, index: int) -> Card:
        size = self._size
        return self._cards[(index + index // size * self._step) % size]
