"""Days and times: SQL, the loader and the account read the same text alike, whatever is typed."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.database import Database, open_database
from loaders.files.last_modified import read_change
from loaders.settings import Settings
from playledger.audit.reread_dates import both_ways
from tests.python.support.macros import read_in_sql

pytestmark = pytest.mark.database

MONTH_FIRST = """parse_timestamp('cell', "'month_day'", "'day_month'")"""
DAY_FIRST = """parse_timestamp('cell', "'day_month'", "'day_month'")"""
DAYS = (
    "{b}/{a}/{year}", "{a}/{b}/{year}", "{a}.{b}.{year}", "{a}. {b}. {year}", "{b}-{a}-{year}",
    "{year}-{b:02}-{a:02}", "{year}/{b}/{a}", "{year}{b:02}{a:02}", "{month} {a}, {year}",
    "{month}. {a}th {year}", "{a} {month} {year}", "{a}-{month}-{year}", "{a}st of {month} {year}",
    "Sunday, {month} {a}, {year}", "Thu {month} {a} {year}", "{month} {year}", "{a}/{b}",
)  # fmt: skip
MONTHS = ("Jan", "february", "MAR", "Sept", "Sep", "dec", "May", "Juny", "Mai")
YEARS = (2025, 25, 2000, 2049, 1999, 2050, 99, 205, "'25")
CLOCKS = (
    "", " 4:42pm", " 04:42 PM", ", 4:42:10 PM", " at 4pm", " 16:42", "T16:42:05.123Z", " 24:00",
    " 13:00pm", " 0:30am", " 12:00 a.m.", " 4:42pm EST", "T04:00+02:00", " 4:60pm", " 7", " later",
    " 16:42:00 GMT-0400 (Eastern Daylight Time)",
)  # fmt: skip
moments = st.builds(
    lambda day, a, b, month, year, clock: (
        day.format(a=a, b=b, month=month, year=year) + clock
    ),
    st.sampled_from(DAYS), st.integers(0, 33), st.integers(0, 14), st.sampled_from(MONTHS),
    st.sampled_from(YEARS), st.sampled_from(CLOCKS),
)  # fmt: skip
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
slips = st.builds(
    lambda text, at, other: text[:at] + other + text[at + 1 :],
    moments,
    st.integers(0, 20),
    st.sampled_from(["", " ", ",", "/", ".", "t", "p", "3", "\u00a0", "İ", "１"]),
)
cells = st.lists(st.one_of(moments, slips, texts), min_size=400, max_size=400)


@pytest.fixture(scope="module")
def database(server: Settings) -> Database:
    return open_database(server)


@given(cells=cells)
@settings(max_examples=5, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_every_text_is_read_alike(database, cells):
    reads = [read_in_sql(database, rule, cells) for rule in (MONTH_FIRST, DAY_FIRST)]
    for cell, *read in zip(cells, *reads, strict=True):
        assert tuple(read) == by_the_account(cell), cell
        assert tuple(read) == by_the_loader(cell), cell


def by_the_account(cell: str) -> tuple[datetime | None, datetime | None]:
    read = both_ways(cell)
    if read is None:
        return None, None
    has_dots = read.numbers is not None and read.numbers.sign == "."
    return (read.day_first if has_dots else read.month_first), read.day_first


def by_the_loader(cell: str) -> tuple[datetime | None, datetime | None]:
    change = read_change(cell)
    return tuple(
        time and datetime.fromisoformat(time) for time in (change.month_day, change.day_month)
    )
