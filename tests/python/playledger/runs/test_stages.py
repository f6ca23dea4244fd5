"""The ten stages: what belongs to which, and which options of the main job go together."""

from __future__ import annotations

from collections import Counter

import pytest
from click.testing import CliRunner

from loaders.settings import PROJECT
from playledger.cli.main import main
from playledger.runs.stages import STAGES, stage_of

MODELS = {path.stem for path in (PROJECT / "models").rglob("*.sql")}


def test_every_model_of_the_project_is_in_exactly_one_stage():
    times = Counter(model for stage in STAGES for model in stage.models)
    assert set(times) == MODELS
    assert set(times.values()) == {1}


def test_the_stages_are_those_of_the_plan_in_its_order():
    assert [stage.title for stage in STAGES] == [
        "Parse and normalise",
        "Clients",
        "Vendors",
        "Campaigns",
        "SFA URLs",
        "Streams",
        "Playlists",
        "Links",
        "Verification",
        "Production",
    ]


@pytest.mark.parametrize(
    ("kind", "name", "tests", "stage"),
    [
        ("seed", "client_aliases", None, "parse"),
        ("model", "playlist_streams", None, "streams"),
        ("test", "assert_no_client_is_there_twice", "int_clients", "clients"),
        ("test", "accepted_values_playlist_kinds", "playlist_kinds", "parse"),
        ("test", "assert_no_sfa_url_is_lost", None, "verification"),
        ("operation", "on-run-end", None, "verification"),
    ],
)
def test_a_node_belongs_to_the_stage_of_what_it_makes_or_tests(kind, name, tests, stage):
    assert stage_of(kind, name, tests).name == stage


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
