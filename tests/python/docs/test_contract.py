"""docs/contract.md beside the YAML of the models and macros, and beside the code that cites it."""

import re

import pytest
import yaml

from loaders.files.staging_schema import EXPORT_COLUMNS
from tests.project import PROJECT
from tests.python.support.markdown import code_words, headings, tables

CONTRACT = PROJECT / "docs/contract.md"
TABLES = tables(CONTRACT)

NOTE = re.compile(r"\(([^)]*)\)")
CITATIONS = (
    re.compile(r"section\s+(\d(?:\.\d+)?)\s+of\s+(?:the\s+contract|`?docs/contract\.md)"),
    re.compile(r"contract,? (?:section )?(\d(?:\.\d+)?)"),
    re.compile(r"contract\.md,? (?:section )?(\d(?:\.\d+)?)"),
)
CITING = ("loaders", "playledger", "sample", "bench", "models", "macros", "seeds", "tests")


def entries(folder, kind):
    """What the YAML files of a folder describe of a kind, by name."""
    return {
        entry["name"]: entry
        for path in (PROJECT / folder).rglob("*.yml")
        for entry in yaml.safe_load(path.read_text("utf-8")).get(kind, [])
    }


MODELS = entries("models", "models")
MACROS = entries("macros", "macros")
# (model, row) of every table of the contract that lists columns.
LISTED = [
    (code_words(row.get("model") or row["table"])[0], row)
    for table in TABLES
    if "columns" in table.header
    for row in table.rows
]
KEYED = [(model, row) for model, row in LISTED if "key" in row]


def listed_columns(row):
    """The columns of a row; a note in brackets may name other things."""
    return code_words(NOTE.sub("", row["columns"]))


def notes(row, start):
    """(column, code words of its note) for the notes that begin with these words."""
    found = re.findall(r"`(\w+)` \(([^)]*)\)", row["columns"])
    return [(column, code_words(note)) for column, note in found if note.startswith(start)]


def constraints(model, kind):
    """The constraints of a kind that the YAML of a model declares, its columns' included."""
    own = [each for each in model.get("constraints", []) if each["type"] == kind]
    of_columns = [
        {**each, "columns": [column["name"]]}
        for column in model["columns"]
        for each in column.get("constraints", [])
        if each["type"] == kind
    ]
    return own + of_columns


def test_the_contract_lists_the_columns_of_tables():
    assert {"campaigns", "data_issues", "spotify_campaigns"} <= {model for model, _ in LISTED}


@pytest.mark.parametrize(("model", "row"), LISTED, ids=[model for model, _ in LISTED])
def test_a_table_has_the_columns_of_its_model_and_no_other(model, row):
    described = [column["name"] for column in MODELS[model]["columns"]]
    assert sorted(listed_columns(row)) == sorted(described)


@pytest.mark.parametrize(("model", "row"), KEYED, ids=[model for model, _ in KEYED])
def test_a_key_is_the_primary_key_of_its_model(model, row):
    (key,) = constraints(MODELS[model], "primary_key")
    assert code_words(row["key"]) == key["columns"]


@pytest.mark.parametrize(("model", "row"), KEYED, ids=[model for model, _ in KEYED])
def test_each_reference_to_a_table_is_a_foreign_key_and_none_is_left_out(model, row):
    declared = {
        (*key["columns"], re.search(r"ref\('(\w+)'\)", key["to"])[1])
        for key in constraints(MODELS[model], "foreign_key")
    }
    assert {(column, words[0]) for column, words in notes(row, "in `")} == declared


@pytest.mark.parametrize(("model", "row"), KEYED, ids=[model for model, _ in KEYED])
def test_the_values_of_a_column_are_those_that_its_check_allows(model, row):
    declared = {
        each["columns"][0]: sorted(re.findall(r"'([^']*)'", each["expression"]))
        for each in constraints(MODELS[model], "check")
        if " in (" in each["expression"]
    }
    assert {column: sorted(words) for column, words in notes(row, "one of")} == declared


def test_the_public_tables_of_the_ledger_are_those_of_the_contract():
    marts = entries("models/marts", "models").values()
    public = {mart["name"] for mart in marts if "access" not in mart.get("config", {})}
    ledger = {model for model, row in KEYED if model in {mart["name"] for mart in marts}}
    assert ledger == public


def test_each_column_of_the_export_is_read_by_a_macro_that_exists():
    readers = [row for table in TABLES if table.header[-1:] == ("by",) for row in table.rows]
    assert readers
    named = {name for row in readers for name in code_words(row["by"])}
    assert named - set(MACROS) == set()


def test_the_columns_of_the_export_are_those_that_the_loader_knows():
    (table,) = [each for each in TABLES if each.header[-1:] == ("by",)]
    listed = [name for row in table.rows for name in row["header"].split(", ")]
    assert sorted(listed) == sorted(EXPORT_COLUMNS.values())


def test_every_section_that_code_cites_exists():
    sections = {heading.split()[0].rstrip(".") for heading in headings(CONTRACT)}
    files = [
        path
        for folder in CITING
        for path in (PROJECT / folder).rglob("*")
        if path.suffix in {".py", ".sql", ".yml"}
    ]
    cited = {
        (path.relative_to(PROJECT).as_posix(), section)
        for path in files
        for pattern in CITATIONS
        for section in pattern.findall(path.read_text("utf-8"))
    }
    assert cited
    assert sorted((path, section) for path, section in cited if section not in sections) == []
