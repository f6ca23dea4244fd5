"""The column `Last Modified`, read so that it sorts."""

import pytest

from loaders.files.last_modified import ChangeTally, read_change


@pytest.mark.parametrize(
    ("cell", "month_day", "day_month"),
    [
        ("10/16/2025 4:42pm", "2025-10-16T16:42", "2025-10-16T16:42"),
        ("1/2/2025 12:05am", "2025-01-02T00:05", "2025-02-01T00:05"),
        (" 12/31/2024  12:00 PM ", "2024-12-31T12:00", "2024-12-31T12:00"),
        ("10/16/2025", "2025-10-16T00:00", "2025-10-16T00:00"),
        ("2025-10-16T16:42:05.123Z", "2025-10-16T16:42:05", "2025-10-16T16:42:05"),
        ("7.12.2025 16:42", "2025-12-07T16:42", "2025-12-07T16:42"),
        ("2/30/2025 1:00pm", None, None),
        ("13/45/2025 1:00pm", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_changes_are_read_so_that_they_sort(cell, month_day, day_month):
    change = read_change(cell)
    assert (change.month_day, change.day_month) == (month_day, day_month)


@pytest.mark.parametrize(
    ("cells", "typed", "order", "newest"),
    [
        (["4/9/2025", "13/9/2025"], None, "day_month", "2025-09-13T00:00"),
        (["4/9/2025", "9/13/2024"], None, "month_day", "2025-04-09T00:00"),
        (["4/9/2025"], None, "month_day", "2025-04-09T00:00"),
        (["4/9/2025"], "day_month", "day_month", "2025-09-04T00:00"),
        (["4/9/2025", "9/13/2024", "13/9/2024"], None, None, "2024-09-13T00:00"),
        (["4/9/2025", "9/13/2024", "13/9/2024"], "day_month", "day_month", "2025-09-04T00:00"),
        # A person speaks about the file; a column that says the contrary keeps its own order.
        (["4/9/2025", "9/13/2024"], "day_month", "month_day", "2025-04-09T00:00"),
        ([], None, "month_day", None),
    ],
)
def test_the_cells_of_a_file_say_how_they_are_read(cells, typed, order, newest):
    tally = ChangeTally()
    tally.add(cells)
    assert (tally.order(typed), tally.newest_change(tally.order(typed))) == (order, newest)
