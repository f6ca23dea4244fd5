"""The weeks of an agency: exports that follow each other, songs scraped in turn."""

import csv
import json
from collections import Counter
from datetime import datetime
from itertools import pairwise

import pytest
from click.testing import CliRunner

from loaders.export_order import NO_OVERRIDES, order_exports
from loaders.source_file import find_inputs
from playledger.cli.main import main
from sample import make_weeks
from tests.python.sample.test_sample import content

WEEKS, CAMPAIGNS = 10, 163


@pytest.fixture(scope="module")
def weeks(tmp_path_factory):
    return list(make_weeks(tmp_path_factory.mktemp("weeks"), WEEKS, CAMPAIGNS))


def rows_of(folder):
    with (folder / "export.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def scraped(folder):
    for path in sorted((folder / "scraped").iterdir()):
        if not path.read_bytes().startswith(b"`"):
            yield json.loads(path.read_bytes())


def newest_change(rows):
    cells = (row["Last Modified"] for row in rows)
    return max(datetime.strptime(cell, "%m/%d/%Y %I:%M%p") for cell in cells if cell)


def test_a_week_puts_new_campaigns_on_top_and_edits_15_percent_of_the_rows(weeks):
    for before, after in pairwise(map(rows_of, weeks)):
        new = len(after) - len(before)
        assert new == 2  # 8 for 653
        pairs = list(zip(before, after[new:], strict=True))
        assert sum(old != now for old, now in pairs) == round(0.15 * len(before))


def test_the_edits_are_of_many_kinds(weeks):
    columns = Counter(
        column
        for before, after in pairwise(map(rows_of, weeks))
        for old, now in zip(before, after[2:], strict=True)
        for column in old
        if old[column] != now[column]
    )
    assert columns.keys() >= {"Status", "Remaining", "Notes", "Playlists", "Start Date", "URL"}


def test_each_export_is_newer_than_the_one_before(weeks):
    changes = [newest_change(rows_of(folder)) for folder in weeks]
    assert changes == sorted(set(changes))
    exports = [find_inputs(folder / "export.csv", None, None)[0] for folder in weeks]
    assert order_exports(exports[::-1], [], NO_OVERRIDES) == exports


def test_songs_are_scraped_in_turn_and_later_each_week(weeks):
    times = [[document["scraped_at"] for document in scraped(folder)] for folder in weeks]
    for earlier, later in pairwise(times):
        assert max(earlier) < min(later)
    assert {len(list((folder / "scraped").iterdir())) for folder in weeks} == {39}  # 157 for 653
    songs = [songs_of(folder) for folder in weeks]
    assert all(len(set(those)) == len(those) for those in songs)
    in_turn = Counter(song for those in songs[:8] for song in those)
    assert min(in_turn.values()) > 3
    assert set(songs[8]) - in_turn.keys()  # found by the roster result of that week


def songs_of(folder):
    return [document["url"].split("/")[-2] for document in scraped(folder)]


def test_a_roster_result_comes_now_and_then(weeks):
    found = [folder.name for folder in weeks if (folder / "roster").exists()]
    assert found == ["week_001", "week_009"]


def test_equal_arguments_give_equal_bytes_and_another_seed_other_ones(weeks, tmp_path):
    for seed in (1, 2):
        arguments = ["--weeks", "3", "--campaigns", str(CAMPAIGNS), "--seed", str(seed)]
        out = tmp_path / str(seed)
        done = CliRunner().invoke(main, ["sample", *arguments, "--out", str(out)])
        assert done.exit_code == 0, done.output
        assert "3 weeks" in done.output
        equal = [content(out / folder.name) == content(folder) for folder in weeks[:3]]
        assert equal == [seed == 1] * 3


def test_weeks_do_not_go_with_the_next_export_alone(tmp_path):
    done = CliRunner().invoke(main, ["sample", "--weeks", "2", "--evolve", "--out", str(tmp_path)])
    assert done.exit_code == 2
    assert "--weeks and --evolve" in done.output
