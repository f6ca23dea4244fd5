"""Charts: their captions, tables and drawings, and that a style sheet is all they need."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from types import SimpleNamespace as Row
from xml.etree import ElementTree

import pytest

from playledger.web import charts
from playledger.web.templating import templates

HOSTILE = '<script>alert(1)</script>"\x01'
SCRAPES = [
    Row(scraped_at=datetime(2025, month, 3, 12), kind=kind, streams=streams)
    for month, kind, streams in (
        (8, "editorial", 1_000),
        (8, "vendor", 500),
        (9, "editorial", 900),
        (9, "vendor", 2_345_000),
    )
]
WINDOWS = [
    Row(time_window=window, kind=kind, streams=streams)
    for window, kind, streams in (
        ("28d", "vendor", 300), ("28d", "other", 100), ("12m", "vendor", 1), ("12m", "other", 9),
    )
]  # fmt: skip
MONTHS = [
    Row(month=date(2024, 12, 1), status="complete", campaigns=3),
    Row(month=date(2024, 12, 1), status="unknown", campaigns=1),
    Row(month=date(2025, 2, 1), status="pending", campaigns=2),
    Row(month=date(2025, 2, 1), status="a label of tomorrow", campaigns=5),
]
VENDORS = [
    Row(name="Zeta", label="Zeta", goal=1_000, streams=400),
    Row(name=HOSTILE, label=HOSTILE, goal=2_000, streams=2_500),
    Row(name="Nobody saw it", label="Nobody saw it", goal=7_000, streams=None),
    Row(name="Without a goal", label="Without a goal", goal=0, streams=10),
]
ALL = {
    "over time": lambda: charts.streams_over_time(SCRAPES, "28d"),
    "by kind": lambda: charts.streams_by_kind(WINDOWS),
    "by month": lambda: charts.status_by_month(MONTHS),
    "vendors": lambda: charts.delivery(VENDORS, "vendor"),
    "campaigns": lambda: charts.delivery(
        [Row(name="One - Two", label=HOSTILE, goal=100, streams=30)], "campaign"
    ),
    "progress": lambda: charts.progress(20_000, {"28d": 3_600, "12m": 39_000}),
    "songs": lambda: charts.streams_by_song(
        [Row(track_id="t", scraped_on=date(2025, 8, 3), streams=5)], {"t": HOSTILE}
    ),
}
NOTHING = {
    "over time": lambda: charts.streams_over_time([], "7d"),
    "all zero": lambda: charts.streams_over_time(
        [Row(scraped_at=datetime(2025, 8, 3), kind="other", streams=0)], "7d"
    ),
    "by kind": lambda: charts.streams_by_kind([]),
    "by month": lambda: charts.status_by_month([]),
    "vendors": lambda: charts.delivery(
        [Row(name="One", label="One", goal=1, streams=None)], "vendor"
    ),
    "progress": lambda: charts.progress(None, {"28d": 1}),
    "never scraped": lambda: charts.progress(10, {"28d": None, "12m": None}),
    "songs": lambda: charts.streams_by_song([], {}),
}


def render(chart) -> str:
    source = '{% from "charts.html.jinja" import chart %}{{ chart(each) }}'
    return templates().from_string(source).render(each=chart)


def svg_of(chart) -> str:
    return re.search("<svg.*</svg>", render(chart), re.DOTALL)[0]


@pytest.mark.parametrize("name", ALL)
def test_a_chart_needs_nothing_that_the_security_headers_forbid(name):
    chart = ALL[name]()
    root = parse(chart)
    assert root.get("role") == "img"
    assert root.get("aria-label") == chart.caption.replace("\x01", "")
    assert {each.tag for each in root.iter()} <= {"svg", "rect", "text", "path", "title"}
    names = {name for each in root.iter() for name in each.attrib}
    assert not {each for each in names if each.startswith(("on", "style", "id", "href", "{"))}
    assert "http" not in svg_of(chart)


@pytest.mark.parametrize("name", ALL)
def test_everything_is_drawn_within_the_drawing(name):
    root = parse(ALL[name]())
    width, height = (float(each) for each in root.get("viewBox").split()[2:])
    bars = [
        [float(each.get(name)) for name in ("x", "y", "width", "height")]
        for each in root.iter("rect")
    ]
    assert bars
    assert all(x > 0 and y > 0 and w >= 0 and h >= 0 for x, y, w, h in bars)
    assert all(x + w <= width and y + h <= height for x, y, w, h in bars)
    for each in root.iter("text"):
        x, room = float(each.get("x")), 7 * len(each.text)
        start = {"start": x, "middle": x - room / 2, "end": x - room}[each.get("text-anchor")]
        assert start >= 0 and start + room <= width and 0 < float(each.get("y")) < height


def test_sixty_columns_have_a_label_for_the_last_one_that_is_not_cut():
    days = [datetime(2025, 1, 1) + timedelta(days=nth) for nth in range(60)]
    rows = [Row(scraped_at=each, kind="other", streams=7) for each in days]
    labels = parse(charts.streams_over_time(rows, "7d")).iter("text")
    last = max(labels, key=lambda each: float(each.get("x")))
    assert last.text == "1 Mar 2025"
    assert float(last.get("x")) + 8 * len(last.text) / 2 <= 520


@pytest.mark.parametrize("name", ALL)
def test_a_chart_escapes_names_in_the_picture_its_words_and_its_table(name):
    page = render(ALL[name]())
    assert "<figcaption>" in page
    assert "<details>" in page
    assert "<script" not in page
    if name in ("vendors", "campaigns", "songs"):
        assert "&lt;script&gt;" in page


@pytest.mark.parametrize("name", NOTHING)
def test_without_data_there_is_a_sentence_and_no_picture(name):
    chart = NOTHING[name]()
    assert chart.drawing is None
    assert chart.caption.endswith(".")
    page = render(chart)
    assert chart.caption in page
    assert "<figure" not in page


def test_scrapes_stand_beside_each_other_and_are_never_added_up():
    chart = charts.streams_over_time(SCRAPES, "28d")
    assert chart.header == ("Scraped", "Editorial", "Vendor", "All")
    assert [row[1:] for row in chart.rows] == [(900, 2_345_000, 2_345_900), (1_000, 500, 1_500)]
    assert "2,345,900 on 3 Sep 2025, up from 1,500" in chart.caption
    assert "2,347,400" not in render(chart)


def test_each_scrape_of_one_day_has_its_hour():
    twice = [
        Row(scraped_at=datetime(2025, 8, 3, hour), kind="other", streams=7) for hour in (9, 17)
    ]
    chart = charts.streams_over_time(twice, "7d")
    assert {"3 Aug 09:00", "3 Aug 17:00"} <= texts(chart)


def test_shares_of_a_window_are_of_that_window_alone():
    chart = charts.streams_by_kind(WINDOWS)
    assert chart.rows == (("28 days", 300, 100, 400), ("12 months", 1, 9, 10))
    assert "75 % of 400 streams came from vendor playlists" in chart.caption


def test_every_status_is_counted_and_every_month_between_has_its_place():
    chart = charts.status_by_month(MONTHS)
    assert sum(row[-1] for row in chart.rows) == 11
    assert chart.header == (
        "Month", "Complete", "Pending", "Unknown", "A label of tomorrow", "All",
    )  # fmt: skip
    assert [each.name for each in chart.series] == ["complete", "waiting", "cancelled or other"]
    assert texts(chart) >= {"Dec 2024", "Jan 2025", "Feb 2025"}
    assert "7 in February 2025." in chart.caption
    assert heights(chart) == pytest.approx([3, 1, 2, 5], rel=0.05)


def test_the_chart_of_vendors_draws_those_that_were_seen_and_lists_all():
    chart = charts.delivery(VENDORS, "vendor")
    assert [row[0] for row in chart.rows][:2] == ["Nobody saw it", HOSTILE]
    assert "Nobody saw it" not in texts(chart)
    assert "3 scraped vendors: 1 reached the goal" in chart.caption
    assert "125 %" in chart.caption


def test_large_numbers_on_an_axis_are_short():
    chart = charts.streams_over_time(SCRAPES, "28d")
    assert {"0", "500k", "1M", "2.5M"} <= texts(chart)


def parse(chart) -> ElementTree.Element:
    """The drawing as XML, which unlike HTML cannot hold a control character."""
    return ElementTree.fromstring(svg_of(chart).replace("\x01", ""))  # noqa: S314 (our own)


def texts(chart) -> set[str]:
    return {each.text for each in parse(chart).iter("text")}


def heights(chart) -> list[float]:
    """The height of each piece of a column, in units of what it counts."""
    pieces = [float(each.get("height")) for each in parse(chart).iter("rect")]
    whole = sum(row[-1] for row in chart.rows)
    return [each * whole / sum(pieces) for each in pieces]
