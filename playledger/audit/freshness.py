"""How old the data is: when the newest export and the newest scrape were loaded.

    staging (the files of finished loads) ──► measure() ──► describe() ──► sentences, exit code 4

What counts is when a file was loaded. A load passes over a file that it knows and notes nothing, so
the same export loaded again is no fresher: whether nobody changed the list or nobody exported it,
the file does not say. A filtered view or an older export does not make the whole list newer, and
roster results are no measure, since campaigns that have an SFA URL need no more of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from loaders.errors import UserError

if TYPE_CHECKING:
    from psycopg2.extensions import connection

UNITS = {"m": "minutes", "h": "hours", "d": "days"}
LIMIT = re.compile(r"\s*(\d{1,6})\s*([mhd])\s*", re.ASCII | re.IGNORECASE)

# Kind → the schema of its files, and which of them count.
KINDS = {
    "exports": ("staging_airtable", "coverage is distinct from 'view' and is_older is not true"),
    "scrapes": ("staging_spotify", "file_kind = 'scrape'"),
}
NEWEST = (
    "select now() - max(loaded_at) from {schema}.files inner join {schema}._dlt_loads as loads "
    "on loads.load_id = files._dlt_load_id and loads.status = 0 where {counts}"
)


@dataclass(frozen=True, slots=True)
class Age:
    """How long ago the newest file of a kind was loaded; None when there was never one."""

    kind: str
    age: timedelta | None

    def is_stale(self, limit: timedelta) -> bool:
        """Whether it was loaded longer ago than that; what was never loaded is not stale."""
        return self.age is not None and self.age > limit


def read_limit(text: str) -> timedelta:
    """`90m`, `26h` or `7d`; UserError for anything else."""
    match = LIMIT.fullmatch(text)
    if match is None or not int(match[1]):
        raise UserError(
            f"`--max-age {text}` is no age. It reads 90m (minutes), 26h (hours) or 7d (days)."
        )
    return timedelta(**{UNITS[match[2].lower()]: int(match[1])})


def measure(conn: connection) -> list[Age]:
    """The age of each kind, by the clock of the server."""
    ages = []
    with conn.cursor() as cursor:
        for kind, (schema, counts) in KINDS.items():
            cursor.execute("select to_regclass(%s)", [f"{schema}._dlt_loads"])
            age = None
            if cursor.fetchone()[0]:
                cursor.execute(NEWEST.format(schema=schema, counts=counts))
                (age,) = cursor.fetchone()
            ages.append(Age(kind, age))
    return ages


def describe(age: Age, limit: timedelta) -> str:
    """One sentence on one kind."""
    if age.age is None:
        return f"No {age.kind} were ever loaded: their age does not count."
    verdict = f"stale, over {in_words(limit)}" if age.is_stale(limit) else "fresh"
    return f"The newest of the {age.kind} was loaded {in_words(age.age)} ago: {verdict}."


def in_words(span: timedelta) -> str:
    """`3 days 4 hours`, `26 hours`, `5 minutes`: whole ones, two days and more in days."""
    minutes = max(0, int(span.total_seconds() // 60))
    hours, minutes = divmod(minutes, 60)
    days, rest = divmod(hours, 24)
    if days >= 2:
        return _count(days, "day") + (f" {_count(rest, 'hour')}" if rest else "")
    if hours:
        return _count(hours, "hour") + (f" {_count(minutes, 'minute')}" if minutes else "")
    return _count(minutes, "minute")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
