"""What a build says of its nodes: the stage of each, and how many models of it are left."""

from __future__ import annotations

import pytest
import yaml
from pathspec import PathSpec

from playledger.dbt.build import Node, build, stages_of
from playledger.sync.stage_tracker import stage_of
from tests.project import PROJECT


@pytest.mark.parametrize(
    ("node", "stage"),
    [
        ("seed.playlist_ledger.client_aliases", "parse"),
        ("model.playlist_ledger.playlist_streams", "streams"),
        ("model.playlist_ledger.client_match_candidates", "clients"),
        ("test.playlist_ledger.assert_no_client_is_there_twice.", "clients"),
        ("test.playlist_ledger.accepted_values_playlist_kinds_", "parse"),
        ("test.playlist_ledger.assert_no_sfa_url_is_lost", "verification"),
        ("operation.playlist_ledger.playlist_ledger-on-run-end-0", "verification"),
    ],
)
def test_a_node_belongs_to_the_stage_of_what_it_makes_or_tests(manifest, node, stage):
    stages = stages_of(manifest)
    (found,) = [unique_id for unique_id in stages if unique_id.startswith(node)]
    assert stage_of(Node(node, "", "success", 0.1, stages[found])).name == stage


def test_what_dbt_read_can_be_read_from_its_cache():
    """A key that is no text keeps dbt from it, and every command reads the whole project again."""
    ignored = PathSpec.from_lines("gitwildmatch", (PROJECT / ".dbtignore").open(encoding="utf-8"))
    folders = ("models", "macros", "seeds", "tests")
    read = [
        path
        for folder in folders
        for path in PROJECT.glob(f"{folder}/**/*.y*ml")
        if not ignored.match_file(path.relative_to(PROJECT))
    ]
    assert len(read) > 20
    assert [path for path in read if not _has_text_keys(yaml.safe_load(path.read_text()))] == []


def _has_text_keys(value: object) -> bool:
    if isinstance(value, dict):
        keys = all(isinstance(key, str) for key in value)
        return keys and all(map(_has_text_keys, value.values()))
    return not isinstance(value, list) or all(map(_has_text_keys, value))


@pytest.mark.database
def test_each_finished_model_says_how_many_of_its_stage_are_left(ledger, manifest):
    finished: list[Node] = []
    apart = ("--target-path", str(ledger.home / "target"), "--log-path", str(ledger.home / "logs"))
    views = ("--select", "path:models/app", "--resource-type", "model")  # nothing reads them here
    result = build(*views, options=apart, profiles=ledger.home, on_node=finished.append)
    assert result.failures == []
    models = [node for node in finished if node.kind == "model"]
    stages = stages_of(manifest)
    of_stage = sum(stages[name] == "links" for name in stages if name.startswith("model."))
    assert {node.stage for node in models} == {"links"}
    assert [node.left for node in models] == [of_stage - nth for nth in range(1, len(models) + 1)]
