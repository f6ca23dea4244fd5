"""The ten stages: their order, and what belongs to which."""

from __future__ import annotations

from collections import Counter

import pytest

from loaders.settings import PROJECT
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
