"""Which song is a campaign's: examples of names as people type them and as the site shows them."""

from __future__ import annotations

import pytest

from loaders.scrape.name_normalisation import artist_key, artist_names, normalise, read_title
from loaders.scrape.site import Song
from loaders.scrape.song_matching import CLOSE, Listed, Verdict, find_song, title_score


def listed(*songs: str | tuple[str, str]) -> list[Listed]:
    """Songs of Ada, or of another artist; a track id is the place in the list."""
    pairs = [("Ada", song) if isinstance(song, str) else song for song in songs]
    return [
        Listed(Song("a" * 22, f"{place:022}"), artist, title)
        for place, (artist, title) in enumerate(pairs)
    ]


def find(artist: str, title: str, *songs: str | tuple[str, str], is_whole: bool = True) -> Verdict:
    return find_song(artist, title, listed(*songs), is_whole=is_whole)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("  Beyoncé\u00a0 NÚÑEZ\u202f", "beyonce nunez"),
        ("Don’t – “Stop”", 'don\'t - "stop"'),
        ("Don´t `Stop`", "don't 'stop'"),
        ("ＦＵＬＬ　ｗｉｄｔｈ", "full width"),
        ("Ελλάδα", "ελλαδα"),
        ("й и ё", "й и ё"),
        ("ガ カ", "ガ カ"),
        ("\u1100\u1161\u11bc", "강"),
        ("İstanbul Straße", "istanbul strasse"),
        ("zero\u200bwidth \u202aleft\u202c ⚡\ufe0f", "zerowidth left ⚡"),
        ("", ""),
    ],
)
def test_text_is_made_comparable(text, plain):
    assert normalise(text) == plain
    assert normalise(plain) == plain


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
def test_the_same_title_is_sure(typed, shown):
    verdict = find("ADA", typed, "Something Else", shown)
    assert verdict.sure is not None
    assert verdict.sure.title == shown
    assert verdict.candidates == ()
    assert find("Ada", shown, typed).sure


@pytest.mark.parametrize(("typed", "shown"), OTHER)
def test_another_title_is_not_sure(typed, shown):
    assert find("Ada", typed, shown).sure is None
    assert find("Ada", shown, typed).sure is None
    assert find("Ada", typed, shown, typed).sure.title == typed


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
def test_what_comes_close_goes_to_a_person(typed, shown, is_close):
    verdict = find("Ada", typed, shown)
    assert verdict.sure is None
    assert bool(verdict.candidates) == is_close
    score = title_score(read_title(typed), read_title(shown))
    assert (score >= CLOSE) == is_close
    assert score < 100


@pytest.mark.parametrize(
    ("artist", "names"),
    [
        ("Ada", ["Ada"]),
        ("Ada  Bob", ["Ada Bob"]),
        ("Ada, Bob", ["Ada, Bob", "Ada", "Bob"]),
        ("Ada，Bob", ["Ada，Bob", "Ada", "Bob"]),
        ("Ada & Bob", ["Ada & Bob", "Ada", "Bob"]),
        ("Ada and Bob", ["Ada and Bob", "Ada", "Bob"]),
        ("Ada x Bob X Cy", ["Ada x Bob X Cy", "Ada", "Bob", "Cy"]),
        ("Ada/Bob", ["Ada/Bob", "Ada", "Bob"]),
        ("Ada (feat. Bob)", ["Ada (feat. Bob)", "Ada", "Bob"]),
        ("Ada ft Bob", ["Ada ft Bob", "Ada", "Bob"]),
        (
            "Earth, Wind & Fire feat. Cy",
            ["Earth, Wind & Fire feat. Cy", "Earth, Wind & Fire", "Cy", "Earth", "Wind & Fire",
             "Wind", "Fire"],
        ),
        ("Lil Nas X", ["Lil Nas X"]),
        ("Loft Music", ["Loft Music"]),
        ("Andy Sandberg", ["Andy Sandberg"]),
        ("Alex Box", ["Alex Box"]),
        ("Ada, ", ["Ada,", "Ada"]),
        ("ヨルシカ、Ado", ["ヨルシカ、Ado", "ヨルシカ", "Ado"]),
    ],
)  # fmt: skip
def test_an_artist_is_the_whole_name_and_then_its_parts(artist, names):
    assert artist_names(artist) == names


def test_and_is_an_ampersand_in_an_artists_name():
    assert artist_key("Simon & Garfunkel") == artist_key("SIMON AND GARFUNKEL")
    assert artist_key("Andy") != artist_key("&y")


@pytest.mark.parametrize(
    ("artist", "shown", "is_sure"),
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
def test_the_artist_is_the_whole_name_or_one_of_its_parts(artist, shown, is_sure):
    assert bool(find(artist, "First", (shown, "First")).sure) == is_sure


def test_a_song_of_an_artist_called_alike_is_for_a_person():
    verdict = find("Night Driver", "First", ("Night Drivers", "First"))
    assert verdict.sure is None
    assert 85 < verdict.candidates[0].score < 100


def test_a_single_and_its_album_copy_are_for_a_person():
    verdict = find("Ada", "Night Drive", "Other", "Night Drive", "Night Drive")
    assert verdict.sure is None
    assert [each.listed.song.track_id[-1] for each in verdict.candidates] == ["1", "2"]
    assert [each.score for each in verdict.candidates] == [100, 100]


def test_of_equal_titles_the_one_with_the_same_guests_comes_first():
    songs = ("Night Drive", "Night Drive (feat. Bob)", "Night Drive - Remix")
    titles = [each.listed.title for each in find("Ada", "night drive ft. Bob", *songs).candidates]
    assert titles == ["Night Drive (feat. Bob)", "Night Drive", "Night Drive - Remix"]


def test_two_artists_of_one_name_with_one_such_song_between_them():
    twins = [
        Listed(Song(letter * 22, track * 22), "Twin", title)
        for letter, track, title in (("a", "1", "Left"), ("b", "2", "Right"))
    ]
    assert find_song("Twin", "Right", twins, is_whole=True).sure == twins[1]
    twins.append(Listed(Song("a" * 22, "3" * 22), "Twin", "Right"))
    assert find_song("Twin", "Right", twins, is_whole=True).sure is None


def test_a_track_on_the_pages_of_both_its_artists_is_one_song():
    shared = [Listed(Song(letter * 22, "1" * 22), name, "Duet") for letter, name in ("aA", "bB")]
    assert find_song("A & B", "Duet", shared, is_whole=True).sure == shared[0]


def test_nothing_is_sure_when_songs_may_be_missing():
    verdict = find("Ada", "First", "First", is_whole=False)
    assert verdict.sure is None
    assert [each.score for each in verdict.candidates] == [100]


def test_candidates_are_few_and_the_best_come_first():
    versions = [f"Night Drive (Remix {number})" for number in range(9)]
    verdict = find("Ada", "Night Drive", *versions, "Night Drives")
    assert verdict.sure is None
    assert [each.score for each in verdict.candidates] == [95.7, 90, 90, 90, 90]


def test_an_empty_title_is_no_song():
    assert find("Ada", " ", "First", "") == Verdict(None)
