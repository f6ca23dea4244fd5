"""Values of scraped rows: the rules in SQL beside the account's, over texts that nobody wrote."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import Environment

from loaders.database import open_database
from loaders.settings import Settings
from playledger.audit import scraped_values
from tests.project import PROJECT

SCRAPED_ON = date(2025, 10, 23)
MONTHS = ("January", "jan", "Sept.", "août", "AOÛT", "märz", "mrt", "maj", "dezembro", "listopad")
WORDS = ("today", "Gestern", "3 days ago", "vor 2 Tagen", "2 weeks ago", "Not available", "n/a")
pieces = st.one_of(
    st.integers(0, 2100).map(str),
    st.sampled_from(
        [*MONTHS, *WORDS, *".,-/:#)'’ –—年月日년월일", "\u00a0", "\u202f", "th", "de", "T"]
    ),
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"),
)
texts = st.lists(pieces, max_size=7).map("".join)
days = st.dates(date(1900, 1, 1), date(2099, 12, 31))
dates = st.builds(
    lambda day, form, month: form.format(day, month=month),
    days,
    st.sampled_from(["{:%Y-%m-%d}", "{:%d.%m.%Y}", "{0.day} {month} {0.year}", "{0:%m/%d/%Y}"]),
    st.sampled_from(MONTHS),
)
numbers = st.builds(
    lambda number, separator: f"{number:,}".replace(",", separator),
    st.integers(-10, 10**18),
    st.sampled_from([",", ".", " ", "\u202f", "'", ""]),
)
values = st.lists(st.one_of(texts, dates, numbers), min_size=300, max_size=300)


@pytest.fixture(scope="module")
def rules() -> str:
    """A query that reads each of an array of texts by every rule."""
    macros = "".join(path.read_text() for path in sorted(PROJECT.glob("macros/parse/*.sql")))
    rule = Environment().from_string(macros).module  # noqa: S701
    day = f"'{SCRAPED_ON}'::date"
    columns = ", ".join(
        [
            rule.parse_shown_date("cell", day),
            rule.parse_shown_count("cell"),
            rule.parse_shown_rank("cell"),
            f"coalesce({rule.curator('cell')}, '')",
            rule.is_nothing("cell"),
            rule.is_unread_date("cell", day),
        ]
    )
    return f"select cell, {columns} from unnest(%s) as given (cell)"


@settings(max_examples=5, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(cells=values)
def test_both_rules_read_the_same_and_no_text_is_passed_over(
    rules: str, server: Settings, cells: list[str]
):
    with open_database(server).connect() as conn, conn.cursor() as cursor:
        cursor.execute(rules, [cells])
        found = cursor.fetchall()
    for cell, *read, is_unread in found:
        day = scraped_values.date_added(cell, SCRAPED_ON)
        is_nothing = scraped_values.is_nothing(cell)
        assert (cell, *read) == (
            cell,
            day,
            scraped_values.streams(cell),
            scraped_values.rank(cell),
            scraped_values.curator(cell),
            is_nothing,
        )
        assert is_unread == (day is None and not is_nothing)
