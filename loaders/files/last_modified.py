"""The column `Last Modified` of an export: when a row was last changed, as text that sorts."""

import re
from datetime import date, time
from functools import lru_cache

DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.A)
MINUTE = re.compile(r"(\d{1,2}):(\d\d)\s*([ap])m", re.A | re.I)
MANY = 20_000  # different days, or minutes of a day, that are worth remembering


def parse_last_modified(cell: str | None) -> str | None:
    """`10/16/2025 4:42pm` as `2025-10-16T16:42`; None for what is no such time."""
    day, minute = [*(cell or "").split(maxsplit=1), "", ""][:2]
    parsed = _parse_day(day), _parse_minute(minute.rstrip())
    return "T".join(parsed) if all(parsed) else None


@lru_cache(MANY)
def _parse_day(text: str) -> str:
    match = DAY.fullmatch(text)
    try:
        month, day, year = map(int, match.groups()) if match else (0, 0, 0)
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


@lru_cache(MANY)
def _parse_minute(text: str) -> str:
    match = MINUTE.fullmatch(text)
    try:
        hour, minute, half = match.groups() if match else ("", "", "")
        return time(int(hour) % 12 + (12 if half in "pP" else 0), int(minute)).isoformat("minutes")
    except ValueError:
        return ""
