"""Ways to answer a search, the quickest first: a way that leaves it open is followed by the next.

    Search, placeholders of words, the one that few rows match ──► ways_of() ──► Way ...

Looking for all that match each word is right, and slow where one word matches most of a long table.
So one word leads to few rows of which the others are tried one by one; or what has all words in
one text is already more than a person turns pages of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playledger.web.search import Condition, Search

COUNTED = 10_000  # what is counted and can be turned to; beyond it a list is to be narrowed
FEW = 2_500  # keys whose rows are tried one by one
GUESSED_FEW = 5_000  # PostgreSQL guesses high for the beginnings of rare words
TOGETHER = "together"  # the placeholder of all words at once


@dataclass(frozen=True, slots=True)
class Way:
    """Conditions that find rows. More than `enough` are too many to count; fewer are all that there
    are, unless it `is_part` or a set of keys was cut.
    """

    conditions: list[Condition]
    enough: int
    is_part: bool = False

    @property
    def cut(self) -> str:
        """A condition: there may be more rows than these conditions find."""
        cut = [each for condition in self.conditions for each in condition.cut]
        return "true" if self.is_part else " or ".join(cut) or "false"


def ways_of(search: Search, guesses: dict[str, int]) -> Iterator[Way]:
    """The ways for words by their placeholders, each with how many rows it may match: that need not
    be right, since the last way is sure.
    """
    enough = min(search.enough or COUNTED, COUNTED)
    rarest = min(guesses, key=guesses.__getitem__)
    if len(guesses) > 1 and guesses[rarest] < GUESSED_FEW:
        few = Way([search.found(rarest, FEW)], enough)
        is_few = Condition(f"not ({few.cut})")
        yield Way([*few.conditions, is_few, search.walked(TOGETHER)], enough)
    if len(guesses) > 1 and not search.own:
        yield Way([search.found(TOGETHER, enough + 1)], enough, is_part=True)
    else:
        yield Way([search.found(word, enough + 1) for word in guesses], enough)
    yield Way([search.found(word, None) for word in guesses], enough)
