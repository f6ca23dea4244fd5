"""Every model, seed, source, macro, exposure and group is described, and every column of them.

The columns of seeds are held against their CSV files, those of sources against the loader's tables,
those of models against a built ledger, so that a column which the YAML forgets is found too.
"""

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

from loaders.files import staging_schema
from loaders.name_pairs.refresh import DATASET
from loaders.name_pairs.refresh import TABLES as NAME_TABLES
from playledger.publish import plan_store
from playledger.runs import table as runtable

STAGING = {
    **staging_schema.STAGING,
    DATASET: NAME_TABLES,
    "run_log": {runtable.TABLE: runtable.COLUMNS},
    "publications": {
        table: re.findall(
            r"^        (?!primary)(\w+) .*,?$", told.partition("\n    );")[0], re.MULTILINE
        )
        for table, told in zip(
            ("plans", "plan_rows"), plan_store.TABLES.split("create table")[1:], strict=True
        )
    },
}

PROJECT = Path(__file__).resolve().parents[3]


def undescribed(node, columns=()):
    """The node's name and those of its columns that nobody describes, listed or not."""
    missing = [] if node.description.strip() else [node.name]
    known = {name: column.description.strip() for name, column in node.columns.items()}
    return missing + [
        f"{node.name}.{name}" for name in {**dict.fromkeys(columns), **known} if not known.get(name)
    ]


def of_type(manifest, kind):
    return [node for node in manifest.nodes.values() if node.resource_type == kind]


def test_every_model_and_its_listed_columns_are_described(manifest):
    models = of_type(manifest, "model")
    assert models
    assert [missing for model in models for missing in undescribed(model)] == []
    assert [model.name for model in models if not model.columns] == []


@pytest.mark.database
def test_the_listed_columns_of_every_model_are_those_it_has(manifest, ledger):
    there = defaultdict(set)
    for schema, table, column in ledger.ask(
        "select table_schema, table_name, column_name from information_schema.columns"
    ):
        there[schema, table].add(column)
    tables = [
        model for model in of_type(manifest, "model") if model.config.materialized != "ephemeral"
    ]
    assert tables
    for model in tables:
        assert set(model.columns) == there[model.schema, model.alias], model.name


def test_every_seed_and_its_columns_are_described(manifest):
    seeds = of_type(manifest, "seed")
    assert seeds
    for seed in seeds:
        with (PROJECT / seed.original_file_path).open(newline="", encoding="utf-8") as lines:
            assert undescribed(seed, next(csv.reader(lines))) == []


def test_every_source_and_its_columns_are_described(manifest):
    described = {(table.source_name, table.name) for table in manifest.sources.values()}
    loaded = {(dataset, name) for dataset, tables in STAGING.items() for name in tables}
    assert loaded - described == set()
    for table in manifest.sources.values():
        assert table.source_description.strip(), table.source_name
        columns = STAGING.get(table.source_name, {}).get(table.name, ())
        assert undescribed(table, columns) == []


def test_every_macro_and_its_arguments_are_described(manifest):
    macros = [
        macro for macro in manifest.macros.values() if macro.package_name == "playlist_ledger"
    ]
    assert macros
    assert [macro.name for macro in macros if not macro.description.strip()] == []
    assert [
        f"{macro.name}({argument.name})"
        for macro in macros
        for argument in macro.arguments
        if not argument.description.strip()
    ] == []


def test_every_exposure_and_its_owner_are_described(manifest):
    exposures = list(manifest.exposures.values())
    assert exposures
    assert [one.name for one in exposures if not one.description.strip()] == []
    assert [one.name for one in exposures if not (one.label and one.owner.name)] == []


def test_every_group_and_its_owner_are_described(manifest):
    groups = list(manifest.groups.values())
    assert groups
    assert [one.name for one in groups if not (one.description or "").strip()] == []
    assert [one.name for one in groups if not one.owner.name] == []
