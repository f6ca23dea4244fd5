"""A column of a legacy table, cast to text as an export has it.

    LegacyColumn, column of the export ──► cell_sql() ──► SQL that gives text or null

Text stays as it is. Where an installation has other types, their values are written in the form of
an export, so that they are parsed and checked as every other cell.
"""

import re

from psycopg2 import sql

from loaders.files.export_header import KNOWN_HEADERS, header_key
from loaders.files.staging_schema import EXPORT_COLUMNS
from playledger.adopt.legacy_tables import LegacyColumn

CHECKBOXES = {"paid_vendor", "sfa", "notify_vendor", "ask_for_sfa", "update_client"}
NUMBERS = {"int2", "int4", "int8", "numeric", "float4", "float8"}
TIMES = {
    "start_date": ("FMMM/FMDD/YYYY", "UTC"),
    "last_modified": ("FMMM/FMDD/YYYY FMHH12:MIam", "America/New_York"),
}

CHECKBOX = "case when {} then 'checked' end"
CHECKBOX_TEXT = (
    "case lower({0}::text) when 'true' then 'checked' when 'false' then null else {0}::text end"
)
NUMBER = "trim_scale({}::numeric)::text"
LIST = "array_to_string({}::text[], ', ')"
BULLETS = (
    "(select string_agg('- ' || line, E'\\n' order by nth) "
    "from unnest({}::text[]) with ordinality as lines (line, nth))"
)
LABELS = (
    "(select string_agg(case when label ~ '[,\"]' "
    "then '\"' || replace(label, '\"', '\"\"') || '\"' else label end, ', ' order by nth) "
    "from unnest({}::text[]) with ordinality as labels (label, nth))"
)
# A date in ISO 8601, as a web application may have written it; any other text stays.
DATE_TEXT = r"regexp_replace({}::text, '^\s*(\d{{4}})-0?(\d{{1,2}})-0?(\d{{1,2}})\s*$', '\2/\3/\1')"


SNAKE_HEADERS = {
    re.sub(r"[^a-z0-9]+", "_", header.lower()).strip("_"): column
    for column, header in EXPORT_COLUMNS.items()
}


def known_columns(names: list[str]) -> dict[str, str]:
    """Which of these are columns of the export: name → column of staging, each once."""
    known: dict[str, str] = {}
    lookups = (
        lambda name: name if name in EXPORT_COLUMNS else None,
        SNAKE_HEADERS.get,
        lambda name: KNOWN_HEADERS.get(header_key(name)),
    )
    for lookup in lookups:
        for name in names:
            column = lookup(name)
            if column and name not in known and column not in known.values():
                known[name] = column
    return known


def cell_sql(legacy: LegacyColumn, column: str | None) -> sql.Composable:
    """The text of a legacy column that is this one of the export; None for an unknown column."""
    return sql.SQL(_cast(legacy, column)).format(sql.Identifier("legacy", legacy.name))


def _cast(legacy: LegacyColumn, column: str | None) -> str:
    if column is None:
        return "{}::text"
    if column in CHECKBOXES and legacy.category in "BS":
        return CHECKBOX if legacy.category == "B" else CHECKBOX_TEXT
    if legacy.type in NUMBERS:
        return NUMBER
    if legacy.category == "A":
        return {"playlists": BULLETS, "client": LABELS}.get(column, LIST)
    if column in TIMES and legacy.type in ("date", "timestamp", "timestamptz"):
        form, zone = TIMES[column]
        there = f" at time zone '{zone}'" if legacy.type == "timestamptz" else ""
        return f"to_char({{}}{there}, '{form}')"
    if column == "start_date" and legacy.category == "S":
        return DATE_TEXT
    return "{}::text"
