"""What was read of a song: numbers in any language, and whether windows are consistent."""

import pytest

from loaders.scrape.song_document import PlaylistRow, SongReading, Window, parse_count


def reading(*streams: tuple[int, int]) -> SongReading:
    """Of 7 days, 28 days and 12 months: the total, and the streams of one playlist."""
    windows = {
        name: Window(total, (PlaylistRow(1, "Daylist", False, "—", row, ""),), None, None)
        for name, (total, row) in zip(("7day", "28day", "12months"), streams, strict=True)
    }
    return SongReading("Night Drive", None, windows, is_verified=True)


@pytest.mark.parametrize(
    ("streams", "is_consistent", "has_equal_totals"),
    [
        (((10, 1), (20, 2), (30, 3)), True, False),
        (((10, 1), (10, 1), (10, 1)), True, True),
        (((30, 1), (20, 2), (30, 3)), False, False),
        (((10, 3), (20, 2), (30, 3)), False, False),
    ],
)
def test_a_shorter_window_has_no_more_streams_than_a_longer_one(
    streams, is_consistent, has_equal_totals
):
    song = reading(*streams)
    assert (song.is_consistent, song.has_equal_totals) == (is_consistent, has_equal_totals)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Streams689,138", 689_138),
        ("78.360", 78_360),
        ("78\u202f360", 78_360),
        ("1\u00a0234\u00a0567", 1_234_567),
        ("1'234", 1234),
        ("1,23,456", 123_456),
        ("0", 0),
        ("7", 7),
        ("1.2M", None),
        ("12%", None),
        ("1.5", None),
        ("—", None),
        ("", None),
        ("-5 and 6", None),
    ],
)
def test_numbers_are_read_in_any_grouping(text, count):
    assert parse_count(text) == count
