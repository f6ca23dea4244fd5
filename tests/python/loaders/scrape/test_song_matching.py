"""Which song is a campaign's: examples of typed names and of names on the site."""

from __future__ import annotations

import pytest

from loaders.scrape.name_normalisation import parse_title
from loaders.scrape.site import Song
from loaders.scrape.song_matching import MIN_SCORE, RosterSong, SongMatch, match_song, title_score


def roster_songs(*songs: str | tuple[str, str]) -> list[RosterSong]:
    """Songs of Ada, or of another artist; a track id is the place in the list."""
    pairs = [("Ada", song) if isinstance(song, str) else song for song in songs]
    return [
        RosterSong(Song("a" * 22, f"{place:022}"), artist, title)
        for place, (artist, title) in enumerate(pairs)
    ]


def find(
    artist: str, title: str, *songs: str | tuple[str, str], is_complete: bool = True
) -> SongMatch:
    return match_song(artist, title, roster_songs(*songs), is_complete=is_complete)


SAME = [
    ("Night Drive", "night  drive"),
    ("“Night Drive”", "Night Drive"),
    ("'Night Drive'", "Night Drive"),
    ("Night\u202fDrive", "Night Drive"),
    ("Niña", "NINA"),
    ("Night Drive - Remix", "Night Drive (Remix)"),
    ("Night Drive – Ada Remix", "Night Drive [Ada Remix]"),
    ("Night Drive", "Night Drive (feat. Bob)"),
    ("Night Drive ft. Bob & Cy", "Night Drive (with Bob)"),
    ("Night Drive featuring Bob", "Night Drive [ft Bob]"),
    ("Night Drive (feat. Bob) - Remix", "Night Drive - Remix"),
    ("Night Drive feat. Bob - Live", "Night Drive (Live)"),
    ("1999", "1999"),
    ("4:44", "4:44"),
    ("-", "–"),
    ("夜に駆ける", "夜に駆ける"),
    ("Ночь", "НОЧЬ"),
    ("Sped Up", "sped-up"),
]
OTHER = [
    ("Night Drive", "Night Drive - Remix"),
    ("Night Drive", "Night Drive (Ada Remix)"),
    ("Night Drive - Remix", "Night Drive (Ada Remix)"),
    ("Night Drive", "Night Drive (Live)"),
    ("Night Drive", "Night Drive - Acoustic"),
    ("Night Drive", "Night Drive (Sped Up)"),
    ("Night Drive (Sped Up)", "Night Drive (Slowed)"),
    ("Night Drive", "Night Drive - Remastered 2011"),
    ("Night Drive", "Night Drive (Instrumental)"),
    ("Night Drive", "Night Drive - Radio Edit"),
    ("Night Drive", "Night Drive feat. Bob Remix"),
    ("Night Drive", "Night Drive (feat. Bob) [Cy Remix]"),
    ("Night Drive (feat. Bob)", "Night Drive (feat. Cy)"),
    ("Dance", "Dance (with Me)"),
    ("Dance", "Dance (With the Lights On)"),
    ("6", "6 ft Under"),
    ("A", "A Feat of Strength"),
    ("5", "-5"),
    ("1", "1.1"),
    ("22", "2 2"),
    ("й", "и"),
    ("が", "か"),
    ("Hell", "He'll"),
    ("Part 1", "Part 2"),
    ("Satisfaction", "(I Can't Get No) Satisfaction"),
]


@pytest.mark.parametrize(("typed", "shown"), SAME)
def test_the_same_title_is_a_match(typed, shown):
    match = find("ADA", typed, "Something Else", shown)
    assert match.found is not None
    assert match.found.title == shown
    assert match.candidates == ()
    assert find("Ada", shown, typed).found


@pytest.mark.parametrize(("typed", "shown"), OTHER)
def test_another_title_is_no_match(typed, shown):
    assert find("Ada", typed, shown).found is None
    assert find("Ada", shown, typed).found is None
    assert find("Ada", typed, shown, typed).found.title == typed


@pytest.mark.parametrize(
    ("typed", "shown", "is_close"),
    [
        ("Nigth Drive", "Night Drive", True),
        ("Night Drives", "Night Drive", True),
        ("Dont Stop", "Don't Stop", True),
        ("Night Drive", "Night Drive - Remix", True),
        ("A", "A - Remix", True),
        ("Satisfaction", "(I Can't Get No) Satisfaction", True),
        ("Nigth Drive Remix", "Night Drive - Remix", True),
        ("Night Drive (feat. Bob)", "Night Drive (feat. Cy)", True),
        ("1999", "1999 - 2019 Remaster", True),
        ("Night Drive, Part 1", "Night Drive, Part 2", False),
        ("Take 01", "Take 02", False),
        ("1999", "1989", False),
        ("Night Drive", "Day Drive", False),
        ("Left", "Right", False),
        ("夜", "朝", False),
    ],
)
def test_a_close_title_is_a_candidate(typed, shown, is_close):
    match = find("Ada", typed, shown)
    assert match.found is None
    assert bool(match.candidates) == is_close
    score = title_score(parse_title(typed), parse_title(shown))
    assert (score >= MIN_SCORE) == is_close
    assert score < 100


@pytest.mark.parametrize(
    ("artist", "shown", "is_match"),
    [
        ("Beyonce Nunez", "Beyoncé Núñez", True),
        ("Ada & Bob", "Bob", True),
        ("Ada & Bob", "Ada and Bob", True),
        ("Ada feat. Bob", "Ada", True),
        ("Ada", "Ada & Bob", False),
        ("Ada", "Adam", False),
        ("Night Driver", "Night Drivers", False),
        ("Иван", "Iван", False),
    ],
)
def test_the_artist_is_the_whole_name_or_one_of_its_parts(artist, shown, is_match):
    assert bool(find(artist, "First", (shown, "First")).found) == is_match


def test_a_song_of_an_artist_with_a_similar_name_is_a_candidate():
    match = find("Night Driver", "First", ("Night Drivers", "First"))
    assert match.found is None
    assert 85 < match.candidates[0].score < 100


def test_a_single_and_its_album_copy_are_candidates():
    match = find("Ada", "Night Drive", "Other", "Night Drive", "Night Drive")
    assert match.found is None
    assert [each.found.song.track_id[-1] for each in match.candidates] == ["1", "2"]
    assert [each.score for each in match.candidates] == [100, 100]


def test_of_equal_titles_the_one_with_the_same_guests_comes_first():
    songs = ("Night Drive", "Night Drive (feat. Bob)", "Night Drive - Remix")
    titles = [each.found.title for each in find("Ada", "night drive ft. Bob", *songs).candidates]
    assert titles == ["Night Drive (feat. Bob)", "Night Drive", "Night Drive - Remix"]


def test_two_artists_of_one_name_with_one_such_song_between_them():
    twins = [
        RosterSong(Song(letter * 22, track * 22), "Twin", title)
        for letter, track, title in (("a", "1", "Left"), ("b", "2", "Right"))
    ]
    assert match_song("Twin", "Right", twins, is_complete=True).found == twins[1]
    twins.append(RosterSong(Song("a" * 22, "3" * 22), "Twin", "Right"))
    assert match_song("Twin", "Right", twins, is_complete=True).found is None


def test_a_track_on_the_pages_of_both_its_artists_is_one_song():
    shared = [
        RosterSong(Song(letter * 22, "1" * 22), name, "Duet") for letter, name in ("aA", "bB")
    ]
    assert match_song("A & B", "Duet", shared, is_complete=True).found == shared[0]


def test_nothing_matches_when_songs_may_be_missing():
    match = find("Ada", "First", "First", is_complete=False)
    assert match.found is None
    assert [each.score for each in match.candidates] == [100]


def test_candidates_are_few_and_the_best_come_first():
    versions = [f"Night Drive (Remix {number})" for number in range(9)]
    match = find("Ada", "Night Drive", *versions, "Night Drives")
    assert match.found is None
    assert [each.score for each in match.candidates] == [95.7, 90, 90, 90, 90]


def test_an_empty_title_matches_nothing():
    assert find("Ada", " ", "First", "") == SongMatch(None)


@pytest.mark.parametrize(
    ("songs", "is_complete", "message"),
    [
        (["Night Drive"], True, f"matched (track {'0' * 22} of Ada: same artist and title)"),
        (["Night Drive"], False, "for review (not all songs were read)"),
        (["Night Drive", "Night Drive"], True, "for review (2 songs have this title)"),
        (["Night Drives"], True, "for review (closest is Ada - Night Drives, score 95.7)"),
        (["Left"], True, "no match (no song scores 85)"),
    ],
)
def test_each_decision_is_logged_with_its_reason(caplog, songs, is_complete, message):
    with caplog.at_level("DEBUG", "loaders.scrape"):
        find("Ada", "Night Drive", *songs, is_complete=is_complete)
    assert caplog.messages == [f"Ada - Night Drive: {message}"]
