"""Links as people type them: the track, the kind, the song's page, and what is told."""

import pytest

from loaders import link_rules

TRACK, OTHER, ARTIST = "1" * 22, "2" * 22, "a" * 22
LINK = f"https://open.spotify.com/track/{TRACK}"
PAGE = f"https://artists.spotify.com/c/artist/{ARTIST}/song/{TRACK}/stats"


@pytest.mark.parametrize(
    ("cell", "kind", "track"),
    [
        (LINK, "track", TRACK),
        (f" {LINK}?si=9 ", "track", TRACK),
        (f"https://open.spotify.com/intl-es/track/{TRACK}", "track", TRACK),
        (f"Https://OPEN.spotify.com/track/{TRACK}.", "track", TRACK),
        (f"Spotify: [Night]({LINK})", "track", TRACK),
        (f"\u200bspotify:track:{TRACK} (main)", "track", TRACK),
        (
            f"https://open.spotify.com/album/{OTHER}?highlight=spotify%3Atrack%3A{TRACK}",
            "track",
            TRACK,
        ),
        (f"https://open.spotify.com/album/{OTHER} {LINK}", "track", TRACK),
        (f"https://open.spotify.com/album/{TRACK}", "album", None),
        (f"https://open.spotify.com/user/ann/playlist/{TRACK}", "playlist", None),
        (f"{LINK}x", "other", None),
        (f"https://elsewhere.example/?u={LINK}", "other", None),
        (f"https://ann@open.spotify.com/track/{TRACK}", "other", None),
        ("TBA", "other", None),
        (" ", "none", None),
    ],
)
def test_a_track_comes_from_spotifys_own_links_alone(cell, kind, track):
    assert (link_rules.url_kind(cell), link_rules.track_id(cell)) == (kind, track)


@pytest.mark.parametrize(
    ("cell", "doubt"),
    [
        (LINK, None),
        (f"[{LINK}]({LINK}?si=1)", None),
        ("https://soundcloud.com/spotify-edit", None),
        (" ", None),
        (f"{LINK} / https://open.spotify.com/track/{OTHER}", "second_link"),
        (f"{LINK}x", "link_unread"),
        ("https://spotify.link/Ab", "short_link"),
        (PAGE, "sfa_url_as_link"),
        ("Spotify: TBA", "not_a_link"),
    ],
)
def test_what_a_person_should_look_at_is_told(cell, doubt):
    assert link_rules.link_doubt(cell) == doubt


def test_an_sfa_link_must_be_the_sites_own():
    typed = (f" {PAGE} ", PAGE.replace("https", "Http"), f"page: {PAGE.removesuffix('/stats')}.")
    assert [link_rules.sfa_ids(cell) for cell in typed] == [(ARTIST, TRACK)] * 3
    elsewhere = PAGE.replace("https://artists", "https://evil.example/artists")
    longer = PAGE.replace("spotify.com", "spotify.com.evil.example")
    assert [link_rules.sfa_ids(cell) for cell in (elsewhere, longer, "checked")] == [None] * 3
