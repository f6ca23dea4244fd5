"""The later export and the view of a sample: every row is the campaign that its maker knows.

One seed is tried; `PLAYLEDGER_SEEDS=20` tries so many.
"""

import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from sample import evolve_sample, make_sample

SEEDS = range(1, 1 + int(os.environ.get("PLAYLEDGER_SEEDS", "1")))
CAMPAIGNS = 600
SMALLEST_SHARE_RIGHT = 0.995
SIGHTINGS = """
    select source_row, campaign_id, reported_as is not null or has_rival
    from ledger.campaign_sightings
    inner join ledger_staging.stg_airtable__files using (file_sha256)
    inner join ledger_seeds.match_evidence on matched_by = name
    where file_name = %s
"""


def take(ledger, path: Path) -> dict[int, tuple[int, bool]]:
    """Load and match an export: its rows with their campaign and whether the match is reported."""
    ledger.load(path)
    ledger.build("--select", "+campaign_sightings", "--exclude", "resource_type:test")
    return {row: (campaign, told) for row, campaign, told in ledger.ask(SIGHTINGS, path.name)}


def truth_of(path: Path) -> dict[int, int | None]:
    """The row of each row's campaign in the export before; None for a new one."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, dialect="excel-tab")
        return {int(row["row"]): int(row["known_row"] or 0) or None for row in rows}


def mistakes(found, before, truth) -> dict[int, bool]:
    """Rows taken for another campaign than the maker's, with whether they were reported."""
    known = {campaign for campaign, _ in before.values()}
    assert found.keys() == truth.keys()
    return {
        row: told
        for row, (campaign, told) in found.items()
        if (campaign in known if truth[row] is None else campaign != before[truth[row]][0])
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_every_row_of_later_exports_is_the_campaign_that_it_is(empty_ledger, tmp_path, seed):
    make_sample(tmp_path, CAMPAIGNS, seed, 0)
    evolve_sample(tmp_path, CAMPAIGNS, seed)
    later, view = tmp_path / "later" / "later.csv", tmp_path / "view" / "filtered_view.csv"
    (tmp_path / "later" / "campaigns_export.csv").rename(later)

    first = take(empty_ledger, tmp_path / "campaigns_export.csv")
    second = take(empty_ledger, later)
    third = take(empty_ledger, view)

    assert len(first) == CAMPAIGNS
    for found, before, folder in ((second, first, "later"), (third, second, "view")):
        wrong = mistakes(found, before, truth_of(tmp_path / folder / "matches.tsv"))
        assert len(wrong) <= (1 - SMALLEST_SHARE_RIGHT) * len(found), (folder, wrong)
        assert all(wrong.values()), (folder, wrong)
    ids = [campaign for campaign, _ in second.values()]
    assert Counter(ids).most_common(1)[0][1] == 1
