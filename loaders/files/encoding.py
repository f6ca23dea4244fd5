"""Find out how a text file is written: its fingerprint, encoding, and what cannot be text.

One pass over the bytes in bounded blocks. Files that are no text at all are refused here.
"""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from loaders.errors import UserError

BLOCK = 1 << 20
# What people pick in place of a CSV file, by its first bytes.
OTHER_FORMATS = {
    b"PK\x03\x04": "an Excel workbook or an archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
    b"\xff\xfe": "a UTF-16 text",
    b"\xfe\xff": "a UTF-16 text",
    b"\x1f\x8b": "a compressed file",
    b"SQLite format 3": "a database",
}


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file is written. `codec` is Python's name; `lines` counts line ends."""

    codec: str
    has_byte_order_mark: bool
    has_bad_bytes: bool
    has_nul: bool
    sha256: str
    size: int
    lines: int

    @property
    def label(self) -> str:
        """The encoding in words."""
        name = "Windows-1252" if self.codec == "cp1252" else "UTF-8"
        return name + (" with byte order mark" if self.has_byte_order_mark else "")

    def open(self, path: Path) -> TextIO:
        """The file as text, line ends kept; bytes that are no text become lone surrogates."""
        return path.open(encoding=self.codec, errors="surrogateescape", newline="")


def detect_encoding(path: Path) -> Encoding:
    """UTF-8 unless its bytes say otherwise, else Windows-1252; UserError for what is no text.

    A file with a byte order mark, or with more lines of valid multi-byte characters than broken
    ones, is UTF-8: broken rows are rejected one by one rather than all names misread.
    """
    digest = hashlib.sha256()
    size = lines = valid = broken = 0
    has_nul = False
    with path.open("rb") as file:
        head = file.read(4096)
        _refuse_binary(path, head)
        file.seek(0)
        while block := file.read(BLOCK) + file.readline():
            digest.update(block)
            size += len(block)
            lines += max(block.count(b"\n"), block.count(b"\r"))
            has_nul = has_nul or b"\x00" in block
            if not block.isascii():
                good, bad = _judge_lines(block)
                valid += good
                broken += bad
    has_mark = head.startswith(codecs.BOM_UTF8)
    is_utf8 = has_mark or not broken or valid > broken
    return Encoding(
        codec="utf-8-sig" if is_utf8 else "cp1252",
        has_byte_order_mark=has_mark,
        has_bad_bytes=bool(broken),
        has_nul=has_nul,
        sha256=digest.hexdigest(),
        size=size,
        lines=lines,
    )


def _judge_lines(block: bytes) -> tuple[int, int]:
    """How many lines beyond ASCII are UTF-8, and how many are not."""
    good = bad = 0
    for line in block.removeprefix(codecs.BOM_UTF8).splitlines():
        if line.isascii():
            continue
        try:
            line.decode()
            good += 1
        except UnicodeDecodeError:
            bad += 1
    return good, bad


def _refuse_binary(path: Path, head: bytes) -> None:
    kind = next((name for magic, name in OTHER_FORMATS.items() if head.startswith(magic)), None)
    if kind is None and head.count(b"\x00") > len(head) // 100 + 1:
        kind = "a binary file"
    if kind is None and not head.removeprefix(codecs.BOM_UTF8).strip():
        kind = "empty"
    if kind:
        raise UserError(
            f"{path.name} is {kind}, no campaign export.\n"
            "Export the campaign list as CSV (UTF-8) and load that file. Nothing was loaded."
        )
