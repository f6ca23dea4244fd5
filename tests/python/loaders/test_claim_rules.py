"""The playlists that a Playlists cell claims, as vendors type them."""

import pytest

from loaders.claim_rules import claimed_playlists, claims, newly_claimed

ONE, TWO = "1" * 22, "2" * 22
SITE = "https://open.spotify.com/playlist/"


def test_claims_lose_dashes_marks_and_links():
    cell = f"- Made Up [NEW]\n'- Night[new]\n{SITE}{ONE}\n- {SITE}{ONE}?si=1\n\n- \n-ish"
    assert claimed_playlists(cell) == {"Made Up", "Night", SITE + ONE, "ish"}


@pytest.mark.parametrize(
    "line",
    [
        f"[Night Drive]({SITE}{ONE})",
        f"- **Night Drive**: {SITE}{ONE}?si=9",
        f"Night Drive - spotify:playlist:{ONE}",
        f"Night Drive ({SITE}{ONE}) [NEW]",
        f"{SITE}{ONE} | Night Drive",
        f'Night Drive "https://Open.Spotify.com/user/ann/playlist/{ONE}"',
    ],
)
def test_a_name_and_its_link_are_one_claim(line):
    (claim,) = claims(line)
    assert (claim.name, claim.spotify_playlist_id) == ("Night Drive", ONE)


def test_several_links_of_a_line_are_several_claims():
    found = claims(f"Night {SITE}{ONE}, Day {SITE}{TWO}")
    assert [(each.name, each.spotify_playlist_id) for each in found] == [
        ("Night", ONE),
        ("Day", TWO),
    ]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("1. Night\n2) Day", {"Night", "Day"}),
        ("24. Stunde\n- *NSYNC Radio\n*NSYNC Radio", {"*NSYNC Radio"}),
        ("* Night\n\u2022 Day\n\u2705 Noon", {"Night", "Day", "Noon"}),
        ("- Hits (Live)\n- Hits [2025]", {"Hits (Live)", "Hits [2025]"}),
        ("- Hits (removed)\n- Pop - pending\n- Rock (OK?)", {"Hits", "Pop", "Rock"}),
        ("working on more", set()),
    ],
)
def test_a_name_is_never_mangled(cell, names):
    assert claimed_playlists(cell) == names


CELLS = ["- A\n- B", "- B", "1. One\n2. Two", "2. Two", "Night\n- A", "1) C\n- B", "- C\r- D\n"]
CELLS += ["1. E\r2. F", "2. F\r\n- G", "- H\u2028- I", "- I\v3. J\n1. K", "3. J"]


@pytest.mark.parametrize("cells", [CELLS, CELLS[::-1], CELLS[3:] + CELLS[:3]])
def test_lines_seen_before_lose_no_name(cells):
    seen, found = set(), set()
    for cell in [*cells, *cells, "- Long\n" + "x" * 50_000, "- Long"]:
        found |= newly_claimed(cell, seen)
    assert found == set().union(*map(claimed_playlists, cells), {"Long"})
    assert newly_claimed("- B\n- A", seen) == set()
