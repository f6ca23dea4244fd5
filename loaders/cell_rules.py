"""What one cell or name says by its text alone: keys, labels, badges. No seeds, no database.

    cell of an export, name in a scrape ──► text_key(), client_labels(), without_badge()

The models read the same cells in SQL, and neither reading uses the other: the account compares
them. In Python these rules are shared: the account, a load's pairs of names, trials and reviews use
them. They never decide a value of the ledger. Each rule is in docs/contract.md, sections 1 and 3.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

MANY = 1 << 16  # different cells of one column that are worth remembering
LONGEST_NAME, KEPT = 500, 300  # characters of a name, and those that are kept of a longer one
# Characters of a cell, past which it is not read.
LIMITS = {"client": 2_000, "salesperson": 500, "url": 5_000, "playlists": 50_000}

CLOSED_QUOTE = re.compile(r'"(?:[^"]|"")*"')


def single_line(text: str) -> str:
    """The text on one line: every run of white space one blank, trimmed."""
    return " ".join(text.split())


@lru_cache(MANY)
def text_key(text: str) -> str:
    """What two spellings of one name have in common; empty when there is no name.

    Unicode's case folding between NFKD and NFKC, as the macro `create_text_key` has it.
    """
    if text.isascii():
        return single_line(text).lower()
    folded = unicodedata.normalize("NFKD", text).casefold()
    return single_line(unicodedata.normalize("NFKC", folded))


def short_name(text: str) -> str:
    """A name on one line; one that no index could hold is cut, and ends in a fingerprint."""
    name = single_line(text)
    plain = unicodedata.normalize("NFKC", name)
    if max(len(name), len(plain)) <= LONGEST_NAME:
        return name
    fingerprint = hashlib.md5(text_key(name).encode(), usedforsecurity=False).hexdigest()
    return f"{plain[:KEPT]}… {fingerprint[:8]}"


def is_read(column: str, cell: str) -> bool:
    """Whether a cell is short enough to be read."""
    return len(cell) <= LIMITS[column]


def text_keys(names: Iterable[str]) -> tuple[str, ...]:
    """The keys of names in their order, each once."""
    return tuple(dict.fromkeys(map(text_key, names)))


def client_labels(cell: str) -> list[str]:
    """The labels of a Client cell in its order; a quoted one may hold commas."""
    if not is_read("client", cell):
        return []
    pieces = cell.split(",")
    labels: list[str] = []
    while pieces:
        ends = range(1, len(pieces) + 1) if pieces[0].lstrip().startswith('"') else ()
        whole = ((end, ",".join(pieces[:end]).strip()) for end in ends)
        end, label = next(
            (
                (end, text[1:-1].replace('""', '"'))
                for end, text in whole
                if CLOSED_QUOTE.fullmatch(text)
            ),
            (1, pieces[0]),
        )
        labels.append(label)
        del pieces[:end]
    return [short_name(label) for label in labels if text_key(label)]


def without_badge(name: str, made_by: object) -> str:
    """A playlist's name without the badge that the first scraper glued to Spotify's own ones."""
    return re.sub(r"(?<=\S)Personalized$", "", name) if made_by == "Spotify" else name
