"""Days and times of a cell, read apart from the models and the loader.

cell ──► both_ways() ──► (by month/day, by day/month), None for what is no day

The models read the same cells in SQL (macro `read_moment`), and nothing here comes from them. The
forms are in section 1.1 of docs/contract.md.
"""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from loaders.cell_rules import MANY, single_line

YEARS = range(2000, 2050)
SHORT = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LONG = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
MONTHS = {name: at % 12 + 1 for at, name in enumerate((*SHORT, *LONG))} | {"sept": 9}
DAYS_OF_WEEK = {
    start + end
    for start in "mon tue tues wed wednes thu thur thurs fri sat satur sun".split()  # noqa: SIM905
    for end in ("", "day")
}
ZONES = {"z", "et", "utc", "gmt", *(a + b + "t" for a in "ecmp" for b in "sd")}
SHIFT = re.compile(r"(?:utc|gmt)?[+-]\d\d(?::?\d\d|:)?", re.A)
CLOCK = re.compile(
    r"(?P<before>, at |, | at | |t)(?P<hour>\d\d?)(?::(?P<minute>\d\d))?(?::(?P<second>\d\d))?"
    r"(?P<fraction>\.\d+)?(?: ?(?P<half>[ap])\.?m\.?)?"
    r"(?: ?(?P<zone>[a-z]*(?:[+-]\d\d:?(?:\d\d)?)?))?(?P<where> \([a-z ]+\))?",
    re.A,
)
NUMERIC = re.compile(r"(\d\d?) ?([/.-]) ?(\d\d?) ?\2 ?(\d{4}|\d\d)", re.A)
YEAR_FIRST = re.compile(r"(\d{4})([/.-])(\d\d?)\2(\d\d?)|(\d{4})(\d\d)(\d\d)", re.A)
NAME, YEAR = r"(?P<month>[a-z]+)\.?", r"'?(?P<year>\d+)"
WORDS = (
    re.compile(rf"{NAME}[ -]?(?P<day>\d\d?)(?:st|nd|rd|th)?(?:, ?|[ -]){YEAR}", re.A),
    re.compile(rf"(?P<day>\d\d?)(?:st|nd|rd|th|\.)?(?: of |[ -])?{NAME}(?:, ?|[ -])?{YEAR}", re.A),
)
DAY_NUMBER = re.compile(r"(\d{5})(\.\d{1,15})?", re.A)
DAY_NUMBERS = range(36526, 54789)
LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


class Numbers(NamedTuple):
    """The two numbers of a day as they stand, and the sign between them."""

    first: int
    second: int
    sign: str


class Reading(NamedTuple):
    """A cell in both orders; `numbers` where it names the month by a number that may be the day."""

    month_first: datetime
    day_first: datetime
    numbers: Numbers | None


@lru_cache(MANY)
def both_ways(cell: str) -> Reading | None:
    """A cell in both orders; one that fits a single order is that day in both."""
    line = single_line(cell).translate(LOWER)
    whole = _days(line)
    if whole:
        return _reading(whole, time())
    for start in range(len(line)):  # the first place from which on all is a time
        clock = CLOCK.fullmatch(line, start) if line[start] in ", t" else None
        hour = _time(clock) if clock else None
        if hour is not None:
            days = _days(line[:start])
            return _reading(days, hour) if days else None
    return None


def number_of_day(cell: str) -> datetime | None:
    """Excel's number of a day, with a fraction as the time of day."""
    found = DAY_NUMBER.fullmatch(single_line(cell))
    if not found or int(found[1]) not in DAY_NUMBERS:
        return None
    return datetime(1899, 12, 30) + timedelta(days=int(found[1]))


def _reading(days: tuple[date, date, Numbers | None], hour: time) -> Reading:
    month_first, day_first, numbers = days
    return Reading(datetime.combine(month_first, hour), datetime.combine(day_first, hour), numbers)


def _days(text: str) -> tuple[date, date, Numbers | None] | None:
    if found := NUMERIC.fullmatch(text):
        numbers = Numbers(int(found[1]), int(found[3]), found[2])
        year = _year(found[4])
        month_first = _date(year, numbers.first, numbers.second)
        day_first = _date(year, numbers.second, numbers.first)
        one, other = month_first or day_first, day_first or month_first
        return (one, other, numbers) if one and other else None
    day = _year_first(text) or _in_words(text)
    return (day, day, None) if day else None


def _year_first(text: str) -> date | None:
    found = YEAR_FIRST.fullmatch(text)
    parts = [int(part) for part in found.groups() if part and part.isdigit()] if found else []
    return _date(*parts) if parts else None


def _in_words(text: str) -> date | None:
    start, blank, rest = text.partition(" ")
    if blank and start.rstrip(",").removesuffix(".") in DAYS_OF_WEEK and _is_day_name(start):
        text = rest
    for shape in WORDS:
        found = shape.fullmatch(text)
        if found and found["month"] in MONTHS:
            return _date(_year(found["year"]), MONTHS[found["month"]], int(found["day"]))
    return None


def _is_day_name(word: str) -> bool:
    return re.fullmatch(r"[a-z]+\.?,?", word) is not None


def _year(text: str) -> int:
    return int(text) + 2000 if len(text) == 2 else int(text) if len(text) == 4 else 0


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def _time(found: re.Match[str]) -> time | None:
    """The time of day; None where these numbers are none."""
    hour, half, zone = int(found["hour"]), found["half"], found["zone"] or ""
    is_zone = zone in ZONES or SHIFT.fullmatch(zone)
    if (zone and not is_zone) or (found["where"] and not zone):
        return None
    if half:
        is_clock = 1 <= hour <= 12 and not found["fraction"]
        hour = hour % 12 + (12 if half == "p" else 0)
    else:
        is_clock = found["minute"] and (found["second"] or not found["fraction"])
    try:
        read = time(hour, int(found["minute"] or 0), int(found["second"] or 0))
    except ValueError:
        return None
    return read if is_clock else None
