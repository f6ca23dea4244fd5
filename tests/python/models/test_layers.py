"""The graph of the models: layers in one direction, and one stage and its tag for each model."""

from __future__ import annotations

import pytest

from playledger.dbt.model_map import LAYERS
from playledger.runs.stages import NAMES

RANKS = {layer: rank for rank, layer in enumerate(LAYERS)}
# Quality, history and the application's views stand side by side.
RANKS |= dict.fromkeys(("quality", "history", "app"), RANKS["quality"])
# Beside staging, these read the loaded rows as they are: to list cells independently of what
# staging makes of them.
READERS_OF_SOURCES = {
    "int_long_cell_issues", "int_unparsed_cells",
}  # fmt: skip


@pytest.fixture(scope="module")
def models(manifest) -> list:
    found = [node for node in manifest.nodes.values() if node.resource_type == "model"]
    assert found
    return found


def layer_of(model) -> str:
    return model.path.split("/")[0]


def test_no_model_reads_a_layer_after_its_own(manifest, models):
    assert {layer_of(model) for model in models} == set(LAYERS)
    upward = [
        f"{parent.name} → {model.name}"
        for model in models
        for parent in map(manifest.nodes.get, model.depends_on.nodes)
        if parent is not None
        and parent.resource_type == "model"
        and parent is not model
        and (
            RANKS[layer_of(parent)] > RANKS[layer_of(model)]
            or (
                RANKS[layer_of(parent)] == RANKS[layer_of(model)]
                and layer_of(parent) != layer_of(model)
            )
        )
    ]
    assert upward == []


def test_sources_are_read_by_staging_and_by_those_who_say_why(models):
    readers = {
        model.name
        for model in models
        if any(name.startswith("source.") for name in model.depends_on.nodes)
    }
    beside = {model.name for model in models if layer_of(model) != "staging"} & readers
    assert beside == READERS_OF_SOURCES


def test_every_model_has_one_stage_and_its_tag(models):
    stages = {model.name: model.config.meta.get("stage") for model in models}
    assert {name: stage for name, stage in stages.items() if stage not in NAMES[:9]} == {}
    assert [model.name for model in models if stages[model.name] not in model.tags] == []


def test_nothing_stands_beside_the_lineage(manifest):
    """dbt's documentation draws models, seeds and the tests that are SQL files of their own."""
    drawn = [
        node
        for node in manifest.nodes.values()
        if node.resource_type in ("model", "seed")
        or (node.resource_type == "test" and getattr(node, "test_metadata", None) is None)
    ]
    read = {name for node in manifest.nodes.values() for name in node.depends_on_nodes}
    loose = [
        node.name for node in drawn if not node.depends_on_nodes and node.unique_id not in read
    ]
    assert loose == ["column_rules"]  # read out of the models' YAML, from no table
