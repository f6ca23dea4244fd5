"""How a text file is written: its fingerprint, its encoding, and bytes that are no text.

    path ──► detect_encoding() ──► Encoding

One pass over the bytes in bounded blocks. A file that is no text at all is refused here.
"""

import codecs
import hashlib
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO

from loaders.errors import UserError
from loaders.files.code_page import CODE_PAGES, guess_code_page, judge_lines

log = logging.getLogger(__name__)
BLOCK = 1 << 20  # bytes
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
NAMES = {"utf-8-sig": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", **CODE_PAGES}
CERTAIN = ("cp1252", "utf-16-le", "utf-16-be")  # where no other reading fits, not told as assumed
# What people pick in place of a CSV file, by its first bytes.
OTHER_FORMATS = {
    b"PK\x03\x04": "an Excel workbook or an archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a compressed file",
    b"SQLite format 3": "a database",
}


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file is written: `codec` is Python's name, `size` in bytes, `lines` its line ends.

    `is_assumed` says that other encodings fit as well, `is_told` that a person named it.
    """

    codec: str
    has_byte_order_mark: bool
    has_bad_bytes: bool
    has_nul: bool
    sha256: str
    size: int
    lines: int
    is_assumed: bool = False
    is_told: bool = False

    @property
    def label(self) -> str:
        """The encoding's name for people."""
        name = NAMES.get(self.codec, self.codec)
        mark = " with byte order mark" if self.has_byte_order_mark else ""
        return name + mark + (" (assumed)" if self.is_assumed else "")

    @property
    def mark(self) -> bytes:
        """The byte order mark that the file begins with."""
        found = next((mark for mark, codec in MARKS.items() if codec == self.codec), b"")
        return found if self.has_byte_order_mark else b""

    def open(self, path: Path, start: int = 0) -> TextIO:
        """The file as text, from behind so many bytes of UTF-8 if any, line ends kept; bytes that
        are no text become lone surrogates.
        """
        text = path.open(encoding=self.codec, errors="surrogateescape", newline="")
        if start:
            text.seek(start)
        elif self.mark and self.codec != "utf-8-sig":
            text.read(1)
        return text


def detect_encoding(path: Path, told: str | None = None) -> Encoding:
    """UTF-8, UTF-16 or a code page; UserError for what is no text, OSError when it cannot be read.

    A file is UTF-8 with a byte order mark, or with more lines of valid multi-byte characters than
    of invalid ones: then rows with invalid bytes are rejected, rather than all names misread.
    `told` is an encoding that a person named, as Python calls it.
    """
    import numpy as np  # it and pyarrow are slow to import

    from loaders.arrow_arrays import is_text

    digest = hashlib.sha256()
    size = lines = valid = broken = 0
    has_nul, has_bad_bytes, strange = False, False, b""
    with path.open("rb") as file, ThreadPoolExecutor(1) as beside:
        head = file.read(4096)
        codec = _find_utf16(head)
        _refuse_binary(path, head, is_utf16=codec is not None)
        for block in _blocks(file):
            hashing = beside.submit(digest.update, block)
            size += len(block)
            signs = np.frombuffer(block, np.uint8)
            lines += int(max(np.count_nonzero(signs == ord(end)) for end in "\n\r"))
            has_nul = has_nul or b"\x00" in block
            has_bad_bytes = has_bad_bytes or not is_text(block)
            hashing.result()
        if has_bad_bytes:
            valid, broken, strange = judge_lines(_blocks(file))
    has_mark = head.startswith(tuple(MARKS))
    is_only = has_mark
    if not codec:
        codec, is_only = "utf-8-sig", True
        if broken >= valid and broken and not has_mark:
            codec, is_only = guess_code_page(strange)
            codec, is_only = (codec, is_only) if _is_text(path, codec) else ("cp1252", False)
    if told:
        codec, is_only = told, True
    if not _is_text(path, codec):
        raise UserError(
            f"{path.name} cannot be read as {NAMES.get(codec, codec)}.\n"
            "Export the campaign list as CSV (UTF-8), or name its encoding with --encoding. "
            "Nothing was loaded."
        )
    encoding = Encoding(
        codec=codec,
        has_byte_order_mark=has_mark and head.startswith(_mark_of(codec)),
        has_bad_bytes=bool(broken),
        has_nul=has_nul,
        sha256=digest.hexdigest(),
        size=size,
        lines=lines,
        is_assumed=not told and not (codec == "utf-8-sig" or (is_only and codec in CERTAIN)),
        is_told=bool(told),
    )
    counts = "lines beyond ASCII %d valid and %d invalid as UTF-8"
    log.debug(f"%s is read as %s: {counts}", path, encoding.label, valid, broken)
    return encoding


def known_encoding(name: str) -> str:
    """Python's name of an encoding that a person names; UserError for one that it lacks."""
    key = name.strip().lower().replace("_", "-")
    labels = {label.lower(): codec for codec, label in NAMES.items() if codec != "utf-16-be"}
    try:
        codec = labels.get(key) or codecs.lookup(key).name
        "".encode(codec)
    except (LookupError, ValueError):
        raise UserError(
            f"There is no encoding {name}. Known are {', '.join(dict.fromkeys(NAMES.values()))} "
            "and those of Python."
        ) from None
    return {"utf-8": "utf-8-sig", "utf-16": "utf-16-le"}.get(codec, codec)


def _find_utf16(head: bytes) -> str | None:
    """UTF-16 by its mark, or by the NUL beside each letter of a header in ASCII."""
    for mark, codec in MARKS.items():
        if head.startswith(mark):
            return codec if codec != "utf-8-sig" else None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 4 > len(head[::2]) and min(even, odd) * 20 < max(even, odd):
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    """Whole lines from the file's beginning."""
    file.seek(0)
    while block := file.read(BLOCK) + file.readline():
        yield block


def _mark_of(codec: str) -> bytes:
    return next((mark for mark, name in MARKS.items() if name == codec), b"\xff\xfe\xff\xfe")


def _is_text(path: Path, codec: str) -> bool:
    """Whether a file can be read so, but for single bytes that a row is rejected for."""
    if codec in ("utf-8-sig", "cp1252"):
        return True
    try:
        with path.open(encoding=codec, errors="surrogateescape") as text:
            while text.read(BLOCK):
                pass
    except UnicodeError:
        return False
    return True


def _refuse_binary(path: Path, head: bytes, *, is_utf16: bool) -> None:
    kind = next((name for magic, name in OTHER_FORMATS.items() if head.startswith(magic)), None)
    if kind is None and not is_utf16 and head.count(b"\x00") > len(head) // 100 + 1:
        kind = "a binary file"
    if kind is None and not head.removeprefix(codecs.BOM_UTF8).strip():
        kind = "empty"
    if kind:
        raise UserError(
            f"{path.name} is {kind}, no campaign export.\n"
            "Export the campaign list as CSV (UTF-8) and load that file. Nothing was loaded."
        )
