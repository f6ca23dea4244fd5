"""A JSON document and its values, as the text that staging holds."""

from __future__ import annotations

import re
from datetime import datetime

import orjson

TIME = re.compile(
    r"20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?"
    r"(Z|[+-][0-9]{2}:?[0-9]{2})?"
)

# Of the files that this project's scraper writes; those of the first scraper have none.
SCHEMA_VERSION = "1"

# What orjson and Python raise for a document that is nested deeper than any page.
TOO_DEEP = (orjson.JSONEncodeError, RecursionError)


def read_json(content: bytes) -> object:
    """The document of a file, with or without a byte order mark; raises orjson.JSONDecodeError."""
    return orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))


def is_time(value: object) -> bool:
    """Whether a value is a date and time in ISO 8601, as scrapers write it."""
    if not isinstance(value, str) or not TIME.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def as_text(value: object) -> str | None:
    """Text and None as they are, anything else as it stands in JSON."""
    return value if value is None or isinstance(value, str) else as_json(value)


def as_json(value: object) -> str:
    """A value of a document as JSON; raises one of TOO_DEEP."""
    return orjson.dumps(value).decode()
