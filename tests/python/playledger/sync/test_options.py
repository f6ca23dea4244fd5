"""The options of `playledger sync`: which exclude each other, and the value that they become."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from playledger.cli.main import main
from playledger.sync.options import NOT_REQUESTED, InputOptions, SyncOptions, read_options


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("--sync-only", "--scrape-sfa"),
        ("--sync-only", "--scrape-streams"),
        ("--sync-only", "--scrape-sfa-only"),
        ("--sync-only", "--deploy-production"),
        ("--scrape-sfa-only", "--scrape-streams-only"),
        ("--scrape-sfa-only", "--scrape-streams"),
        ("--scrape-streams-only", "--scrape-sfa"),
        ("--scrape-streams-only", "--deploy-production"),
        ("--scrape-streams-only", "--csv=x"),
        ("--dry-run", "--scrape-streams"),
        ("--dry-run", "--deploy-production"),
    ],
)
def test_options_that_contradict_each_other_are_both_named(tmp_path, monkeypatch, one, other):
    monkeypatch.setenv("PLAYLEDGER_HOME", str(tmp_path / "home"))
    for options in ([one, other], [other, one]):
        result = CliRunner().invoke(main, ["sync", *options])
        assert result.exit_code == 2
        assert result.stdout == ""
        assert f"{one} and {other.partition('=')[0]} contradict each other" in result.stderr
    assert not (tmp_path / "home").exists()


def test_flags_become_one_value():
    inputs = InputOptions(Path("export.csv"), is_view=True)
    assert read_options(inputs, None, {}) == SyncOptions(inputs, skip_production=NOT_REQUESTED)
    flags = {"scrape_sfa": True, "scrape_streams": True, "deploy_production": True, "yes": True}
    assert read_options(inputs, None, flags) == SyncOptions(
        inputs, scrape_stages=("sfa", "streams"), is_confirmed=True, skip_production=None
    )
    flags |= {"local_only": True}
    assert read_options(inputs, None, flags).skip_production == "left alone by --local-only"


def test_a_limit_makes_a_trial_unless_it_limits_a_scrape():
    assert read_options(InputOptions(), 10, {"dry_run": True}).is_trial
    only = read_options(InputOptions(), 10, {"scrape_sfa_only": True})
    assert (only.only, only.limit, only.is_trial) == ("sfa", 10, False)
