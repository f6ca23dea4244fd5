"""Values of a JSON document as the text that staging holds."""

from __future__ import annotations

import orjson

# What orjson and Python say of a document that is nested deeper than any page.
TOO_DEEP = (orjson.JSONEncodeError, RecursionError)


def as_text(value: object) -> str | None:
    """Text and None as they are, anything else as it stands in JSON."""
    return value if value is None or isinstance(value, str) else as_json(value)


def as_json(value: object) -> str:
    """A value of a document as JSON; raises one of TOO_DEEP."""
    return orjson.dumps(value).decode()
