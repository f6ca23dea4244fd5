"""Numbers, amounts and days of a cell, read apart from the models: None for what is none.

The models read the same cells in SQL (macros `parse_...`); nothing here comes from them, so that
the account can compare the two.
"""

import re
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from loaders.cell_rules import MANY, single_line

WHOLE_NUMBER = re.compile(r"-?[0-9]{1,3}(?:,?[0-9]{3}){0,4}")
AMOUNT = re.compile(r"-?\$? ?-?[0-9]{1,3}(?:,?[0-9]{3}){0,2}(?:\.[0-9]{1,2})?")
DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/((?:19|20)[0-9]{2})")
CLOCK = re.compile(r"(0?[1-9]|1[0-2]):([0-5][0-9]) ?([ap])m", re.I)


def whole_number(cell: str) -> int | None:
    """Streams as people type them: `10000`, `10,000`, `-200`."""
    text = single_line(cell)
    return int(text.replace(",", "")) if WHOLE_NUMBER.fullmatch(text) else None


def amount(cell: str) -> Decimal | None:
    """US dollars: `$1,500.00`, `$0.00`, `-$50`."""
    text = single_line(cell)
    return Decimal(re.sub(r"[$, ]", "", text)) if AMOUNT.fullmatch(text) else None


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
