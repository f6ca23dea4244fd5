"""Which of many names are alike by rapidfuzz's ratio, in bounded memory.

    Name ... ──► similar_pairs() ──► (position, position, ratio) ...

Up to `ALL` names, each is compared with each. Beyond, a name is compared with its neighbours in
three sort orders (by its letters, by its letters backwards, by its sorted words) and with names
that share a rare word, so that time grows with the names and not with their square.
"""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from rapidfuzz import fuzz, process

from loaders.name_pairs.forms import Name

ALL = 3_000
LOWEST_OF_MANY = 85  # the more names, the more are half alike by chance
SLICE = 256  # names that are compared with all others at a time
NEIGHBOURS = 15
RARE = 20  # a word is rare when at most so many names have it

Pairs = Iterator[tuple[int, int, int]]  # position, position, ratio


def similar_pairs(names: list[Name], lowest: int, most: int = ALL) -> Pairs:
    """Pairs with a ratio of `lowest` (0 to 100) or more; some may come twice."""
    if len(names) < 2:
        return
    if len(names) <= most:
        yield from _all_pairs(names, lowest)
    else:
        yield from _neighbours(names, max(lowest, LOWEST_OF_MANY))


def _all_pairs(names: list[Name], lowest: int) -> Pairs:
    forms = [[name.ordered for name in names], [name.letters for name in names]]
    for start in range(0, len(names), SLICE):
        ratios = [
            process.cdist(
                form[start : start + SLICE],
                form[start:],
                scorer=fuzz.ratio,
                score_cutoff=lowest,
                dtype=np.uint8,
                workers=-1,
            )
            for form in forms
        ]
        best = np.triu(np.maximum(*ratios), 1)
        ones, twos = np.nonzero(best)
        yield from zip(
            (ones + start).tolist(), (twos + start).tolist(), best[ones, twos].tolist(), strict=True
        )


def _neighbours(names: list[Name], lowest: int) -> Pairs:
    letters = np.array([name.letters for name in names], object)
    ordered = np.array([name.ordered for name in names], object)
    backwards = np.array([name.letters[::-1] for name in names], object)
    for form in (letters, backwards, ordered):
        order = np.argsort(form, kind="stable")
        for step in range(1, NEIGHBOURS + 1):
            yield from _compare(form, order[:-step], order[step:], lowest)
    words, places = _rare_words(names)
    for step in range(1, RARE):
        same = words[:-step] == words[step:]
        yield from _compare(ordered, places[:-step][same], places[step:][same], lowest)


def _rare_words(names: list[Name]) -> tuple[np.ndarray, np.ndarray]:
    """(number of a rare word, position of a name that has it), as two arrays."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        for word in name.words:
            places[word].append(place)
    rare = [having for having in places.values() if 1 < len(having) <= RARE]
    numbers = np.repeat(np.arange(len(rare)), [len(having) for having in rare])
    return numbers, np.array([place for having in rare for place in having], int)


def _compare(form: np.ndarray, ones: np.ndarray, twos: np.ndarray, lowest: int) -> Pairs:
    if not len(ones):
        return
    ratios = process.cpdist(
        form[ones],
        form[twos],
        scorer=fuzz.ratio,
        score_cutoff=lowest,
        dtype=np.uint8,
        workers=-1,
    )
    (found,) = np.nonzero(ratios)
    yield from zip(ones[found].tolist(), twos[found].tolist(), ratios[found].tolist(), strict=True)
