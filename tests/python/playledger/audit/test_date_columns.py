"""Day and month in the account: what the cells of a column say, read apart from the models."""

import pytest

from playledger.audit.date_columns import DateTally, count_text, describe
from playledger.audit.reread_dates import both_ways

DAY_FIRST = ["4/9/2025", "13/9/2025", "4/4/2025", "Dec 7, 2025", "x", " "]


def tally(*cells):
    counted = DateTally()
    counted.add(cells)
    return counted


@pytest.mark.parametrize(
    ("cells", "typed", "order", "reason", "readable"),
    [
        (DAY_FIRST, None, "day_month", "cells", 4),
        (DAY_FIRST, "month_day", "day_month", "cells", 4),
        (["4/9/2025"], None, "month_day", "assumed", 1),
        (["4/9/2025"], "day_month", "day_month", "person", 1),
        (["4/9/2025", "13/9/2025", "9/13/2025"], None, "", "mixed", 2),
        (["4/9/2025", "13/9/2025", "9/13/2025"], "month_day", "month_day", "person", 3),
        (["45998", "45998.5"], None, "day_numbers", "day_numbers", 2),
        (["45998", "4/13/2025"], None, "month_day", "cells", 1),
        (["7.12.2025", "25.12.2025"], None, "month_day", "one_way", 2),
        (["7.12.2025", "25.12.2025", "12.25.2025"], None, "month_day", "one_way", 2),
        ([], None, "month_day", "one_way", 0),
    ],
)
def test_the_cells_decide_and_a_person_before_them(cells, typed, order, reason, readable):
    counted = tally(*cells)
    assert (counted.order(typed), counted.reason(typed)) == (order, reason)
    assert counted.readable(typed) == readable


def test_a_cell_is_read_in_both_orders():
    read = both_ways(" 4/9/2025\u00a04:42pm")
    assert read.month_first.isoformat() == "2025-04-09T16:42:00"
    assert read.day_first.isoformat() == "2025-09-04T16:42:00"
    assert both_ways("2/30/2025") is None
    assert both_ways("10/16/2025 13:00pm") is None


def test_what_was_decided_is_said_in_words():
    assert describe("day_month", "cells") == "day/month, by its cells"
    assert describe(None, "mixed") == "day or month first, its cells contradict each other"
    assert count_text(0, 25, 1500) == "0 month/day alone, 25 day/month alone, 1,500 both"
