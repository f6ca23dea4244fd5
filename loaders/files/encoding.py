"""How a text file is written: its fingerprint, its encoding, and bytes that are no text.

    path ──► detect_encoding() ──► Encoding

One pass over the bytes in bounded blocks. A file that is no text at all is refused here.
"""

import codecs
import hashlib
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from loaders.errors import UserError

log = logging.getLogger(__name__)
BLOCK = 1 << 20  # bytes
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
    """How a file is written: `codec` is Python's name, `size` in bytes, `lines` its line ends."""

    codec: str
    has_byte_order_mark: bool
    has_bad_bytes: bool
    has_nul: bool
    sha256: str
    size: int
    lines: int

    @property
    def label(self) -> str:
        """The encoding's name for people."""
        name = "Windows-1252" if self.codec == "cp1252" else "UTF-8"
        return name + (" with byte order mark" if self.has_byte_order_mark else "")

    def open(self, path: Path) -> TextIO:
        """The file as text, line ends kept; bytes that are no text become lone surrogates."""
        return path.open(encoding=self.codec, errors="surrogateescape", newline="")


def detect_encoding(path: Path) -> Encoding:
    """UTF-8 or Windows-1252; UserError for what is no text, OSError when it cannot be read.

    A file is UTF-8 with a byte order mark, or with more lines of valid multi-byte characters than
    of invalid ones: then rows with invalid bytes are rejected, rather than all names misread.
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
    encoding = Encoding(
        codec="utf-8-sig" if is_utf8 else "cp1252",
        has_byte_order_mark=has_mark,
        has_bad_bytes=bool(broken),
        has_nul=has_nul,
        sha256=digest.hexdigest(),
        size=size,
        lines=lines,
    )
    counts = "lines beyond ASCII %d valid and %d invalid as UTF-8"
    log.debug(f"%s is read as %s: {counts}", path, encoding.label, valid, broken)
    return encoding


def _judge_lines(block: bytes) -> tuple[int, int]:
    """How many lines beyond ASCII are valid UTF-8, and how many are not."""
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
