"""How old the data is: how long ago the newest export and the newest scrape were loaded.

    staging (the files of finished loads) ──► measure_ages() ──► Age ... ──► a sentence each

The age counts from the first load of a file: a load passes over a file that it knows, so the same
export loaded again is no fresher. A filtered view or an older export does not make the whole list
newer. Roster results do not count, since campaigns that have an SFA URL need no more of them.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

import humanize
from psycopg2.extensions import connection

from loaders.errors import UserError

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
    """How long ago the newest file of a kind was loaded; None when none ever was."""

    kind: str
    age: timedelta | None

    def is_stale(self, limit: timedelta) -> bool:
        """Whether it was loaded longer ago than that; what was never loaded is not stale."""
        return self.age is not None and self.age > limit

    def describe(self, limit: timedelta) -> str:
        """One sentence: how old it is, and whether that is stale."""
        if self.age is None:
            return f"No {self.kind} were ever loaded: their age does not count."
        verdict = f"stale, over {long_duration(limit)}" if self.is_stale(limit) else "fresh"
        return f"The newest of the {self.kind} was loaded {long_duration(self.age)} ago: {verdict}."


def read_limit(text: str) -> timedelta:
    """`90m`, `26h` or `7d`; UserError for anything else."""
    match = LIMIT.fullmatch(text)
    if match is None or not int(match[1]):
        raise UserError(
            f"`--max-age {text}` is no age: write 90m (minutes), 26h (hours) or 7d (days)."
        )
    return timedelta(**{UNITS[match[2].lower()]: int(match[1])})


def measure_ages(conn: connection) -> list[Age]:
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


def long_duration(span: timedelta) -> str:
    """`5 minutes`, `26 hours`, `3 days and 4 hours`: whole units, days from two days on."""
    unit, unused = ("hours", []) if span >= timedelta(days=2) else ("minutes", ["days"])
    whole = span // timedelta(**{unit: 1}) * timedelta(**{unit: 1})
    return humanize.precisedelta(max(whole, timedelta()), minimum_unit=unit, suppress=unused)
