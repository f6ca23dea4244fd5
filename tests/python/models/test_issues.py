"""What is doubtful now and what was: issues over several exports, decisions, and emptied cells."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders.source_file import find_inputs
from tests.python.models.test_history import HEADERS, export
from tests.python.support.ledger import Ledger, load_into

pytestmark = pytest.mark.database

BUILD = ("--exclude", "resource_type:unit_test")
LUNA = {"Campaign": "Luna - Drive", "Client Email": "luna@home", "Goal": "1000"}
OAK = {"Campaign": "Oak - Leaf", "Client Email": "oak@home", "Salesperson": "Ada"}
OF_CELLS = "where reason !~ '^matched' order by 1, 2"
OPEN = f"select reason, raw_value, source_file from ledger_quality.data_issues {OF_CELLS}"
RESOLVED = f"select reason, raw_value, source_file from ledger_quality.resolved_issues {OF_CELLS}"
EVERYTHING = (
    "select issues::text from ledger_quality.data_issues as issues union all "
    "select issues::text from ledger_quality.resolved_issues as issues order by 1"
)


@pytest.fixture
def project(copied: Path) -> Iterator[Path]:
    """The copied project, whose decisions and policies a test may change."""
    changed = [copied / "seeds" / "known_issues.csv", copied / "models" / "marts" / "_marts.yml"]
    texts = [path.read_text() for path in changed]
    yield copied
    for path, text in zip(changed, texts, strict=True):
        path.write_text(text)


def load(ledger: Ledger, path: Path, *, is_view: bool = False) -> None:
    load_into(ledger.database, find_inputs(path, None, None, is_view=is_view), ledger.home)


def test_an_issue_lives_as_long_as_the_newest_row_has_it(empty_ledger, tmp_path):
    ledger = empty_ledger
    load(ledger, export(tmp_path / "first.csv", 1, LUNA, OAK))
    ledger.build(*BUILD)
    ids = "select issue_id, first_seen_at from ledger_quality.data_issues where raw_value = %s"
    kept = ledger.ask(ids, "oak@home")
    assert ledger.ask(OPEN) == [
        ("not_an_email", "luna@home", "first.csv"),
        ("not_an_email", "oak@home", "first.csv"),
    ]
    mended = {**LUNA, "Client Email": "luna@home.example"}
    load(ledger, export(tmp_path / "second.csv", 8, mended, {**OAK, "Salesperson": ""}))
    ledger.build(*BUILD)
    assert ledger.ask(OPEN) == [
        ("cell_emptied", "Ada", "second.csv"),
        ("not_an_email", "oak@home", "second.csv"),
    ]
    assert ledger.ask(RESOLVED) == [("not_an_email", "luna@home", "first.csv")]
    assert ledger.ask(ids, "oak@home") == kept

    before = ledger.ask(EVERYTHING)
    ledger.build(*BUILD)
    assert ledger.ask(EVERYTHING) == before

    # A view without the columns says nothing of them.
    few = ["Campaign", "Goal", "Last Modified"]
    load(ledger, export(tmp_path / "view.csv", 9, LUNA, OAK, headers=few), is_view=True)
    ledger.build(*BUILD)
    assert [row[1] for row in ledger.ask(OPEN)] == ["Ada", "oak@home"]

    # What comes back leaves the resolved ones.
    load(ledger, export(tmp_path / "third.csv", 15, LUNA, OAK))
    ledger.build(*BUILD)
    assert ledger.ask(OPEN) == [
        ("not_an_email", "luna@home", "third.csv"),
        ("not_an_email", "oak@home", "third.csv"),
    ]
    assert ledger.ask(RESOLVED) == [("cell_emptied", "Ada", "second.csv")]


def test_a_person_knows_of_an_issue_and_lets_a_cell_be_emptied(empty_ledger, tmp_path, project):
    ledger = empty_ledger
    load(ledger, export(tmp_path / "first.csv", 1, LUNA, OAK, headers=HEADERS))
    load(ledger, export(tmp_path / "second.csv", 8, LUNA, {**OAK, "Salesperson": ""}))
    seed = project / "seeds" / "known_issues.csv"
    seed.write_text(seed.read_text() + "not_an_email,,LUNA - drive,,,,it is a test,2025-10-09\n")
    marts = project / "models" / "marts" / "_marts.yml"
    declared = "- {name: salesperson, data_type: text, config: {meta: {keep: when_empty}}"
    assert marts.read_text().count(declared) == 1
    cleared = declared.replace("when_empty", "when_empty, emptied: clear")
    marts.write_text(marts.read_text().replace(declared, cleared))
    ledger.build(*BUILD, project=project)
    known = "select raw_value from ledger_quality.data_issues where is_known"
    assert ledger.ask(known) == [("luna@home",)]
    assert [row[1] for row in ledger.ask(OPEN)] == ["luna@home", "oak@home"]
    people = "select salesperson, salespeople from ledger.campaigns where name = 'Oak - Leaf'"
    assert ledger.ask(people) == [(None, None)]
