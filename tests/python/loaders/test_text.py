"""Counts, spans of time and first lines, as messages have them."""

import pytest

from loaders.text import duration, first_line, plural


def test_a_count_stands_before_its_noun():
    assert plural(1, "campaign") == "1 campaign"
    assert plural(0, "campaign") == "0 campaigns"
    assert plural(2000, "loaded file is", "loaded files are") == "2,000 loaded files are"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (89, "89 s"),
        (90, "2 min"),
        (720, "12 min"),
        (3 * 3600 + 300, "3 h 05 min"),
        (50 * 3600, "2 days"),
    ],
)
def test_a_span_of_time_is_short(seconds, words):
    assert duration(seconds) == words


def test_the_first_line_of_an_error_is_its_message_or_its_class():
    assert first_line(ValueError("\n  no such file\nDETAIL: none")) == "no such file"
    assert first_line(TimeoutError()) == "TimeoutError"
    assert first_line("one\ntwo") == "one"
    assert first_line("") == ""
