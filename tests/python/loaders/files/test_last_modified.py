"""The column `Last Modified`, read so that it sorts."""

import pytest

from loaders.files.last_modified import parse_last_modified


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("10/16/2025 4:42pm", "2025-10-16T16:42"),
        ("1/2/2025 12:05am", "2025-01-02T00:05"),
        (" 12/31/2024  12:00 PM ", "2024-12-31T12:00"),
        ("10/16/2025", None),
        ("2/30/2025 1:00pm", None),
        ("13/1/2025 1:00pm", None),
        ("", None),
        (None, None),
    ],
)
def test_changes_are_read_so_that_they_sort(cell, expected):
    assert parse_last_modified(cell) == expected
