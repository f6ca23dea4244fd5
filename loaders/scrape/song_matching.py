"""Which song on the roster is a campaign's: a score proposes, a person decides.

    artist and title of a campaign, songs of the roster ──► match_song() ──► SongMatch

A match is certain only when nothing is left to decide: the same words in the title, the artist's
whole name or one of its parts, and no other such song. Close songs are candidates for a person.
"""

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from loaders.scrape.name_normalisation import (
    Title,
    artist_key,
    artist_names,
    normalise,
    parse_title,
)
from loaders.scrape.site import Song

logger = logging.getLogger(__name__)
# Of titles with one letter wrong, missing or too many, 997 in 1,000 score as much; of 450,000 pairs
# of titles of different songs none did, and at 80 the first. A lower limit only brings noise.
MIN_SCORE = 85.0
VERSION_PENALTY = 10.0  # where one has "- Remix", or a word in brackets, more
NUMBER_PENALTY = 20.0  # "Part 1" is not "Part 2", however similar
MAX_CANDIDATES = 5
EXACT = 100.0


@dataclass(frozen=True, slots=True)
class RosterSong:
    """A song on the roster: its ids, the artist on whose page it stands, and its title."""

    song: Song
    artist: str
    title: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A song that may be the campaign's, with its score from `MIN_SCORE` to 100."""

    found: RosterSong
    score: float


@dataclass(frozen=True, slots=True)
class SongMatch:
    """The song that is certainly the campaign's, or candidates for a person, the best first."""

    found: RosterSong | None
    candidates: tuple[Candidate, ...] = ()


def match_song(
    artist: str, title: str, songs: Iterable[RosterSong], *, is_complete: bool
) -> SongMatch:
    """Match one campaign.

    `is_complete` says that `songs` has every song of every artist of that name: otherwise another
    song with this title may be missing, and nothing is certain. The same track on the pages of two
    artists is one song, the first one's.
    """
    wanted, names = parse_title(title), artist_names(artist)
    if not wanted.words:
        return SongMatch(None)
    keys = {artist_key(name) for name in names}
    same: dict[str, RosterSong] = {}  # by track
    close: dict[str, Candidate] = {}
    for song in songs:
        shown, track = parse_title(song.title), song.song.track_id
        is_artist = artist_key(song.artist) in keys
        if is_artist and is_same_title(wanted, shown):
            same.setdefault(track, song)
        score = min(
            title_score(wanted, shown), EXACT if is_artist else artist_score(names, song.artist)
        )
        if score >= MIN_SCORE and (track not in close or close[track].score < score):
            close[track] = Candidate(song, round(score, 1))
    if len(same) == 1 and is_complete:
        match = SongMatch(next(iter(same.values())))
    else:
        best = sorted(close.values(), key=lambda each: _rank(each, wanted, title, same))
        match = SongMatch(None, tuple(best[:MAX_CANDIDATES]))
    _log_match(artist, title, match, len(same), is_complete)
    return match


def is_same_title(wanted: Title, shown: Title) -> bool:
    """Whether two titles have the same words, and no guests that contradict each other."""
    has_other_guests = wanted.guests and shown.guests and not wanted.guests & shown.guests
    return wanted.words == shown.words and not has_other_guests


def title_score(wanted: Title, shown: Title) -> float:
    """The similarity of two titles, 0 to 100; 100 only for the same words."""
    if wanted.words == shown.words:
        return EXACT if is_same_title(wanted, shown) else EXACT - VERSION_PENALTY
    score = fuzz.ratio(wanted.core, shown.core)
    if wanted.qualifier != shown.qualifier:
        # "Nigth Drive Remix" has no qualifier where "Night Drive - Remix" has one.
        score = max(score - VERSION_PENALTY, fuzz.ratio(wanted.words, shown.words))
    # The year of a remaster is in its qualifier.
    return _penalise_numbers(score, wanted.core, shown.core)


def artist_score(names: list[str], shown: str) -> float:
    """The similarity of a name on the roster to the closest of these names, 0 to 100."""
    key = artist_key(shown)
    keys = map(artist_key, names)
    return max(_penalise_numbers(fuzz.ratio(each, key), each, key) for each in keys)


def _penalise_numbers(score: float, wanted: str, shown: str) -> float:
    has_other_numbers = re.findall(r"\d+", wanted) != re.findall(r"\d+", shown)
    return max(0.0, score - (NUMBER_PENALTY if has_other_numbers else 0.0))


def _rank(
    candidate: Candidate, wanted: Title, title: str, same: dict[str, RosterSong]
) -> tuple[bool, float, bool, bool]:
    """Best first; among equals those with the same guests, then those spelled the same."""
    shown = candidate.found.title
    return (
        candidate.found.song.track_id not in same,
        -candidate.score,
        parse_title(shown).guests != wanted.guests,
        normalise(shown) != normalise(title),
    )


def _log_match(artist: str, title: str, match: SongMatch, same: int, is_complete: bool) -> None:
    if match.found:
        reason = f"track {match.found.song.track_id} of {match.found.artist}: same artist and title"
    elif same > 1:
        reason = f"{same} songs have this title"
    elif same:
        reason = "not all songs were read"
    elif match.candidates:
        best = match.candidates[0]
        reason = f"closest is {best.found.artist} - {best.found.title}, score {best.score:.1f}"
    else:
        reason = f"no song scores {MIN_SCORE:.0f}"
    outcome = "matched" if match.found else "for review" if match.candidates else "no match"
    logger.debug("%s - %s: %s (%s)", artist, title, outcome, reason)
