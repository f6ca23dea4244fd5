"""Numbers, amounts and boxes: SQL and Python read the same text alike, whatever is typed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playledger.audit import reread_numbers
from tests.python.support.macros import read_in_sql

pytestmark = pytest.mark.database

RULES = {
    "parse_whole_number('cell')": reread_numbers.whole_number,
    "parse_money('cell')": reread_numbers.amount,
    "parse_checkbox('cell', 'true')": reread_numbers.check_mark,
}
# What people type around a number, and what they type in the wrong place.
SIGNS = (
    "",
    "-",
    "+",
    "(",
    "$",
    "$ ",
    "-$",
    "$-",
    "US$",
    "USD ",
    "€",
    "~",
    "'",
    "\u2212",
    "\u2013 ",
)
DIGITS = ("0", "7", "50", "500", "1500", "10000", "１５", "007", "999999999", "1" * 12, "9" * 30)
MARKS = ("", ",", ".", " ", "\u00a0", "\u202f", "\u2009", "'", "\u2019", "\u200b", "-", "/")
TAILS = (
    "", ".0", ".00", ".000", ".5", ".50", ",5", ",00", ".", "k", "K", " k", "M", "+", "-", ")", "%",
    " streams", " USD", "$", " dollars", "€", " per day", "e5", "\n", "²", "k streams.",
)  # fmt: skip
numbers = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(SIGNS),
        st.sampled_from(DIGITS),
        st.lists(st.sampled_from(MARKS).flatmap(lambda mark: st.sampled_from(
            [mark + digits for digits in DIGITS]
        )), max_size=3).map("".join),
        st.sampled_from(TAILS),
        st.sampled_from(TAILS),
    ),
)  # fmt: skip
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
marks = st.sampled_from([*reread_numbers.TICKED, *reread_numbers.CLEAR, "❌", "n/a", "✔\ufe0f"])
cells = st.lists(st.one_of(numbers, texts, marks), min_size=400, max_size=400)


@given(cells=cells)
@settings(max_examples=5, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_sql_and_python_read_every_text_alike(ledger, cells):
    for rule, reread in RULES.items():
        read = dict(zip(cells, read_in_sql(ledger.database, rule, cells), strict=True))
        assert read == {cell: reread(cell) for cell in cells}
