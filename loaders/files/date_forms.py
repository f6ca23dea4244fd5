"""The forms in which people type a day, with or without a time of day.

    cell ──► read_moment() ──► Moment, or None for what is no day

The models read the same cells in SQL (`macros/parse/read_moment.sql`); the account reads them a
third time. The forms are in section 1.1 of docs/contract.md.
"""

import re
from datetime import date
from typing import Literal, NamedTuple

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
WEEK_DAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,? )?"
YEAR = r"((?:20)?[0-4][0-9])"
CLOCK = re.compile(
    r"(?:,? (?:at )?|t)(?:"
    r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:\.[0-9]+)?)?"
    r"|(0?[1-9]|1[0-2])(?::([0-5][0-9])(?::([0-5][0-9]))?)? ?([ap])\.?m\.?)"
    r"(?: ?(?:z|e[sd]?t|[cmp][sd]t|(?:utc|gmt)?[+-][0-9]{2}:?(?:[0-9]{2})?|utc|gmt)"
    r"(?: \([a-z ]+\))?)?\Z"
)
NUMBERS = re.compile(rf"([0-9]{{1,2}}) ?([/.-]) ?([0-9]{{1,2}}) ?\2 ?{YEAR}")
YEAR_FIRST = re.compile(r"(20[0-4][0-9])(?:([/.-])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{2})([0-9]{2}))")
MONTH_FIRST = re.compile(
    rf"{WEEK_DAY}{MONTH}[ -]?([0-9]{{1,2}})(?:st|nd|rd|th)?(?:, ?|[ -])'?{YEAR}"
)
DAY_FIRST = re.compile(
    rf"{WEEK_DAY}([0-9]{{1,2}})(?:st|nd|rd|th|\.)?(?: of |[ -])?{MONTH}(?:, ?|[ -])?'?{YEAR}"
)
TO_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


class Moment(NamedTuple):
    """A day in ISO 8601 by month/day and by day/month, and the time of day, None if not typed.

    `only` is the order that two numbers fit alone.
    """

    month_first: str
    day_first: str
    clock: str | None
    only: Literal["month_day", "day_month"] | None = None


def read_clock(text: str) -> str | None:
    """A time of day by itself, `4:42pm` as `16:42`; None for what is none."""
    found = CLOCK.fullmatch(f" {_on_one_line(text)}")
    return _clock(found) if found else None


def read_moment(cell: str) -> Moment | None:
    """What a cell says; zones and fractions of a second are left out."""
    line = _on_one_line(cell)
    found = CLOCK.search(line)
    clock = _clock(found) if found else None
    text = line[: found.start()] if found else line
    if numbers := NUMBERS.fullmatch(text):
        return _of_numbers(numbers, clock)
    day = _plain_day(text)
    return Moment(day, day, clock) if day else None


def _on_one_line(text: str) -> str:
    return " ".join(text.split()).translate(TO_LOWER)


def _of_numbers(found: re.Match[str], clock: str | None) -> Moment | None:
    first, second, year = int(found[1]), int(found[3]), 2000 + int(found[4][-2:])
    month_first, day_first = _day(year, first, second), _day(year, second, first)
    if found[2] == "." and day_first and month_first:
        return Moment(day_first, day_first, clock)
    days = month_first or day_first, day_first or month_first
    if days == (None, None):
        return None
    is_one_way = found[2] != "." and not (month_first and day_first)
    only = ("month_day" if month_first else "day_month") if is_one_way else None
    return Moment(*days, clock, only)


def _plain_day(text: str) -> str | None:
    if found := YEAR_FIRST.fullmatch(text):
        month, day = (found[3], found[4]) if found[2] else (found[5], found[6])
        return _day(int(found[1]), int(month), int(day))
    if found := MONTH_FIRST.fullmatch(text):
        return _day(2000 + int(found[3][-2:]), MONTHS.index(found[1][:3]) + 1, int(found[2]))
    if found := DAY_FIRST.fullmatch(text):
        return _day(2000 + int(found[3][-2:]), MONTHS.index(found[2][:3]) + 1, int(found[1]))
    return None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _clock(found: re.Match[str]) -> str:
    hour, minute, second = found[1] or found[4], found[2] or found[5], found[3] or found[6]
    shift = 0 if not found[7] else (12 if found[7] == "p" else 0) - (12 if int(hour) == 12 else 0)
    text = f"{int(hour) + shift:02}:{minute or '00'}"
    return f"{text}:{second}" if second and second != "00" else text
