"""What each campaign was, export by export, and which value changed when."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from loaders.export_order import LoadOverrides
from loaders.files.staging_schema import EXPORT_COLUMNS
from loaders.source_file import find_inputs
from tests.python.support.ledger import load_into

pytestmark = pytest.mark.database

HEADERS = list(EXPORT_COLUMNS.values())
BUILD = ("--select", "+campaign_changes", "+int_campaigns", "--indirect-selection", "cautious")
ROWS = {
    "Luna": {"Campaign": "Luna - Drive", "Goal": "1000", "Status": "Active", "Notes": "call"},
    "Oak": {"Campaign": "Oak - Leaf", "Goal": "500", "Sale price": "$20.00", "Vendor": "V"},
}


def export(path: Path, day: int, *rows: dict[str, str], headers: list[str] = HEADERS) -> Path:
    """An export whose rows were last touched on a day of October 2025."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, headers, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows({**row, "Last Modified": f"10/{day}/2025 9:00am"} for row in rows)
    return path


@pytest.fixture
def history(empty_ledger, tmp_path):
    """Three exports: a value changed and one emptied; a view that shows one campaign, changed."""
    first = export(tmp_path / "first.csv", 1, ROWS["Luna"], ROWS["Oak"])
    second = export(
        tmp_path / "second.csv",
        8,
        {**ROWS["Oak"], "Sale price": "$25.50", "Notes": "paid late"},
        {**ROWS["Luna"], "Notes": "", "Status": "active", "Mood": "calm", "Plan": "A"},
        headers=[*HEADERS, "Mood", "Plan"],
    )
    third = export(
        tmp_path / "third.csv",
        9,
        {**ROWS["Luna"], "Goal": "2000", "Status": "active", "Plan": "B"},
        headers=[*HEADERS, "Plan"],
    )
    for path in (first, second, third):
        files = find_inputs(path, None, None, is_view=path == third)
        load_into(empty_ledger.database, files, empty_ledger.home)
    empty_ledger.build(*BUILD)
    return empty_ledger


EXTRA = '{"Mood": "calm", "Plan": "B"}'
CHANGES = (
    "select name, column_name, old_value, new_value, file_name, changes.source_row "
    "from ledger.campaign_changes as changes inner join ledger_intermediate.int_campaigns "
    "using (campaign_id) where column_name <> 'last_modified_at' order by file_name, 1, 2"
)


def test_every_changed_value_is_told_once_and_every_state_is_kept(history):
    assert history.ask(CHANGES) == [
        ("Luna - Drive", "extra", None, '{"Mood": "calm", "Plan": "A"}', "second.csv", 3),
        ("Luna - Drive", "status", "Active", "active", "second.csv", 3),
        ("Oak - Leaf", "notes", None, "paid late", "second.csv", 2),
        ("Oak - Leaf", "sale_price", "20.00", "25.50", "second.csv", 2),
        ("Luna - Drive", "extra", '{"Mood": "calm", "Plan": "A"}', EXTRA, "third.csv", 2),
        ("Luna - Drive", "goal", "1000", "2000", "third.csv", 2),
    ]
    states = history.ask(
        "select export_rank, name, goal, notes, is_in_export from ledger.campaign_versions "
        "order by 1, 2"
    )
    assert states == [
        (1, "Luna - Drive", 1000, "call", True),
        (1, "Oak - Leaf", 500, None, True),
        (2, "Luna - Drive", 1000, "call", True),
        (2, "Oak - Leaf", 500, "paid late", True),
        (3, "Luna - Drive", 2000, "call", True),
        (3, "Oak - Leaf", 500, "paid late", False),
    ]
    seen = history.ask(
        "select first_seen_in, last_seen_in, times_seen, matched_by "
        "from ledger.campaign_appearances order by campaign_id"
    )
    assert seen == [
        ("first.csv", "third.csv", 3, "name"),
        ("first.csv", "second.csv", 2, "name_vendor_goal"),
    ]


def test_an_older_export_takes_its_place_before_the_newer_ones(history, tmp_path):
    older = export(
        tmp_path / "older.csv", 4, {**ROWS["Oak"], "Sale price": "$22.00", "Salesperson": "Ada"}
    )
    files = find_inputs(older, None, None)
    load_into(history.database, files, history.home, LoadOverrides(older=True, shrink=True))
    history.build(*BUILD)
    assert [row for row in history.ask(CHANGES) if row[0] == "Oak - Leaf"] == [
        ("Oak - Leaf", "sale_price", "20.00", "22.00", "older.csv", 2),
        ("Oak - Leaf", "salesperson", None, "Ada", "older.csv", 2),
        ("Oak - Leaf", "notes", None, "paid late", "second.csv", 2),
        ("Oak - Leaf", "sale_price", "22.00", "25.50", "second.csv", 2),
    ]
    prices = "select sale_price, salesperson from ledger_intermediate.int_campaigns where name = %s"
    assert [tuple(map(str, row)) for row in history.ask(prices, "Oak - Leaf")] == [("25.50", "Ada")]
