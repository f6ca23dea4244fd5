"""Charts: what they say, and that nothing of them needs more than a style sheet."""

from __future__ import annotations

import re
from datetime import date, datetime
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
    Row(vendor="Zeta", goal=1_000, streams=400),
    Row(vendor=HOSTILE, goal=2_000, streams=2_500),
    Row(vendor="Nobody saw it", goal=7_000, streams=None),
    Row(vendor="Without a goal", goal=None, streams=10),
]
ALL = {
    "over time": lambda: charts.streams_over_time(SCRAPES, "28d"),
    "by kind": lambda: charts.streams_by_kind(WINDOWS),
    "by month": lambda: charts.status_by_month(MONTHS),
    "vendors": lambda: charts.vendor_delivery(VENDORS),
    "campaigns": lambda: charts.campaign_delivery(
        [Row(campaign="One - Two", label=HOSTILE, goal=100, streams=30)]
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
    "vendors": lambda: charts.vendor_delivery([Row(vendor="One", goal=1, streams=None)]),
    "progress": lambda: charts.progress(None, {"28d": 1}),
    "never scraped": lambda: charts.progress(10, {"28d": None, "12m": None}),
    "songs": lambda: charts.streams_by_song([], {}),
}


def shown(chart) -> str:
    source = '{% from "charts.html.jinja" import chart %}{{ chart(each) }}'
    return templates().from_string(source).render(each=chart)


@pytest.mark.parametrize("name", ALL)
def test_a_chart_needs_nothing_that_the_safety_headers_forbid(name):
    chart = ALL[name]()
    root = read(chart)
    assert root.get("role") == "img"
    assert root.get("aria-label").startswith(chart.caption[:40].replace("\x01", ""))
    tags = {each.tag.rpartition("}")[2] for each in root.iter()}
    assert tags <= {"svg", "g", "rect", "text", "path", "title"}
    names = {name for each in root.iter() for name in each.attrib}
    assert not {each for each in names if each.startswith(("on", "style", "id", "href", "{"))}
    assert re.findall(r"https?:[^\s\"]*", chart.svg) == ["http://www.w3.org/2000/svg"]
    assert "<!--" not in chart.svg


@pytest.mark.parametrize("name", ALL)
def test_a_chart_escapes_names_in_the_picture_its_words_and_its_table(name):
    page = shown(ALL[name]())
    assert "<figcaption>" in page
    assert "<details>" in page
    assert "<script" not in page
    if name in ("vendors", "campaigns", "songs"):
        assert "&lt;script&gt;" in page


@pytest.mark.parametrize("name", NOTHING)
def test_without_data_there_is_a_sentence_and_no_picture(name):
    chart = NOTHING[name]()
    assert chart.svg is None
    assert chart.caption.endswith(".")
    page = shown(chart)
    assert chart.caption in page
    assert "<figure" not in page


def test_scrapes_stand_beside_each_other_and_are_never_added_up():
    chart = charts.streams_over_time(SCRAPES, "28d")
    assert chart.header == ("Scraped", "Editorial", "Vendor", "All")
    assert [row[1:] for row in chart.rows] == [(900, 2_345_000, 2_345_900), (1_000, 500, 1_500)]
    assert "2,345,900 on 3 Sep 2025, up from 1,500" in chart.caption
    assert "2,347,400" not in shown(chart)


def test_each_scrape_of_one_day_has_its_hour():
    twice = [
        Row(scraped_at=datetime(2025, 8, 3, hour), kind="other", streams=7) for hour in (9, 17)
    ]
    chart = charts.streams_over_time(twice, "7d")
    assert {"3 Aug 09:00", "3 Aug 17:00"} <= texts(chart)


def test_shares_of_a_window_are_of_that_window_alone():
    chart = charts.streams_by_kind(WINDOWS)
    assert chart.rows == (("28 days", 300, 100, 400), ("12 months", 1, 9, 10))
    assert "75 % of 400 came from vendor playlists" in chart.caption


def test_every_status_is_counted_and_every_month_between_has_its_place():
    chart = charts.status_by_month(MONTHS)
    assert sum(row[-1] for row in chart.rows) == 11
    assert chart.header == (
        "Month", "Complete", "Pending", "Unknown", "A label of tomorrow", "All",
    )  # fmt: skip
    assert [name for _, name in chart.key] == ["complete", "waiting", "cancelled or other"]
    assert texts(chart) >= {"Dec 2024", "Jan 2025", "Feb 2025"}
    assert "7 in February 2025." in chart.caption
    assert heights(chart) == pytest.approx([3, 2, 1, 5], rel=0.05)


def test_the_chart_of_vendors_draws_those_that_were_seen_and_lists_all():
    chart = charts.vendor_delivery(VENDORS)
    assert [row[0] for row in chart.rows][:2] == ["Nobody saw it", HOSTILE]
    assert "Nobody saw it" not in texts(chart)
    assert "3 vendors that a scrape saw: 1 reached the goal" in chart.caption
    assert "125 %" in chart.caption


def test_large_numbers_on_an_axis_are_short():
    chart = charts.streams_over_time(SCRAPES, "28d")
    assert {"0", "500k", "1M", "2.5M"} <= texts(chart)


def read(chart) -> ElementTree.Element:
    return ElementTree.fromstring(chart.svg)  # noqa: S314 (our own)


def texts(chart) -> set[str]:
    root = read(chart)
    return {each.text for each in root.iter() if each.tag.endswith("text")}


def heights(chart) -> list[float]:
    """How high each piece of a column is, in units of what it counts."""
    pieces = [
        float(each.get("height"))
        for each in read(chart).iter()
        if each.get("class") == "rect" and float(each.get("height")) > 0
    ]
    whole = sum(row[-1] for row in chart.rows)
    return [each * whole / sum(pieces) for each in pieces]
