"""Where the site is, which addresses are its own, and the ids in them.

    PLAYLEDGER_SITE, PLAYLEDGER_LOGIN_SITE ──► Site ──► addresses to open
    SFA URL ──► parse_song_url() ──► Song

Addresses are built from artist and track ids. One that came from a file is parsed, never opened.
"""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from loaders.errors import UserError

SPOTIFY = "https://artists.spotify.com"
SPOTIFY_LOGIN = "https://accounts.spotify.com"
ASSET_DOMAINS = ("spotifycdn.com", "scdn.co")  # where Spotify's own pages get scripts from
ID = r"[0-9A-Za-z]{22}"
ARTIST = rf"/c/(?:[a-z]{{2}}(?:-[A-Za-z]{{2,4}})?/)?artist/({ID})"
ARTIST_PATH = re.compile(rf"{ARTIST}(?:/.*)?")
SONG_PATH = re.compile(rf"{ARTIST}/song/({ID})(?:/.*)?")


@dataclass(frozen=True, slots=True)
class Song:
    """A song on the site, by its ids."""

    artist_id: str
    track_id: str

    @property
    def sfa_url(self) -> str:
        """The song's SFA URL, in the form that the ledger holds."""
        return f"{SPOTIFY}/c/artist/{self.artist_id}/song/{self.track_id}/stats"


@dataclass(frozen=True, slots=True)
class Site:
    """The artists' site and the log-in site; `address` has no trailing slash."""

    address: str = SPOTIFY
    login_address: str = SPOTIFY_LOGIN

    @property
    def roster(self) -> str:
        """The address of the list of all artists of this account."""
        return f"{self.address}/c/roster"

    def songs(self, artist_id: str) -> str:
        """The address of an artist's songs."""
        return f"{self.address}/c/artist/{_checked(artist_id)}/songs"

    def song(self, song: Song, page: str) -> str:
        """The address of a song's `stats` or `playlists`; ValueError when an id is not one."""
        artist, track = _checked(song.artist_id), _checked(song.track_id)
        return f"{self.address}/c/artist/{artist}/song/{track}/{page}"

    def owns(self, address: str) -> bool:
        """Whether a document may be opened there: on exactly the site's or the log-in's origin."""
        return _origin(address) in (_origin(self.address), _origin(self.login_address))

    def is_login_page(self, address: str) -> bool:
        """Whether an address is the log-in's, or leads there (`continue=`)."""
        is_login = _origin(address) == _origin(self.login_address) != _origin(self.address)
        return is_login or "continue=" in urlsplit(address).query

    @property
    def resolver_rules(self) -> list[str]:
        """The hosts that a page of the site may reach, as rules of Chromium's resolver.

        For a site by IP address or without a domain: exactly its two hosts with their ports.
        """
        rules = []
        for parts in map(urlsplit, (self.address, self.login_address)):
            if domain := _domain(parts.hostname or ""):
                rules += [f"EXCLUDE {name},EXCLUDE *.{name}" for name in (domain, *ASSET_DOMAINS)]
            else:
                host = parts.netloc.lower()
                rules.append(f"MAP {host} {host}")
        return list(dict.fromkeys(rules))

    def allows_request(self, address: str) -> bool:
        """Whether a page of the site may fetch data, scripts or images there."""
        parts = urlsplit(address)
        if parts.scheme in ("data", "blob") or self.owns(address):
            return True
        host = parts.hostname or ""
        domain = _domain(urlsplit(self.address).hostname or "")
        if parts.scheme != "https" or domain is None:
            return False
        return any(host == name or host.endswith(f".{name}") for name in (domain, *ASSET_DOMAINS))


def read_site(address: str, login_address: str) -> Site:
    """The site of the settings; UserError when a session must not be sent to an address."""
    names = {"PLAYLEDGER_SITE": address, "PLAYLEDGER_LOGIN_SITE": login_address}
    for name, value in names.items():
        try:
            parts = urlsplit(value)
            host, _ = parts.hostname or "", parts.port
        except ValueError:
            host = ""
        if not host or parts.username or parts.query:
            raise UserError(f"{name} is not the address of a site: {value}. Example: {SPOTIFY}")
        if parts.scheme != "https" and not (parts.scheme == "http" and _is_loopback(host)):
            raise UserError(
                f"{name} must be https (or on this machine): {value}. The saved session gives "
                "access to the account and would be sent there."
            )
    return Site(address.rstrip("/"), login_address.rstrip("/"))


def parse_song_url(sfa_url: str, site: Site) -> Song | None:
    """The ids in an SFA URL from a file or a page; None when it is not a song's on the site."""
    found = _match_path(sfa_url, site, SONG_PATH)
    return Song(*found.groups()) if found else None


def parse_artist_url(address: str, site: Site) -> str | None:
    """The artist's id in an address; None when it is not an artist's on the site."""
    found = _match_path(address, site, ARTIST_PATH)
    return found.group(1) if found else None


def without_query(text: str) -> str:
    """An address, or a message with addresses in it, without their queries."""
    return re.sub(r"\?[^\s\"']*", "", text)


def _match_path(address: str, site: Site, pattern: re.Pattern[str]) -> re.Match[str] | None:
    try:
        parts, origin = urlsplit(address), _origin(address)
    except ValueError:
        return None
    if parts.username is not None or origin not in (_origin(SPOTIFY), _origin(site.address)):
        return None
    return pattern.fullmatch(parts.path)


def _origin(address: str) -> tuple[str, str, int | None]:
    parts = urlsplit(address)
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    return parts.scheme, parts.hostname or "", port


def _domain(host: str) -> str | None:
    """The last two labels of a host's name; None for an IP address or a name without dots."""
    return ".".join(host.split(".")[-2:]) if "." in host and _ip_address(host) is None else None


def _is_loopback(host: str) -> bool:
    address = _ip_address(host)
    return host == "localhost" or (address is not None and address.is_loopback)


def _ip_address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _checked(identifier: str) -> str:
    if not re.fullmatch(ID, identifier):
        raise ValueError(f"not a Spotify id: {identifier!r}")
    return identifier
