"""The rules that read one cell by its text alone: keys, labels, badges."""

import pytest

from loaders import cell_rules


def test_keys_fold_blanks_forms_and_case():
    assert cell_rules.text_key("\u202fＡnna\u00a0\tRay ") == "anna ray"


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
