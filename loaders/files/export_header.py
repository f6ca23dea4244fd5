"""Where the header of an export is, and which column of the list each of its cells names.

    path ──► find_header() ──► (source row, cells) ──► name_columns() ──► staging's names

Titles and blank lines may stand above it. Case, blanks, punctuation, Unicode form and marks that
cannot be seen make no difference (docs/contract.md, 1.1).
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from loaders.files.csv_records import read_records
from loaders.files.encoding import Encoding
from loaders.files.staging_schema import EXPORT_COLUMNS

WITHIN = 20  # records that may stand above the header
# What Excel takes a delimiter from.
SEPARATOR_LINE = re.compile(r'\ufeff?"?sep=.?"?.?', re.I | re.S)

Header = tuple[int, tuple[str, ...]]


def header_key(header: str) -> str:
    """A header without regard to case, blanks, Unicode form and marks that cannot be seen."""
    plain = unicodedata.normalize("NFKC", header)
    if not plain.isascii():
        plain = "".join(each for each in plain if unicodedata.category(each) != "Cf")
    return re.sub(r"\s+", "", plain).lower()


def letters_key(header: str) -> str:
    """A header's letters and digits alone: `sale_price` is `Sale price`."""
    return re.sub(r"[\W_]+", "", header_key(header))


KNOWN_HEADERS = {header_key(header): column for column, header in EXPORT_COLUMNS.items()}
KNOWN_LETTERS = {letters_key(header): column for column, header in EXPORT_COLUMNS.items()}


def name_columns(header: Iterable[str]) -> list[str | None]:
    """Staging's name of each column: by the whole header, else by its letters and digits where no
    other column has that name. Beside `Goal`, a column `Goal %` is an unknown one.
    """
    header = list(header)
    names = [KNOWN_HEADERS.get(header_key(each)) for each in header]
    for position, each in enumerate(header):
        name = KNOWN_LETTERS.get(letters_key(each))
        if names[position] is None and name not in names:
            names[position] = name
    return names


def find_header(path: Path, encoding: Encoding, delimiter: str) -> Header:
    """Of the first records that are not blank, the one that names most columns of the list, the
    column `Campaign` among them; else the first.
    """
    records = read_records(path, encoding, delimiter)
    filled = ((row, tuple(cells)) for row, cells, *_ in records if any(map(str.strip, cells)))
    first = list(islice(filled, WITHIN)) or [(0, ())]
    return max(first, key=lambda record: _known(record[1]))


def is_separator_line(text: str) -> bool:
    """Whether a line above the header only says which sign separates cells: `sep=;`."""
    return bool(SEPARATOR_LINE.fullmatch(text.rstrip("\r\n")))


def _known(cells: tuple[str, ...]) -> int:
    names = set(name_columns(cells)) - {None}
    return len(names) if "campaign" in names else 0
