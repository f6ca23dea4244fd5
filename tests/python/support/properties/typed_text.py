"""Links and lists of playlists as people may type them, made up from their parts.

parts ──► link_cells, playlist_cells ──► one text each
"""

from __future__ import annotations

from hypothesis import strategies as st

ONE, TWO, ARTIST = "1a2B3c4D5e6F7g8H9i0J1k", "2a2B3c4D5e6F7g8H9i0J1k", "3a2B3c4D5e6F7g8H9i0J1k"
IDS = (ONE, TWO, ONE, ONE[:-1], ONE + "2")
PLAYLIST = "https://open.spotify.com/playlist/"


def _joined(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map("".join)


def _any(*texts: str) -> st.SearchStrategy[str]:
    return st.sampled_from(texts)


def _several(texts: st.SearchStrategy[str], most: int) -> st.SearchStrategy[str]:
    return st.lists(texts, max_size=most).map("".join)


schemes = _any(
    "https://", "http://", "Https://", "HTTPS://", "https:/", "https//", "ttps://", "//", "/",
    "www.", "", "https%3A%2F%2F", "x@", "https://elsewhere.example/?u=https://",
)  # fmt: skip
hosts = _any(
    "open.spotify.com", "OPEN.Spotify.COM", "www.open.spotify.com", "play.spotify.com",
    "spotify.com", "embed.spotify.com", "open.spotify.com.evil.example", "open.spotfy.com",
    "soundcloud.com",
)  # fmt: skip
paths = _any("/", "//", "/ ", "/intl-de/", "/embed/", "/embed-podcast/", "/us/", "/user/ann/")
kinds = _any("track", "album", "artist", "playlist", "Track", "TRACK", "episode")
slashes = _any("/", "//", ":", "/ ", "%2F")
tails = _any("", "?si=1", "/", "#top", f"?highlight=spotify:track:{TWO}", "&x")
song_pages = _joined(
    schemes,
    _any("artists.spotify.com", "Artists.Spotify.com", "artists.spotify.com.evil.example"),
    _any("/c/", "/c/en/", "/c/pt-BR/", "/c/english/"),
    _any(f"artist/{ARTIST}", f"artist/{ARTIST}2"),
    _any(f"/song/{ONE}", f"%2Fsong%2F{ONE}"),
    _any("", "/stats", "?x=1", "x"),
)
links = st.one_of(
    _joined(schemes, hosts, paths, kinds, slashes, _any(*IDS), tails),
    _joined(_any("spotify:", "Spotify:", "spotify:user:ann:"), kinds, slashes, _any(*IDS)),
    song_pages,
    _any("spotify.link/Ab", "https://spoti.fi/3a", "https://youtu.be/abc", "TBA"),
)
noise = st.one_of(
    st.text(max_size=3),
    st.sampled_from(" \u200b\ufeff\u00a0\n()[]<>\"'“”,.;|=@#&-–*_\\~+:/%éſKİı"),
    _any("Spotify: ", " (main)", "[Night](", "http", "://", "%3A", "spotify"),
)
link_cells = _several(st.one_of(links, links, noise), 4)

bullets = _any(
    "- ", "-", "• ", "* ", "*", "1. ", "2) ", "(3) ", "24. ", "", "", "'- ", '"- ', "– ", "✅ ",
    "✔\ufe0f", "- [x] ", "**", "__", "\u200b", "“",
)  # fmt: skip
names = _any(
    "Night Drive", "*NSYNC Radio", "AC/DC", "!!!", "Techno Rave. 💊", "Hits (Live)", "Best [2025]",
    "'90s Drive'", "(Japanese) X", "7 - Up", "Name:", '12"', "**Bold**", "__Bold__", "a__b__c",
    "Ed – Sheeran", "24. Stunde", "Spotify: X", "new",
)  # fmt: skip
joints = _any(
    " - ", ": ", " (", "](", "[", ") ", ")", " | ", ", ", "; ", " & ", "/", "<", ">", '"', "'",
    " ", "**", ".", " -> ", "*",
)  # fmt: skip
playlist_links = _any(
    PLAYLIST + ONE, f"{PLAYLIST}{TWO}?si=1", f"{PLAYLIST}{ONE}?si=2/", f"spotify:playlist:{ONE}",
    f"https://Open.Spotify.com/user/ann/playlist/{ONE}", f"open.spotify.com/playlist/{TWO}",
    f"https://open.spotify.com/track/{ONE}", "https://elsewhere.example/a", PLAYLIST + ONE[:-1],
)  # fmt: skip
states = _any(
    " [NEW]", "[new]", " (new!)", " (Removed)", " - removed", " (ok?)", " [NEW NAME]",
    " (removing shortly)", " [ſ]", " (Added)",
)  # fmt: skip
pieces = st.one_of(names, names, playlist_links, joints, states, st.text(max_size=2))
lines = _joined(bullets, _several(pieces, 5))
playlist_cells = st.lists(lines, min_size=1, max_size=3).map("\n".join)
