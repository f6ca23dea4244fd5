"""Days and times of a cell, read apart from the models: None for what is none.

The models read the same cells in SQL (macros `parse_...`); nothing here comes from them, so that
the account can compare the two.
"""

import re
from datetime import date, datetime, time
from functools import lru_cache

from loaders.cell_rules import MANY, single_line

DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/((?:19|20)[0-9]{2})")
CLOCK = re.compile(r"(0?[1-9]|1[0-2]):([0-5][0-9]) ?([ap])m", re.I)


@lru_cache(MANY)
def day(cell: str) -> date | None:
    """A day of the calendar as month/day/year."""
    match = DAY.fullmatch(single_line(cell))
    try:
        return date(int(match[3]), int(match[1]), int(match[2])) if match else None
    except ValueError:
        return None


def wall_clock(cell: str) -> datetime | None:
    """A time as the export writes it: `10/16/2025 4:42pm`."""
    start, _, clock = single_line(cell).partition(" ")
    match, begin = CLOCK.fullmatch(clock), day(start)
    if not match or not begin:
        return None
    hour = int(match[1]) % 12 + (12 if match[3].lower() == "p" else 0)
    return datetime.combine(begin, time(hour, int(match[2])))
