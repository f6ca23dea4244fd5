"""A JSON document as rows of staging tables, and its values as the text that staging holds.

bytes ──► read_records() ──► JsonRecords (rows by staging table, rejected records)
"""

import json
import re
from collections.abc import Callable
from datetime import datetime

import orjson

from loaders.files.rejected_record import RejectedRecord

TIME = re.compile(
    r"20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?"
    r"(Z|[+-][0-9]{2}:?[0-9]{2})?"
)

# Of the files that this project's scraper writes; those of the first scraper have none.
SCHEMA_VERSION = "1"
# What orjson and Python raise for a document that is nested deeper than any page.
TOO_DEEP = (orjson.JSONEncodeError, RecursionError)
MOST_OF_BINARY = 1000  # bytes of a file that is no text
# What a value of another type raises where a document is looked into.
WRONG_SHAPE = (KeyError, TypeError, AttributeError)


class DuplicateKeyError(ValueError):
    """One object of a document has a key twice: which of the values counts, nobody knows."""


class JsonRecords:
    """What one file holds: rows by staging table, without their origin, and rejected records."""

    def __init__(self, *tables: str) -> None:
        self.rows: dict[str, list[tuple[object, ...]]] = {table: [] for table in tables}
        self.rejected: list[RejectedRecord] = []

    def reject(self, reason: str, place: str, value: object) -> None:
        """Reject a part of the document; raises one of TOO_DEEP."""
        self.rejected.append(RejectedRecord(reason, place, as_json(value)))


def read_records(
    content: bytes,
    tables: tuple[str, ...],
    read_document: Callable[[JsonRecords, object, bytes], str | None],
) -> JsonRecords:
    """The records of a file in UTF-8 or UTF-16; bad content never raises.

    `read_document` adds those of the document, or returns the reason to reject the whole file.
    """
    records = JsonRecords(*tables)
    try:
        text = _as_utf8(content)
        document = orjson.loads(text)
        _refuse_duplicate_keys(document, text)
        reason = read_document(records, document, text)
    except DuplicateKeyError:
        reason = "duplicate_key"
    except (orjson.JSONDecodeError, UnicodeDecodeError):
        reason = "invalid_json"
    except TOO_DEEP:
        reason = "wrong_shape"
    if reason:
        records = JsonRecords(*tables)
        raw = _raw_text(content)
        records.rejected.append(RejectedRecord(reason, "file", raw))
    return records


def _raw_text(content: bytes) -> str:
    """The text of a file; of one that is none, such as an archive, the beginning."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content[:MOST_OF_BINARY].decode("utf-8", "surrogateescape")


def is_time(value: object) -> bool:
    """Whether a value is a date and time in ISO 8601, as scrapers write it."""
    try:
        return bool(TIME.fullmatch(value) and datetime.fromisoformat(value))
    except (TypeError, ValueError):
        return False


def as_text(value: object) -> str | None:
    """Text and None as they are, anything else as it stands in JSON."""
    return value if value is None or isinstance(value, str) else as_json(value)


def as_json(value: object) -> str:
    """A value of a document as JSON; raises one of TOO_DEEP."""
    return orjson.dumps(value).decode()


def _as_utf8(content: bytes) -> bytes:
    """A document in UTF-8 without a byte order mark; UnicodeDecodeError when it is no UTF-16."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        content = content.decode("utf-16").encode()
    return content.removeprefix(b"\xef\xbb\xbf")


def _refuse_duplicate_keys(document: object, text: bytes) -> None:
    """Raise DuplicateKeyError when an object has a key twice, of which orjson keeps the last.

    A document that is written again as it was has none: this is so for the files of the scrapers,
    and five times as fast as to look.
    """
    if text not in (orjson.dumps(document, option=orjson.OPT_INDENT_2), orjson.dumps(document)):
        json.loads(text, object_pairs_hook=_once, parse_int=str, parse_float=str)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise DuplicateKeyError
    return found
