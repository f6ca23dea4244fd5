"""The rules that read one cell by its text alone: keys, labels, links, ids, claims."""

import pytest

from loaders import cell_rules

TRACK, ARTIST = "1" * 22, "a" * 22
LINK = f"https://open.spotify.com/track/{TRACK}"
PAGE = f"https://artists.spotify.com/c/artist/{ARTIST}/song/{TRACK}/stats"


def test_keys_fold_blanks_forms_and_case():
    assert cell_rules.text_key("\u202fＡnna\u00a0\tRay ") == "anna ray"


@pytest.mark.parametrize(
    ("cell", "kind", "track"),
    [
        (LINK, "track", TRACK),
        (f" {LINK}?si=9 ", "track", TRACK),
        (f"https://open.spotify.com/intl-es/track/{TRACK}", "track", TRACK),
        (f"https://open.spotify.com/album/{TRACK}", "album", None),
        (f"{LINK}x", "other", None),
        ("TBA", "other", None),
        (" ", "none", None),
    ],
)
def test_only_a_track_link_names_a_track(cell, kind, track):
    assert (cell_rules.url_kind(cell), cell_rules.track_id(cell)) == (kind, track)


def test_an_sfa_link_must_be_the_sites_own():
    assert cell_rules.sfa_ids(f" {PAGE} ") == (ARTIST, TRACK)
    elsewhere = PAGE.replace("https://artists", "https://evil.example/artists")
    assert [cell_rules.sfa_ids(cell) for cell in (elsewhere, "checked")] == [None, None]


def test_claims_lose_dashes_marks_and_links():
    link = f"https://open.spotify.com/playlist/{TRACK}"
    cell = f"- Made Up [NEW]\n'- Night[new]\n{link}\n- {link}?si=1\n\n- \n-ish"
    assert cell_rules.claimed_playlists(cell) == {"Made Up", "Night", link, "ish"}


@pytest.mark.parametrize(
    ("name", "made_by", "shown"),
    [
        ("Dubstep DonPersonalized", "Spotify", "Dubstep Don"),
        ("Dubstep DonPersonalized", "Somebody", "Dubstep DonPersonalized"),
        ("Personalized", "Spotify", "Personalized"),
    ],
)
def test_a_badge_is_taken_off_the_names_of_spotifys_own_playlists(name, made_by, shown):
    assert cell_rules.without_badge(name, made_by) == shown
