"""Whether an export may follow those that are loaded: later wins, in any order of loading.

    new exports, exports in staging ──► arrange() ──► the same exports, oldest first, or a refusal

How old an export is, says its newest `Last Modified`; an export without one is taken as it comes.
The rule is section 3 of the contract ("Later wins, in any order").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from loaders.errors import UserError

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from loaders.inputs import SourceFile

SMALLEST_SHARE = 0.8  # of the last full export's rows; fewer look like a filter left on
CHANGE = re.compile(r"\s*(\d{1,2})/(\d{1,2})/(\d{4})\s+(\d{1,2}):(\d\d)\s*([ap])m\s*", re.A | re.I)


@dataclass(frozen=True, slots=True)
class Permissions:
    """What a person said is meant: an export older than the last, or one that is much smaller."""

    older: bool = False
    shrink: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """One export in staging: its name, rows, newest change (ISO 8601 or None) and coverage."""

    name: str
    rows: int
    newest_change: str | None
    is_full: bool


def read_change(cell: str | None) -> str | None:
    """`10/16/2025 4:42pm` as `2025-10-16T16:42`, which sorts; None for what is no such time."""
    match = CHANGE.fullmatch(cell) if cell else None
    if match is None:
        return None
    month, day, year, hour, minute, half = match.groups()
    hours = int(hour) % 12 + (12 if half in "pP" else 0)
    try:
        moment = datetime(int(year), int(month), int(day), hours, int(minute))
    except ValueError:
        return None
    return moment.isoformat(timespec="minutes")


def known_exports(opened: connection) -> list[Known]:
    """The exports that finished loads brought, in the order of loading."""
    with opened.cursor() as cursor:
        cursor.execute(
            "select file_name, record_count, newest_change, coverage is distinct from 'view' "
            "from staging_airtable.files "
            "inner join staging_airtable._dlt_loads on load_id = _dlt_load_id and status = 0 "
            "order by loaded_at, file_sha256"
        )
        return [Known(*row) for row in cursor]


def arrange(
    exports: list[SourceFile], known: list[Known], allowed: Permissions
) -> list[SourceFile]:
    """New exports, oldest first; UserError when one is older than what is there, or shrank."""
    if len(exports) + len(known) < 2:
        return exports
    for export in exports:
        export.survey()
    ordered = sorted(exports, key=lambda export: (export.newest_change or "", export.path.name))
    present = list(known)
    for export in ordered:
        if not allowed.older:
            _refuse_older(export, present)
        if export.is_full and not allowed.shrink:
            _refuse_shrunk(export, present)
        name = export.path.name
        present.append(Known(name, export.records, export.newest_change, export.is_full))
    return ordered


def _refuse_older(export: SourceFile, present: list[Known]) -> None:
    newest = max(present, key=lambda each: each.newest_change or "", default=None)
    change = export.newest_change
    if newest and change and newest.newest_change and change < newest.newest_change:
        raise UserError(
            f"{export.path.name} is older than {newest.name}, which is loaded: its newest change "
            f"is of {change.replace('T', ' ')}, that one's of "
            f"{newest.newest_change.replace('T', ' ')}.\nIts values would take the place of newer "
            "ones. Add --allow-older to load it all the same. Nothing was loaded."
        )


def _refuse_shrunk(export: SourceFile, present: list[Known]) -> None:
    last = next((each for each in reversed(present) if each.is_full), None)
    if last and export.records < SMALLEST_SHARE * last.rows:
        raise UserError(
            f"{export.path.name} has {export.records:,} rows, {last.name} had {last.rows:,}: over "
            "a fifth is missing.\nIs it a filtered view? Then add --view, and campaigns that it "
            "does not show stay current. If the list did shrink, add --allow-shrink. Nothing was "
            "loaded."
        )
