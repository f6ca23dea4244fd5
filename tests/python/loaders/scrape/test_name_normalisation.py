"""Names as people type them and as the site shows them, made comparable."""

import pytest

from loaders.scrape.name_normalisation import artist_key, artist_names, normalise


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
