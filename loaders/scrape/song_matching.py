"""Which song on the roster is a campaign's: a score proposes, a person decides.

    artist and title as typed, songs of the roster ──► find_song() ──► Verdict

A song is sure only when nothing is left to decide: the same words in its title, the artist's whole
name or one of its parts, and no other song like it. What comes close goes to a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from loaders.scrape.name_normalisation import Title, artist_key, artist_names, normalise, read_title
from loaders.scrape.site import Song

# Of titles with one letter wrong, missing or too many, 997 in 1,000 score as much; of 450,000 pairs
# of titles of different songs none did, and at 80 the first. Lower only brings noise.
CLOSE = 85.0
OTHER_VERSION = 10.0  # taken from the score where one has "- Remix", or a word in brackets, more
OTHER_NUMBER = 20.0  # "Part 1" is not "Part 2", however alike
MOST_CANDIDATES = 5
SURE = 100.0


@dataclass(frozen=True, slots=True)
class Listed:
    """A song as the roster lists it, under the artist on whose page it stands."""

    song: Song
    artist: str
    title: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A song that may be a campaign's, with its score from `CLOSE` to 100."""

    listed: Listed
    score: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """The one song that is surely the campaign's, or candidates for a person, the best first."""

    sure: Listed | None
    candidates: tuple[Candidate, ...] = ()


def find_song(artist: str, title: str, listed: Iterable[Listed], *, is_whole: bool) -> Verdict:
    """The verdict on one campaign.

    `is_whole` says that `listed` has every song of every artist of that name: else another song
    with this title may be missing from it, and nothing is sure. The same track under two artists
    is one song, the first one's.
    """
    typed, names = read_title(title), artist_names(artist)
    if not typed.words:
        return Verdict(None)
    keys = {artist_key(name) for name in names}
    equal: dict[str, Listed] = {}
    near: dict[str, Candidate] = {}
    for each in listed:
        shown, track = read_title(each.title), each.song.track_id
        is_artist = artist_key(each.artist) in keys
        if is_artist and is_same(typed, shown):
            equal.setdefault(track, each)
        score = min(
            title_score(typed, shown), SURE if is_artist else artist_score(names, each.artist)
        )
        if score >= CLOSE and (track not in near or near[track].score < score):
            near[track] = Candidate(each, round(score, 1))
    if len(equal) == 1 and is_whole:
        return Verdict(sure=next(iter(equal.values())))
    best = sorted(near.values(), key=lambda each: _rank(each, typed, title, equal))
    return Verdict(None, tuple(best[:MOST_CANDIDATES]))


def is_same(typed: Title, shown: Title) -> bool:
    """Whether two titles have the same words, and no guests that contradict each other."""
    is_other_guest = typed.guests and shown.guests and not typed.guests & shown.guests
    return typed.words == shown.words and not is_other_guest


def title_score(typed: Title, shown: Title) -> float:
    """How alike two titles are, 0 to 100; 100 only for the same words."""
    if typed.words == shown.words:
        return SURE if is_same(typed, shown) else SURE - OTHER_VERSION
    score = fuzz.ratio(typed.core, shown.core)
    if typed.addition != shown.addition:
        # "Nigth Drive Remix" has no addition where "Night Drive - Remix" has one.
        score = max(score - OTHER_VERSION, fuzz.ratio(typed.words, shown.words))
    # The year of a remaster stands in its addition.
    is_numbered = _numbers(typed.core) != _numbers(shown.core)
    return max(0.0, score - (OTHER_NUMBER if is_numbered else 0.0))


def artist_score(names: list[str], shown: str) -> float:
    """How alike a name on the roster is to the nearest of these names, 0 to 100."""
    key = artist_key(shown)
    return max(_likeness(artist_key(name), key) for name in names)


def _likeness(typed: str, shown: str) -> float:
    if typed == shown:
        return SURE
    is_numbered = _numbers(typed) != _numbers(shown)
    return max(0.0, fuzz.ratio(typed, shown) - (OTHER_NUMBER if is_numbered else 0.0))


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _rank(
    candidate: Candidate, typed: Title, title: str, equal: dict[str, Listed]
) -> tuple[bool, float, bool, bool]:
    """Best first; among equals those with the same guests, then those written alike."""
    shown = candidate.listed.title
    return (
        candidate.listed.song.track_id not in equal,
        -candidate.score,
        read_title(shown).guests != typed.guests,
        normalise(shown) != normalise(title),
    )
