"""How alike names are: every pair worth a look, with a score to 100.

    names ──► score_pairs() ──► {(position, position): score}

The scorer is rapidfuzz's `ratio`, on the sorted words and on the letters alone: typos, accents,
blanks and word order cost little. `token_set_ratio` and `WRatio` give 90 and more to any name that
another contains (Warner, Warner Music Group); here the score depends on what the longer one has
more: 95 for an article or a company's form, 85 for words of the trade, 75 for others.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, islice

from loaders.name_pairs.blocking import similar_pairs
from loaders.name_pairs.forms import Name, read_name

LOWEST = 75  # pairs below it are not kept
SAME_LETTERS, SAME_WORDS, SAME_CORE, ONE_NUMBER, SAME_STEM, CONTAINED = 100, 97, 95, 90, 85, 75
SHORTEST = 4  # letters of a name that is worth finding inside another
CROWD = 20  # names that have one form or word in common; what more have tells nothing


def score_pairs(names: Sequence[str]) -> dict[tuple[int, int], int]:
    """Pairs of positions (the smaller first) whose names score `LOWEST` or more."""
    read = [read_name(name) for name in names]
    telling = [place for place, name in enumerate(read) if name.is_telling]
    compared = [read[place] for place in telling]
    found: dict[tuple[int, int], int] = {}
    for one, two, ratio in _proposed(compared):
        score = score_names(compared[one], compared[two], ratio)
        if score >= LOWEST:
            pair = (telling[one], telling[two]) if one < two else (telling[two], telling[one])
            found[pair] = max(score, found.get(pair, 0))
    return found


def score_names(one: Name, two: Name, ratio: int) -> int:
    """The score of two names that rapidfuzz gives `ratio`."""
    if one.letters == two.letters:
        return SAME_LETTERS
    if one.numbers != two.numbers and one.numbers and two.numbers:
        return 0  # Top Songs 2018 and Top Songs 2019 are two
    score = min(ratio, SAME_WORDS)
    if one.core == two.core:
        score = max(score, SAME_CORE)
    elif one.stem == two.stem:
        score = max(score, SAME_STEM)
    elif one.words < two.words or two.words < one.words:
        score = max(score, CONTAINED)
    return score if one.numbers == two.numbers else min(score, ONE_NUMBER)


def _proposed(names: list[Name]) -> Iterator[tuple[int, int, int]]:
    yield from similar_pairs(names, LOWEST)
    for form in ("letters", "ordered", "core", "stem"):
        yield from _sharing(names, form)
    yield from _contained(names)


def _sharing(names: list[Name], form: str) -> Iterator[tuple[int, int, int]]:
    """Pairs that have a whole form in common."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        places[getattr(name, form)].append(place)
    for same in places.values():
        for one, two in combinations(islice(same, CROWD), 2):
            yield one, two, 0


def _contained(names: list[Name]) -> Iterator[tuple[int, int, int]]:
    """Pairs of which one has all words of the other: found by its rarest word."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        for word in name.words:
            places[word].append(place)
    for place, name in enumerate(names):
        rarest = min((places[word] for word in name.words), key=len)
        if len(name.letters) >= SHORTEST and len(rarest) <= CROWD:
            for other in rarest:
                if name.words < names[other].words:
                    yield place, other, 0
