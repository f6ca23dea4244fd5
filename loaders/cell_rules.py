"""What one cell says, read a second time.

    cell of an export, name in a scrape ──► keys, names, ids ──► tally, pages, profile

The rules are the contract's, written here once more and on purpose: the account compares two
independent readings, so nothing of this may come from the readers or the models.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from loaders.settings import PROJECT

SEEDS = PROJECT / "seeds"
MANY = 1 << 16  # different cells of one column that are worth remembering

SPOTIFY_LINK = re.compile(
    r"(?:https?://)?open\.spotify\.com/(?:intl-[a-zA-Z-]+/)?(?:embed/)?"
    r"(track|album|artist|playlist)/([0-9A-Za-z]{22})(?:[/?#].*)?"
)
SFA_LINK = re.compile(
    r"https://artists\.spotify\.com/c/(?:[a-z]{2}(?:-[a-zA-Z]{2,4})?/)?"
    r"artist/([0-9A-Za-z]{22})/song/([0-9A-Za-z]{22})(?:[/?#].*)?"
)
PLAYLIST_LINK = re.compile(
    r"open\.spotify\.com/(?:intl-[a-zA-Z-]+/)?playlist/([0-9A-Za-z]{22})(?![0-9A-Za-z])"
)
CLAIM = re.compile(r"""^["'“•–-]|open\.spotify\.com/(intl-[a-zA-Z-]+/)?playlist/""")
CLOSED_QUOTE = re.compile(r'"(?:[^"]|"")*"')


def folded(text: str) -> str:
    """The text on one line: every run of white space one blank, trimmed."""
    return " ".join(text.split())


@lru_cache(MANY)
def key(text: str) -> str:
    """What two spellings of one name have in common; empty when there is no name."""
    return folded(unicodedata.normalize("NFKC", text)).lower()


@cache
def read_seed(name: str) -> dict[str, str]:
    """A seed of two columns: the key of the first, and the second."""
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return {key(row[0]): folded(row[1]) for row in rows if len(row) > 1 and key(row[0])}


def preferred(label: str, seed: str) -> str:
    """The label on one line, or the name that a person gave it in a seed of aliases."""
    return read_seed(seed).get(key(label)) or folded(label)


def client_labels(cell: str) -> list[str]:
    """The labels of a Client cell in its order; a quoted one may hold commas."""
    pieces = cell.split(",")
    labels: list[str] = []
    while pieces:
        ends = range(1, len(pieces) + 1) if pieces[0].lstrip().startswith('"') else ()
        whole = ((end, ",".join(pieces[:end]).strip()) for end in ends)
        end, label = next(
            ((end, text[1:-1].replace('""', '"')) for end, text in whole if _is_closed(text)),
            (1, pieces[0]),
        )
        labels.append(label)
        del pieces[:end]
    return [label for label in labels if key(label)]


@lru_cache(MANY)
def client_names(cell: str) -> tuple[str, ...]:
    """The clients of a Client cell in its order, each once."""
    names: dict[str, str] = {}
    for label in client_labels(cell):
        name = preferred(label, "client_aliases")
        names.setdefault(key(name), name)
    return tuple(names.values())


def keys_of(names: Iterable[str]) -> tuple[str, ...]:
    """The keys of names in their order, each once."""
    return tuple(dict.fromkeys(map(key, names)))


def _is_closed(text: str) -> bool:
    return CLOSED_QUOTE.fullmatch(text) is not None


def vendor_name(cell: str) -> str:
    """The vendor of a Vendor cell; empty when there is none."""
    return preferred(cell, "vendor_aliases")


def people_keys(cell: str) -> tuple[str, ...]:
    """The people of a Salesperson cell: joined by a slash or a comma."""
    people = [person for person in re.split("[/,]", cell) if key(person)]
    return keys_of(preferred(person, "salesperson_aliases") for person in people)


@lru_cache(MANY)
def status(cell: str) -> str | None:
    """The canonical status, `unknown` for a label that the seed lacks; None for an empty cell."""
    return read_seed("campaign_statuses").get(key(cell), "unknown") if key(cell) else None


def url_kind(cell: str) -> str:
    """What a link points at: track, album, artist, playlist, other or none."""
    link = SPOTIFY_LINK.fullmatch(folded(cell))
    return link[1] if link else "other" if folded(cell) else "none"


def track_id(cell: str) -> str | None:
    """The 22 characters of a track link; no other link names a track."""
    link = SPOTIFY_LINK.fullmatch(folded(cell))
    return link[2] if link and link[1] == "track" else None


def sfa_ids(cell: str) -> tuple[str, str] | None:
    """(artist id, track id) of a song's page on Spotify for Artists; None for all else."""
    link = SFA_LINK.fullmatch(folded(cell))
    return (link[1], link[2]) if link else None


@cache
def sfa_decisions() -> dict[tuple[str, str, str], str]:
    """What a person decided on a page: by the keys of campaign and client, and the track."""
    with (SEEDS / "sfa_decisions.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if len(row) > 3][1:]
    return {
        (*(key(re.sub("^'(?='*[=+@-])", "", name)) for name in row[:2]), ids[1]): key(row[3])
        for row in rows
        if (ids := sfa_ids(row[2]))
    }


@cache
def accepted_pages() -> dict[tuple[str, str], str]:
    """The track of the page that a person accepted, by the keys of campaign and client."""
    return {
        (campaign, client): track
        for (campaign, client, track), decision in sfa_decisions().items()
        if decision == "accepted"
    }


def claimed_names(cell: str) -> set[str]:
    """Keys of the playlists that a Playlists cell claims."""
    return set(map(key, claims(cell)))


def claims(cell: str) -> set[str]:
    """Names of the playlists that a Playlists cell claims; a bare link stands for itself.

    A line claims a playlist when it begins with a dash or a quote, or holds a playlist's link.
    """
    lines = re.split(r"[\r\n\v\u2028\u2029]+", cell)
    return {_claimed_name(line) for line in lines if CLAIM.search(folded(line))} - {""}


@lru_cache(MANY)
def _claimed_name(line: str) -> str:
    text = re.sub(r"\s*\[new\]\s*$", "", re.sub(r"https?://\S+", "", line), flags=re.I).strip()
    link = PLAYLIST_LINK.search(line)
    if found := folded(re.sub(r"""^['"]?\s*[-•–]""", "", text)):
        return found
    return f"https://open.spotify.com/playlist/{link[1]}" if link else ""


@cache
def playlist_aliases() -> dict[tuple[str, str], str]:
    """The keys of an alias and its curator, and the name of the playlist that it stands for."""
    with (SEEDS / "playlist_aliases.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return {(key(row[0]), key(row[1])): key(row[2]) for row in rows if len(row) > 2 and key(row[0])}
