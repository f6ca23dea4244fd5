"""What people paste into the URL cell of a campaign.

    kind of link, song ──► typed_url() ──► the cell as typed

Only a link to a track names the song: a loader must not use the track id in an album's link.
"""

import hashlib

SPOTIFY = "https://open.spotify.com"
# kind: (template, expected `url_kind`, songs of 540)
LINKS: dict[str, tuple[str, str, int]] = {
    "track": (SPOTIFY + "/track/{track}", "track", 299),
    "track, shared": (SPOTIFY + "/track/{track}?si={tail}", "track", 111),
    "track, blank in front": (" " + SPOTIFY + "/track/{track}?si={tail}", "track", 1),
    "track, blank at the end": (SPOTIFY + "/track/{track} ", "track", 2),
    "track, no download": (SPOTIFY + "/track/{track}?si={tail}&nd=1&dlsi={tail}", "track", 12),
    "track, context": (
        SPOTIFY + "/track/{track}?si={tail}&context=spotify%3Aalbum%3A{other}",
        "track",
        7,
    ),
    "track, Spanish": (SPOTIFY + "/intl-es/track/{track}?si={tail}", "track", 2),
    "track, German": (SPOTIFY + "/intl-de/track/{track}", "track", 1),
    "album": (SPOTIFY + "/album/{other}", "album", 3),
    "album, shared": (SPOTIFY + "/album/{other}?si={tail}", "album", 20),
    "album, no download": (SPOTIFY + "/album/{other}?si={tail}&nd=1&dlsi={tail}", "album", 3),
    "album, track marked": (SPOTIFY + "/album/{other}?trackId={track}", "album", 2),
    "artist": (SPOTIFY + "/artist/{artist}", "artist", 4),
    "artist, shared": (SPOTIFY + "/artist/{artist}?si={tail}", "artist", 2),
    "playlist": (SPOTIFY + "/playlist/{other}?si={tail}", "playlist", 1),
    "SoundCloud": ("https://soundcloud.com/{tail}{tail}", "other", 15),
    "SoundCloud, blank at the end": ("https://soundcloud.com/{tail}{tail} ", "other", 4),
    "SoundCloud, short": ("https://on.soundcloud.com/{tail}", "other", 6),
    "Dropbox": ("https://www.dropbox.com/scl/fi/{tail}/master.wav?dl=0", "other", 7),
    "Box": ("https://app.box.com/s/{tail}{tail}", "other", 1),
    "YouTube": ("https://youtu.be/{tail}", "other", 1),
    "YouTube, long": ("https://www.youtube.com/watch?v={tail}", "other", 1),
    "Spotify, short": ("https://spotify.link/{tail}", "other", 1),
    "no scheme": ("www.listen.example", "other", 1),
    "TBA": ("TBA", "other", 4),
    "TBD": ("TBD", "other", 2),
    "slip": ("w", "other", 1),
    "none": ("", "none", 23),
}
LINKS_BY_SONG = {kind: songs for kind, (_, _, songs) in LINKS.items()}


def url_kind(kind: str) -> str:
    """Return the `url_kind` that a loader must find for this kind of link."""
    return LINKS[kind][1]


def typed_url(kind: str, *, track: str, artist: str, other: str) -> str:
    """Return the cell's text; its tail depends on the track only, so rows of one song agree."""
    tail = hashlib.blake2b(f"{kind}{track}".encode(), digest_size=8).hexdigest()
    return LINKS[kind][0].format(track=track, artist=artist, other=other, tail=tail)
