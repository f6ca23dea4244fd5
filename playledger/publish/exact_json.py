"""Rows as JSON, each number as PostgreSQL wrote it: 1.10 stays 1.10, and no digit is lost.

rows of PostgreSQL, plan.json ──► exactly(), read() ──► values ──► write() ──► JSON
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import orjson
from psycopg2.extras import register_default_json, register_default_jsonb

if TYPE_CHECKING:
    from psycopg2.extensions import connection

LONGEST = 18  # digits of a whole number that every reader of JSON can hold


def read(text: str | bytes) -> Any:  # noqa: ANN401
    """What a JSON text says; fractions and long numbers are Decimal; ValueError if it is none."""
    return json.loads(text, parse_float=Decimal, parse_int=_whole)


def write(value: object) -> bytes:
    """The JSON text of what was read, or of a dataclass of it."""
    return orjson.dumps(value, default=_as_it_was)


def exactly(conn: connection) -> None:
    """Let a connection read JSON in this way, and write times in it as every other one does."""
    register_default_json(conn, loads=read)
    register_default_jsonb(conn, loads=read)
    with conn, conn.cursor() as cur:
        cur.execute("set timezone to 'UTC'; set intervalstyle to 'postgres'")


def _whole(text: str) -> int | Decimal:
    return int(text) if len(text) <= LONGEST else Decimal(text)


def _as_it_was(value: object) -> orjson.Fragment:
    if isinstance(value, Decimal):
        return orjson.Fragment(format(value, "f"))
    raise TypeError(type(value).__name__)
