"""Whether an export may follow those that are loaded: later wins, in any order of loading.

    new exports, exports in staging ──► arrange() ──► the same exports, oldest first, or a refusal

How old an export is, says its newest `Last Modified`; an export without one is taken as it comes. A
filtered view need not show the newest change: it is older when it shows a campaign as it was before
the last export. What is loaded all the same is put in its place before the newer ones, whose values
go on holding. The rule is section 3 of the contract ("Later wins, in any order").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from loaders.errors import UserError

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from loaders.source_file import SourceFile

SMALLEST_SHARE = 0.8  # of the last full export's rows; fewer look like a filter left on
DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.A)
MINUTE = re.compile(r"(\d{1,2}):(\d\d)\s*([ap])m", re.A | re.I)
MANY = 20_000  # days, or minutes of a day, that are read once


@dataclass(frozen=True, slots=True)
class LoadOverrides:
    """What a person said is meant: an export older than the last, or one that is much smaller."""

    older: bool = False
    shrink: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """One export that goes before: its name, rows, newest change (ISO 8601 or None), coverage.

    `changes` gives (Campaign, Last Modified in ISO 8601 or None) of its rows of some campaigns.
    """

    name: str
    rows: int
    newest_change: str | None
    is_full: bool
    changes: Callable[[set[str]], Iterable[tuple[str, str | None]]]


def read_change(cell: str | None) -> str | None:
    """`10/16/2025 4:42pm` as `2025-10-16T16:42`, which sorts; None for what is no such time."""
    day, minute = [*(cell or "").split(maxsplit=1), "", ""][:2]
    read = _read_day(day), _read_minute(minute.rstrip())
    return "T".join(read) if all(read) else None


@lru_cache(MANY)
def _read_day(text: str) -> str:
    match = DAY.fullmatch(text)
    try:
        month, day, year = map(int, match.groups()) if match else (0, 0, 0)
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


@lru_cache(MANY)
def _read_minute(text: str) -> str:
    match = MINUTE.fullmatch(text)
    try:
        hour, minute, half = match.groups() if match else ("", "", "")
        return time(int(hour) % 12 + (12 if half in "pP" else 0), int(minute)).isoformat("minutes")
    except ValueError:
        return ""


def known_exports(conn: connection) -> list[Known]:
    """The exports that finished loads brought, in the order of loading."""
    with conn.cursor() as cursor:
        cursor.execute(
            "select file_name, record_count, newest_change, coverage is distinct from 'view', "
            "file_sha256, run_key from staging_airtable.files "
            "inner join staging_airtable._dlt_loads on load_id = _dlt_load_id and status = 0 "
            "order by loaded_at, file_sha256"
        )
        return [
            Known(*row, partial(_changes_in_staging, conn, file_sha256, run_key))
            for *row, file_sha256, run_key in cursor.fetchall()
        ]


def arrange(
    exports: list[SourceFile], known: list[Known], allowed: LoadOverrides
) -> list[SourceFile]:
    """New exports, oldest first; UserError when one is older than what is there, or shrank.

    One that is older and allowed is marked so.
    """
    if len(exports) + len(known) < 2:
        return exports
    for export in exports:
        export.survey()
    ordered = sorted(exports, key=lambda export: (export.newest_change or "", export.path.name))
    # A view goes behind the lists, unless one of them shows that it was made before.
    lists = [export for export in ordered if export.is_full]
    for view in (export for export in ordered if not export.is_full):
        places = [place for place, each in enumerate(lists) if _is_older(view, _as_known(each))]
        lists.insert(places[0] if places else len(lists), view)
    present = list(known)
    for export in lists:
        newer = next((each for each in reversed(present) if _is_older(export, each)), None)
        if newer and not allowed.older:
            raise UserError(_older(export, newer))
        export.is_older = newer is not None
        if export.is_full and not export.is_older and not allowed.shrink:
            _refuse_shrunk(export, present)
        present.append(_as_known(export))
    return lists


def _is_older(export: SourceFile, other: Known) -> bool:
    """Whether the export shows the list as it was before another one was made."""
    change, known = export.newest_change, other.newest_change
    if not (change and known and change < known):
        return False
    if export.is_full:
        return True
    if not other.is_full:
        return False
    shown: dict[str, set[str]] = defaultdict(set)
    for name, moment in other.changes({name for name, _ in export.changes}):
        if moment:
            shown[name].add(moment)
    return any(
        moment not in shown[name] and moment < max(shown[name])
        for name, moment in export.changes
        if shown[name]
    )


def _as_known(export: SourceFile) -> Known:
    basics = (export.path.name, export.records, export.newest_change, export.is_full)
    return Known(*basics, export.changes_of)


def _changes_in_staging(
    conn: connection, file_sha256: str, run_key: str, names: set[str]
) -> Iterator[tuple[str, str | None]]:
    with conn.cursor() as cursor:
        cursor.execute(
            "select campaign, last_modified from staging_airtable.campaigns "
            "where file_sha256 = %s and run_key = %s and campaign = any(%s)",
            [file_sha256, run_key, list(names)],
        )
        for name, cell in cursor:
            yield name, read_change(cell)


def _older(export: SourceFile, newer: Known) -> str:
    when = [moment.replace("T", " ") for moment in (export.newest_change, newer.newest_change)]
    return (
        f"{export.path.name} is older than {newer.name}, which is loaded: its newest change is of "
        f"{when[0]}, that one's of {when[1]}.\nAdd --allow-older to load it all the same: it then "
        "fills what is empty, and newer values stay. Nothing was loaded."
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
