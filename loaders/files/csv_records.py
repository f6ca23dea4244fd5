"""Split an export into records, so that a broken quote costs one line and not the rest.

    path, encoding, delimiter ──► read_records() ──► (source row, cells, lines, problem) ...

Python's csv reader does it: pyarrow silently takes a quote that is never closed for data, and stops
the whole file at one bad byte; both would lose rows.
"""

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from loaders.files.encoding import Encoding

LONGEST_CELL = 1_000_000  # characters; past it a quote was not closed

csv.field_size_limit(LONGEST_CELL)

Record = tuple[int, list[str], tuple[str, ...], str | None]


@dataclass(slots=True)
class Place:
    """Where a file is read on: behind so many bytes, which hold so many records."""

    byte: int = 0
    row: int = 0


def read_records(
    path: Path,
    encoding: Encoding,
    delimiter: str,
    *,
    is_whole: bool = False,
    start: Place | None = None,
) -> Iterator[Record]:
    """(source row, cells, its lines, problem) of each record but blank lines.

    `is_whole` gives blank lines too; `start` is another place than the file's beginning. `problem`
    is a reason to reject the record, or None. A record that breaks the rules of quoting ends with
    its first line, and reading goes on with the next: one stray quote must not swallow the rows
    behind it.
    """
    held: list[str] = []
    again: deque[str] = deque()

    def hold(lines: Iterator[str]) -> Iterator[str]:
        while True:
            line = again.popleft() if again else next(lines, None)
            if line is None:
                return
            held.append(line)
            yield line

    is_suspicious = encoding.has_bad_bytes or encoding.has_nul
    with encoding.open(path, start.byte if start else 0) as lines:
        source_row = start.row if start else 0
        reader = csv.reader(hold(lines), delimiter=delimiter, strict=True)
        while True:
            problem, cells = None, []
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                is_long = len(held[0]) > LONGEST_CELL
                problem = "cell_too_long" if is_long else "unclosed_or_stray_quote"
                again.extendleft(reversed(held[1:]))
                del held[1:]
                reader = csv.reader(hold(lines), delimiter=delimiter, strict=True)
            source_row += 1
            text = tuple(held)
            held.clear()
            if is_suspicious and not problem:
                problem = _unreadable("".join(text))
            if is_whole or cells or problem:
                yield source_row, cells, text, problem


def _unreadable(text: str) -> str | None:
    if "\x00" in text:
        return "nul_character"
    if any("\udc80" <= character <= "\udcff" for character in text):
        return "bad_encoding"
    return None
