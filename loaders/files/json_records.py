"""A JSON document as rows of staging tables, and its values as the text that staging holds.

bytes ──► read_records() ──► JsonRecords (rows by staging table, rejected records)
"""

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
# What a value of another type raises where a document is looked into.
WRONG_SHAPE = (KeyError, TypeError, AttributeError)


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
    """The records of a file, with or without a byte order mark; bad content never raises.

    `read_document` adds those of the document, or returns the reason to reject the whole file.
    """
    records = JsonRecords(*tables)
    try:
        document = orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))
        reason = read_document(records, document, content)
    except orjson.JSONDecodeError:
        reason = "invalid_json"
    except TOO_DEEP:
        reason = "wrong_shape"
    if reason:
        records = JsonRecords(*tables)
        raw = content.decode("utf-8", "surrogateescape")
        records.rejected.append(RejectedRecord(reason, "file", raw))
    return records


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
