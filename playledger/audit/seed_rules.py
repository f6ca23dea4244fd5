"""What people decided in seeds, as the account reads them: aliases, statuses, SFA pages.

    seeds/*.csv ──► client_names(), status(), accepted_pages() ... ──► tally, profile
                └──► seeds_digest(), which differs where one of these may

dbt loads the same seeds into tables for the models; here they are read from the CSV files, so that
the two readings can differ. Files are read once per process.
"""

import csv
import hashlib
import re
from functools import cache, lru_cache

from loaders.cell_rules import (
    MANY,
    client_labels,
    is_read,
    short_name,
    single_line,
    text_key,
    text_keys,
)
from loaders.link_rules import sfa_ids
from loaders.settings import find_project

SEEDS = (
    "client_aliases", "vendor_aliases", "salesperson_aliases", "nobody_labels",
    "campaign_statuses", "sfa_decisions", "playlist_aliases",
)  # fmt: skip


@cache
def read_seed(name: str) -> dict[str, str]:
    """A seed of two columns: the key of the first, and the second."""
    rows = (row for row in _rows(name) if len(row) > 1)
    return {text_key(row[0]): single_line(row[1]) for row in rows if text_key(row[0])}


def preferred(label: str, seed: str) -> str:
    """The label on one line, or the name that a person gave it in a seed of aliases."""
    name = short_name(label)
    return read_seed(seed).get(text_key(name)) or name


@lru_cache(MANY)
def client_names(cell: str) -> tuple[str, ...]:
    """The clients of a Client cell in its order, each once."""
    names: dict[str, str] = {}
    for label in client_labels(cell):
        if _is_nobody(label, "client_aliases"):
            continue
        name = preferred(label, "client_aliases")
        names.setdefault(text_key(name), name)
    return tuple(names.values())


def vendor_name(cell: str) -> str:
    """The vendor of a Vendor cell; empty when there is none."""
    return "" if _is_nobody(cell, "vendor_aliases") else preferred(cell, "vendor_aliases")


def people_keys(cell: str) -> tuple[str, ...]:
    """The people of a Salesperson cell: joined by signs, by line breaks or by `and`."""
    if not is_read("salesperson", cell):
        return ()
    lines = re.sub(r"\s*[\r\n\v\u2028\u2029]\s*", " / ", cell.strip())
    text = re.sub(r"(?<![^ ,;&+|/])[nN]/[aA](?![^ ,;&+|/])", "N.A.", single_line(lines))
    people = re.split("[/,;&+|]|(?i: and )", text)
    names = (
        preferred(person, "salesperson_aliases")
        for person in people
        if not _is_nobody(person, "salesperson_aliases", can_be_name=True)
    )
    return text_keys(name for name in names if text_key(name))


def _is_nobody(label: str, aliases: str, *, can_be_name: bool = False) -> bool:
    """Whether a label says nothing: one of the seed, without an alias that makes it a name.

    With `can_be_name` also those that a client or vendor could be called.
    """
    key = text_key(label)
    found = read_seed("nobody_labels").get(key)
    return found is not None and (can_be_name or found == "false") and key not in read_seed(aliases)


@lru_cache(MANY)
def status(cell: str) -> str | None:
    """The canonical status, `unknown` for a label that the seed lacks; None for an empty cell."""
    label = text_key(cell)
    return read_seed("campaign_statuses").get(label, "unknown") if label else None


@cache
def sfa_decisions() -> dict[tuple[str, str, str], str]:
    """A person's decision on a page, by the keys of campaign and client, and the track."""
    return {
        (*(text_key(re.sub("^'(?='*[=+@-])", "", name)) for name in row[:2]), ids[1]): text_key(
            row[3]
        )
        for row in _rows("sfa_decisions")
        if len(row) > 3 and (ids := sfa_ids(row[2]))
    }


@cache
def accepted_pages() -> dict[tuple[str, str], str]:
    """The track of the page that a person accepted, by the keys of campaign and client."""
    return {
        (campaign, client): track
        for (campaign, client, track), decision in sfa_decisions().items()
        if decision == "accepted"
    }


@cache
def playlist_aliases() -> dict[tuple[str, str], str]:
    """The keys of an alias and its curator, and of the playlist that it stands for."""
    rows = (row for row in _rows("playlist_aliases") if len(row) > 2)
    return {
        (text_key(row[0]), text_key(row[1])): text_key(row[2]) for row in rows if text_key(row[0])
    }


def seeds_digest() -> str:
    """A hash of all seeds that are read here."""
    return hashlib.sha256(repr([_rows(seed) for seed in SEEDS]).encode()).hexdigest()


def _rows(seed: str) -> list[list[str]]:
    """The lines of a seed below its header."""
    with (find_project() / "seeds" / f"{seed}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]
