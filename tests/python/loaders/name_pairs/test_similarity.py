"""Names that may be one: what is found alike, and that looking at fewer pairs finds the same."""

import random
import string

import pytest

from loaders.name_pairs.blocking import similar_pairs
from loaders.name_pairs.forms import read_name
from loaders.name_pairs.similarity import LOWEST, score_pairs


def score(one: str, two: str) -> int:
    return score_pairs([one, two]).get((0, 1), 0)


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("Beyoncé", "Beyonce", 100),
        ("BEYONCÉ", "  beyonce", 100),
        ("Night Drive 🚗", "NightDrive", 100),
        ("Techno Rave. 💊", "Techno Rave.💊", 100),
        ("Techno Rave. 💊", "Techno Rave", 100),
        ("Oak & Pine", "Oak and Pine", 100),
        ("Killin' It", "Killin It", 100),
        ("𝔇eathstep", "deathstep", 100),
        ("Ночь Драйв", "ночь-драйв", 100),
        ("Luna Vale", "Vale, Luna", 97),
        ("The Orchard", "Orchard", 95),
        ("Acme Records", "Acme Records LLC", 95),
        ("Warner", "Warner Music Group", 85),
        ("Luna", "Luna Music", 85),
        ("Zabodod", "Zabodod Bolaripalo", 75),
        ("Beach Club", "Beach Club 2025", 82),
        ("Soundtrack of the Horizon", "Soundtrack of the Horizon 5", 90),
        ("Top Songs 2018", "Top Songs 2019", 0),
        ("Luna", "Lena", 75),
        ("Mot", "Mot Lavi", 0),
        ("Sony Music", "Sony Classical", 0),
        ("Kopoar", "Potokom", 0),
        ("🔥🔥", "🥂", 0),
        ("2025 🔮", "2025", 0),
    ],
)
def test_how_alike_two_names_are(one, two, expected):
    assert score(one, two) == score(two, one) == expected


@pytest.mark.parametrize(
    ("one", "two"),
    [("Acme Recods", "Acme Records"), ("Havelaz Group", "Havleaz Group"), ("Avicci", "Avicii")],
)
def test_a_typo_costs_little(one, two):
    assert 80 <= score(one, two) < 97


def test_pairs_are_told_by_their_places_the_smaller_first():
    assert score_pairs(["Zoe", "x", "Oak Pine", "...", "Pine Oak", "zoé"]) == {
        (0, 5): 100,
        (2, 4): 97,
    }
    assert score_pairs([]) == score_pairs(["Zoe"]) == {}


def test_a_word_that_a_crowd_shares_contains_nobody():
    crowd = [f"bass {word}house" for word in string.ascii_lowercase]
    assert not any(0 in pair for pair in score_pairs(["bass", *crowd]))


def made_up(count: int) -> list[str]:
    dice = random.Random(1)  # noqa: S311
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    words = ["".join(dice.choices(syllables, k=dice.randint(2, 4))) for _ in range(count)]
    return [" ".join(dice.sample(words, dice.randint(1, 3))) for _ in range(count)]


def with_typo(name: str, dice: random.Random) -> str:
    place = dice.randrange(len(name))
    return name[:place] + dice.choice(["", "x", name[place] * 2]) + name[place + 1 :]


def test_among_many_names_the_near_ones_are_found_as_among_few():
    dice = random.Random(2)  # noqa: S311
    names = made_up(1_500)
    names += [with_typo(name, dice) for name in names[:300]]
    read = [read_name(name) for name in names]
    every = {(one, two): ratio for one, two, ratio in similar_pairs(read, LOWEST)}
    near = {pair for pair, ratio in every.items() if ratio >= 90}
    some = {tuple(sorted(found[:2])) for found in similar_pairs(read, LOWEST, most=10)}
    assert len(near) > 250
    assert len(near & some) >= 0.97 * len(near)
    assert some <= set(every)
