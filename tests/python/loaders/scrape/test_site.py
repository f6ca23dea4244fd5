"""Which addresses are the site's own, and which are never opened."""

import pytest

from loaders.errors import UserError
from loaders.scrape.site import (
    SPOTIFY,
    Site,
    Song,
    parse_artist_url,
    parse_song_url,
    read_site,
    without_query,
)

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
    assert parse_song_url(address, SIMULATED) == Song(ARTIST, TRACK)


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
def test_an_address_off_the_site_has_no_ids(address):
    assert parse_song_url(address, SIMULATED) is None
    assert parse_artist_url(address.replace(f"/song/{TRACK}/stats", "/home"), Site()) is None or (
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
        assert SIMULATED.owns(good)
    for bad in (
        f"http://127.0.0.1:8767{PATH}",
        f"https://127.0.0.1:8765{PATH}",
        "https://spotify.com",
    ):
        assert not SIMULATED.owns(bad)
    assert SIMULATED.is_login_page("http://127.0.0.1:8766/login")
    assert SIMULATED.is_login_page("http://127.0.0.1:8765/anything?continue=x")
    assert not SIMULATED.is_login_page(f"http://127.0.0.1:8765{PATH}")


def test_a_page_may_request_data_from_the_sites_own_domain():
    real = Site()
    for good in (
        "https://spclient.wg.spotify.com/api",
        "https://artists.spotifycdn.com/a.js",
        "data:,",
    ):
        assert real.allows_request(good)
    for bad in ("https://evil.example/", "https://evilspotify.com/", "http://i.scdn.co/x"):
        assert not real.allows_request(bad)
    assert not SIMULATED.allows_request("http://127.0.0.1:9999/data")
    assert not SIMULATED.allows_request("https://artists.spotify.com.evil.example/")


def test_the_browser_resolves_the_sites_hosts_and_no_others():
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
def test_a_site_must_be_https_or_on_this_machine(address, reason):
    with pytest.raises(UserError, match=reason):
        read_site(address, "https://accounts.spotify.com")
    with pytest.raises(UserError, match=reason):
        read_site(SPOTIFY, address)


def test_a_site_on_this_machine_is_accepted():
    for address in ("http://127.0.0.1:8765/", "http://localhost:1", "http://[::1]:8765"):
        assert read_site(address, address).address == address.rstrip("/")


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("https://a.example/b?c=d", "https://a.example/b"),
        ('Timeout at "https://a.example/b?c=d&e", then', 'Timeout at "https://a.example/b", then'),
        ("https://a.example/b", "https://a.example/b"),
    ],
)
def test_a_query_is_not_shown(text, without):
    assert without_query(text) == without
