"""How an export is written, found by other means than the loader's: encoding, delimiter, columns.

    path ──► find_form() ──► ExportForm ──► read_frames()

Of the loader's it takes the list of the contract's headers and nothing else. The loader goes by
lines and by how many headers it knows; this goes by characters and by delimiters outside of quotes.
Where one of the two is wrong about a file, checks of the account fail.
"""

import codecs
import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from loaders.files.code_page import guess_code_page
from loaders.files.staging_schema import EXPORT_COLUMNS

BLOCK = 1 << 20  # characters that are read at a time
LONGEST_CELL = 1_000_000  # characters; past it a quote was not closed
DELIMITERS = (",", ";", "\t")
STRAY = re.compile("[\udc80-\udcff]")  # bytes that are not UTF-8, as `surrogateescape` has them
BEYOND_ASCII = re.compile("[\x80-\ud7ff\ue000-\U0010ffff]")
BLANK = re.compile(r'[\s",;]*')
# A quote means something at the beginning of a cell only.
OPENING = re.compile(r'(?<![^,;\t\r\n])"')
QUOTED = re.compile(OPENING.pattern + '(?:[^"]|"")*"')
HIGHEST = 20  # records among which the header is
CLEAR = 4  # times as many characters of one encoding as of the other: no opinion is possible

csv.field_size_limit(LONGEST_CELL)


@dataclass(frozen=True, slots=True)
class ExportForm:
    """How to read an export. `columns` has staging's name of each column, None for unknown ones;
    `headers` are its cells, and `header_row` counts the records of the file from 1.

    Two readers may part ways, and neither is wrong, where another encoding is as likely (not
    `is_clear`), or a quote is open or astray (not `is_well_quoted`).
    """

    path: Path
    encoding: str
    delimiter: str
    columns: tuple[str | None, ...]
    headers: tuple[str, ...]
    header_row: int
    is_clear: bool
    is_well_quoted: bool


def find_form(path: Path, told: str | None = None) -> ExportForm | None:
    """How an export is written; None when no delimiter gives it a column `Campaign`.

    `told` is its encoding where a person named it.
    """
    encoding, is_clear = (told, True) if told else _find_encoding(path)
    found = []
    for row, record in _first_records(path, encoding):
        for delimiter in DELIMITERS:
            headers = tuple(_split(record, delimiter))
            columns = _name_columns(headers)
            if "campaign" in columns:
                found.append((columns, headers, row, delimiter))
    if not found:
        return None
    columns, headers, row, delimiter = max(found, key=lambda each: len({*each[0]} - {None}))
    is_well_quoted = _is_well_quoted(path, encoding, delimiter)
    facts = (columns, headers, row, is_clear, is_well_quoted)
    return ExportForm(path, encoding, delimiter, *facts)


def _find_encoding(path: Path) -> tuple[str, bool]:
    """(Python's name, whether it is beyond doubt): UTF-8 or UTF-16 by its mark or most characters,
    else a code page. Which one is an assumption that the loader tells, and no second opinion.
    """
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig", True
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", True
    for encoding in ("utf-16-le", "utf-16-be"):
        text = start.decode(encoding, "replace")
        if sum(map(str.isascii, text)) > len(text) / 4:
            return encoding, True
    letters = strays = 0
    # A byte that is not UTF-8 becomes a lone surrogate.
    with path.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
        while text := file.read(BLOCK):
            if not text.isascii():
                letters += len(BEYOND_ASCII.findall(text))
                strays += len(STRAY.findall(text))
    is_clear = max(letters, strays) >= CLEAR * min(letters, strays)
    if letters >= strays:
        return "utf-8-sig", is_clear
    lines = (line for line in path.read_bytes().splitlines() if not _is_utf8(line))
    return guess_code_page(b"\n".join(lines))[0], is_clear


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _first_records(path: Path, encoding: str) -> Iterator[tuple[int, str]]:
    """(place among all records, text) of the first records with anything in them, each to the end
    of a cell that goes over several lines: a title may stand above the header.
    """
    record, row, found = "", 1, 0
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as lines:
        for line in lines:
            record += line
            is_whole = not OPENING.search(QUOTED.sub("", record))
            if is_whole and not BLANK.fullmatch(record):
                yield row, record.rstrip("\r\n")
                found += 1
            if is_whole:
                record, row = "", row + 1
            if found == HIGHEST or len(record) > LONGEST_CELL:
                break


def _split(record: str, delimiter: str) -> list[str]:
    """The cells of a record, those in quotes without them."""
    masked = QUOTED.sub(lambda cell: "x" * len(cell[0]), record)
    bounds = [-1, *(place.start() for place in re.finditer(delimiter, masked)), len(record)]
    cells = (record[before + 1 : end] for before, end in pairwise(bounds))
    return [cell[1:-1].replace('""', '"') if QUOTED.fullmatch(cell) else cell for cell in cells]


def _name_columns(headers: tuple[str, ...]) -> tuple[str | None, ...]:
    """Staging's name of each column, None for unknown ones; of equal headers the first counts.

    Case, blanks and punctuation make no difference, but a header that differs in nothing but case
    and blanks comes before one that does.
    """
    of_column = dict.fromkeys(headers)
    for name_of in (_without_blanks, _alphanumeric):
        known = {name_of(header): column for column, header in EXPORT_COLUMNS.items()}
        for header in of_column:
            column = known.get(name_of(header))
            if of_column[header] is None and column not in of_column.values():
                of_column[header] = column
    return tuple(of_column.pop(header, None) for header in headers)


def _without_blanks(header: str) -> str:
    plain = unicodedata.normalize("NFKC", header).casefold()
    return "".join(each for each in "".join(plain.split()) if unicodedata.category(each) != "Cf")


def plain_header(header: str) -> str:
    """Letters and digits of a header, or of a cell that may repeat one."""
    return _alphanumeric(header)


def _alphanumeric(header: str) -> str:
    return "".join(filter(str.isalnum, _without_blanks(header)))


def _is_well_quoted(path: Path, encoding: str, delimiter: str) -> bool:
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as lines:
        try:
            for _ in csv.reader(lines, delimiter=delimiter, strict=True):
                pass
        except csv.Error:
            return False
    return True
