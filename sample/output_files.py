"""Files as Airtable writes them, lists of matches, and the figures that are true of a folder."""

import csv
from _csv import Writer
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson


@contextmanager
def open_csv(path: Path, header: tuple[str, ...], dialect: str = "excel") -> Iterator[Writer]:
    """A writer below the header, with LF line ends; an `excel` file begins with a BOM."""
    encoding = "utf-8-sig" if dialect == "excel" else "utf-8"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, dialect, lineterminator="\n")
        writer.writerow(header)
        yield writer


def write_truth(folder: Path, truth: dict[str, object]) -> None:
    """Write truth.json."""
    options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
    (folder / "truth.json").write_bytes(orjson.dumps(truth, option=options))
