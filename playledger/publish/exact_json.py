"""JSON of rows with every number as PostgreSQL wrote it: 1.10 stays 1.10, no digit is lost.

rows of PostgreSQL, plan.json ──► use_exact_json(), loads() ──► values ──► dumps() ──► JSON
"""

import json
from decimal import Decimal
from typing import Any

import orjson
from psycopg2.extensions import connection
from psycopg2.extras import register_default_json, register_default_jsonb

MAX_INT_LENGTH = 18  # characters; a longer whole number does not fit every reader's 64 bits


def loads(text: str | bytes) -> Any:  # noqa: ANN401
    """The value of a JSON text; fractions and long whole numbers are Decimal.

    Raises ValueError when the text is not JSON.
    """
    return json.loads(text, parse_float=Decimal, parse_int=_parse_int)


def dumps(value: object) -> bytes:
    """The JSON text of a value that `loads` gave, or of a dataclass that holds such values."""
    return orjson.dumps(value, default=_write_decimal)


def use_exact_json(conn: connection) -> None:
    """Make a connection read JSON by `loads`, and write times in it independently of its locale."""
    register_default_json(conn, loads=loads)
    register_default_jsonb(conn, loads=loads)
    with conn, conn.cursor() as cur:
        cur.execute("set timezone to 'UTC'; set intervalstyle to 'postgres'")


def _parse_int(text: str) -> int | Decimal:
    return int(text) if len(text) <= MAX_INT_LENGTH else Decimal(text)


def _write_decimal(value: object) -> orjson.Fragment:
    if isinstance(value, Decimal):
        return orjson.Fragment(format(value, "f"))
    raise TypeError(type(value).__name__)
