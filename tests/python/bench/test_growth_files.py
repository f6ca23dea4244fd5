"""The files of a list of any size, and what a week changes."""

import csv

from bench.growth_files import SCRAPED_IN_A_DAY, growth_files
from bench.weeks import changed_rows
from loaders.export_order import NO_OVERRIDES, order_exports
from loaders.source_file import find_inputs
from sample import make_weeks

CAMPAIGNS = 700


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_the_next_export_has_one_percent_edited_and_new_ones_on_top(tmp_path):
    files = growth_files(tmp_path, CAMPAIGNS)
    before, after = rows_of(tmp_path / "campaigns_export.csv"), rows_of(files.edited)
    assert len(after) == CAMPAIGNS + 1
    assert sum(old != now for old, now in zip(before, after[1:], strict=True)) == 7
    assert files.changed == 8
    exports = find_inputs(tmp_path / "campaigns_export.csv", None, None)
    exports += find_inputs(files.edited, None, None)
    assert order_exports(exports[::-1], [], NO_OVERRIDES) == exports
    assert growth_files(tmp_path, CAMPAIGNS) == files  # not made again


def test_a_day_scrapes_songs_of_the_sample_later_than_the_sample_did(tmp_path):
    files = growth_files(tmp_path, CAMPAIGNS)
    day = sorted(files.day.iterdir())
    assert len(day) == SCRAPED_IN_A_DAY
    stamps = [path.stem.split("_", 2)[2] for path in day]
    assert min(stamps) > max(
        path.stem.split("_", 2)[2] for path in (tmp_path / "scraped").iterdir()
    )


def test_new_and_edited_rows_of_a_week_are_counted(tmp_path):
    first, second = make_weeks(tmp_path, 2, campaigns=100, scraped_files=1)
    assert changed_rows(first, second) == 1 + 15
