"""A column of an old table as the export would have written it.

    OldColumn, column of the export ──► cell() ──► SQL that gives text or null

Text stays as it is. Where an installation has other types, each is written in the form of an
export, so that it is read, and doubted, as every other cell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from psycopg2 import sql

from loaders.files.export import KNOWN_HEADERS, header_key
from loaders.files.staging_schema import EXPORT_COLUMNS

if TYPE_CHECKING:
    from playledger.adopt.legacy_tables import OldColumn

BOXES = {"paid_vendor", "sfa", "notify_vendor", "ask_for_sfa", "update_client"}
NUMBERS = {"int2", "int4", "int8", "numeric", "float4", "float8"}
DAY, MOMENT = "FMMM/FMDD/YYYY", "FMMM/FMDD/YYYY FMHH12:MIam"

TICK = "case when {} then 'checked' end"
TICK_TEXT = (
    "case lower({0}::text) when 'true' then 'checked' when 'false' then null else {0}::text end"
)
NUMBER = "trim_scale({}::numeric)::text"
LIST = "array_to_string({}::text[], ', ')"
LINES = (
    "(select string_agg('- ' || line, E'\\n' order by nth) "
    "from unnest({}::text[]) with ordinality as lines (line, nth))"
)
LABELS = (
    "(select string_agg(case when label ~ '[,\"]' "
    "then '\"' || replace(label, '\"', '\"\"') || '\"' else label end, ', ' order by nth) "
    "from unnest({}::text[]) with ordinality as labels (label, nth))"
)
# A day in ISO 8601, as a web application may have written it; every other text stays.
DAY_TEXT = r"regexp_replace({}::text, '^\s*(\d{{4}})-0?(\d{{1,2}})-0?(\d{{1,2}})\s*$', '\2/\3/\1')"


def _snake(header: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", header.lower()).strip("_")


SNAKE_HEADERS = {_snake(header): column for column, header in EXPORT_COLUMNS.items()}


def known_columns(names: list[str]) -> dict[str, str]:
    """The columns of the export that these are: name → name of staging, each once."""
    known: dict[str, str] = {}
    readings = (
        lambda name: name if name in EXPORT_COLUMNS else None,
        SNAKE_HEADERS.get,
        lambda name: KNOWN_HEADERS.get(header_key(name)),
    )
    for read in readings:
        for name in names:
            column = read(name)
            if column and name not in known and column not in known.values():
                known[name] = column
    return known


def cell(old: OldColumn, column: str | None) -> sql.Composable:
    """The text of an old column that is this one of the export; None for a column of its own."""
    return sql.SQL(_form(old, column)).format(sql.Identifier("old", old.name))


def _form(old: OldColumn, column: str | None) -> str:
    if column is None:
        return "{}::text"
    if column in BOXES and old.category in "BS":
        return TICK if old.category == "B" else TICK_TEXT
    if old.type in NUMBERS:
        return NUMBER
    if old.category == "A":
        return {"playlists": LINES, "client": LABELS}.get(column, LIST)
    if column == "last_modified" and old.type in ("date", "timestamp", "timestamptz"):
        zone = " at time zone 'America/New_York'" if old.type == "timestamptz" else ""
        return f"to_char({{}}{zone}, '{MOMENT}')"
    if column == "start_date" and old.type in ("date", "timestamp", "timestamptz"):
        zone = " at time zone 'UTC'" if old.type == "timestamptz" else ""
        return f"to_char({{}}{zone}, '{DAY}')"
    if column == "start_date" and old.category == "S":
        return DAY_TEXT
    return "{}::text"
