"""Which addresses are the site's own, and which are never opened."""

import pytest

from loaders.errors import UserError
from loaders.scrape.numbers import read_count
from loaders.scrape.site import SPOTIFY, Site, Song, artist_of, read_site, song_of

ARTIST, TRACK = "0" * 21 + "a", "1" * 21 + "B"
PATH = f"/c/artist/{ARTIST}/song/{TRACK}/stats"
SIMULATED = Site("http://127.0.0.1:8765", "http://127.0.0.1:8766/login")


@pytest.mark.parametrize(
    "address",
    [
        f"{SPOTIFY}{PATH}",
        f"{SPOTIFY}/c/en/artist/{ARTIST}/song/{TRACK}/playlists?time=7",
        f"{SPOTIFY}/c/pt-BR/artist/{ARTIST}/song/{TRACK}",
        f"http://127.0.0.1:8765{PATH}",
    ],
)
def test_the_ids_of_a_song_are_read_from_its_address(address):
    assert song_of(address, SIMULATED) == Song(ARTIST, TRACK)


@pytest.mark.parametrize(
    "address",
    [
        f"https://evil.example{PATH}",
        f"http://artists.spotify.com{PATH}",
        f"https://artists.spotify.com.evil.example{PATH}",
        f"https://artists-spotify.com{PATH}",
        f"https://artists.spotify.com@evil.example{PATH}",
        f"https://user:word@artists.spotify.com{PATH}",
        f"https://artists.spotify.com:8443{PATH}",
        f"https://artists.spotify.com:port{PATH}",
        f"https://аrtists.spotify.com{PATH}",  # a Cyrillic letter
        f"//artists.spotify.com{PATH}",
        f"javascript:alert('{PATH}')",
        f"http://127.0.0.1:9999{PATH}",
        f"{SPOTIFY}/c/artist/{ARTIST}/song/{TRACK[:-1]}/stats",
        f"{SPOTIFY}/c/artist/../song/{TRACK}/stats",
        f"{SPOTIFY}/c/roster",
        "",
    ],
)
def test_an_address_that_points_elsewhere_has_no_ids(address):
    assert song_of(address, SIMULATED) is None
    assert artist_of(address.replace(f"/song/{TRACK}/stats", "/home"), Site()) is None or (
        "artists.spotify.com/c/" in address
    )


def test_addresses_are_built_from_ids_alone():
    assert SIMULATED.song(Song(ARTIST, TRACK), "stats") == f"http://127.0.0.1:8765{PATH}"
    assert Song(ARTIST, TRACK).sfa_url == f"{SPOTIFY}{PATH}"
    for forged in ("../../evil", "a" * 21, "a" * 22 + "/", ""):
        with pytest.raises(ValueError, match="not a Spotify id"):
            SIMULATED.song(Song(ARTIST, forged), "stats")


def test_a_page_opens_on_the_site_and_its_log_in_only():
    for good in (f"http://127.0.0.1:8765{PATH}", "http://127.0.0.1:8766/login?continue=x"):
        assert SIMULATED.is_page(good)
    for bad in (
        f"http://127.0.0.1:8767{PATH}",
        f"https://127.0.0.1:8765{PATH}",
        "https://spotify.com",
    ):
        assert not SIMULATED.is_page(bad)
    assert SIMULATED.is_login("http://127.0.0.1:8766/login")
    assert SIMULATED.is_login("http://127.0.0.1:8765/anything?continue=x")
    assert not SIMULATED.is_login(f"http://127.0.0.1:8765{PATH}")


def test_a_page_may_ask_the_sites_own_domain_for_data():
    real = Site()
    for good in (
        "https://spclient.wg.spotify.com/api",
        "https://artists.spotifycdn.com/a.js",
        "data:,",
    ):
        assert real.may_ask(good)
    for bad in ("https://evil.example/", "https://evilspotify.com/", "http://i.scdn.co/x"):
        assert not real.may_ask(bad)
    assert not SIMULATED.may_ask("http://127.0.0.1:9999/data")
    assert not SIMULATED.may_ask("https://artists.spotify.com.evil.example/")


def test_the_browser_is_told_the_sites_hosts_and_no_others():
    assert Site().resolver_rules == [
        "EXCLUDE spotify.com,EXCLUDE *.spotify.com",
        "EXCLUDE spotifycdn.com,EXCLUDE *.spotifycdn.com",
        "EXCLUDE scdn.co,EXCLUDE *.scdn.co",
    ]
    assert SIMULATED.resolver_rules == [
        "MAP 127.0.0.1:8765 127.0.0.1:8765",
        "MAP 127.0.0.1:8766 127.0.0.1:8766",
    ]


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://artists.example", "must be https"),
        ("artists.spotify.com", "is not the address of a site"),
        ("https://name:word@artists.spotify.com", "is not the address of a site"),
        ("https://[broken", "is not the address of a site"),
        ("ftp://127.0.0.1", "must be https"),
    ],
)
def test_a_session_is_sent_to_https_or_to_this_machine(address, reason):
    with pytest.raises(UserError, match=reason):
        read_site(address, "https://accounts.spotify.com")
    with pytest.raises(UserError, match=reason):
        read_site(SPOTIFY, address)


def test_a_site_on_this_machine_is_good():
    for address in ("http://127.0.0.1:8765/", "http://localhost:1", "http://[::1]:8765"):
        assert read_site(address, address).address == address.rstrip("/")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Streams689,138", 689_138),
        ("78.360", 78_360),
        ("78\u202f360", 78_360),
        ("1\u00a0234\u00a0567", 1_234_567),
        ("1'234", 1234),
        ("1,23,456", 123_456),
        ("0", 0),
        ("7", 7),
        ("1.2M", None),
        ("12%", None),
        ("1.5", None),
        ("—", None),
        ("", None),
        ("-5 and 6", None),
    ],
)
def test_numbers_are_read_in_any_grouping(text, count):
    assert read_count(text) == count
