"""Files as people send them, each with its expected outcome beside it: see field_cases/README.md.

field_cases/NAME.csv, NAME.csv.yml ──► one ledger of all files ──► outcome of each file
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from psycopg2.extensions import make_dsn

from playledger.cli.main import main
from tests.project import PROJECT
from tests.python.support.ledger import Ledger, emptied

FOLDER = PROJECT / "tests" / "python" / "field_cases"
OPTIONS = ("--csv", "--scraped", "--roster")
OPTION_OF = {".csv": "--csv", ".tsv": "--csv", ".txt": "--csv", ".json": "--scraped"}
WITHOUT_TESTS = ("--exclude", "resource_type:unit_test")

CAMPAIGNS = """
    select sightings.source_row, campaigns.*
    from ledger.campaign_sightings as sightings
    inner join ledger.campaigns using (campaign_id)
    where sightings.file_sha256 = %s
"""
ISSUES = """
    select source_row, column_name, reason, raw_value from ledger_quality.data_issues
    where file_sha256 = %s
"""
REJECTED = """
    select records.source_row, records.reason
    from ledger_quality.rejected_records as records
    where records.source_file = %s
"""
PLAYLISTS = """
    select campaigns.name as campaign_name, playlists.name as playlist_name, placements.*
    from ledger.campaign_playlists as placements
    inner join ledger.campaigns using (campaign_id)
    inner join ledger.playlists using (playlist_id)
    where campaigns.name = any(%s)
"""


@dataclass(frozen=True)
class Case:
    """A file and the outcome that is expected of it."""

    path: Path
    expected: dict[str, Any]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.path.read_bytes()).hexdigest()

    @property
    def option(self) -> str:
        if self.path.name.endswith(".roster.json"):
            return "--roster"
        return OPTION_OF[self.path.suffix]

    @property
    def loaded_name(self) -> str:
        """The name that it is loaded under: a folder is searched for its .csv files."""
        return self.path.stem + ".csv" if self.option == "--csv" else self.path.name

    @property
    def options(self) -> list[str]:
        """The options of `playledger load` that the case names."""
        given = []
        for name, value in self.expected.get("options", {}).items():
            given.append("--" + name.replace("_", "-"))
            given += [] if value is True else [str(value)]
        return given


def find_cases() -> list[Case]:
    outcomes = sorted(FOLDER.glob("*.yml"))
    return [Case(path.with_suffix(""), yaml.safe_load(path.read_text())) for path in outcomes]


CASES = find_cases()
REFUSED = [case for case in CASES if "refused" in case.expected]
LOADED = [case for case in CASES if "refused" not in case.expected]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def cases(ledger: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The ledger of all cases: those without options loaded at once, the others one by one."""
    with emptied(ledger), pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", make_dsn(**ledger.database.parameters))
        patch.setenv("PLAYLEDGER_HOME", str(tmp_path_factory.mktemp("home")))
        together = {option: tmp_path_factory.mktemp(option.strip("-")) for option in OPTIONS}
        for case in LOADED:
            if not case.options:
                shutil.copy(case.path, together[case.option] / case.loaded_name)
        folders = [part for each in together.items() if any(each[1].iterdir()) for part in each]
        accepted = ("--allow-older", "--allow-shrink")
        loads = [[*folders, *accepted]]
        loads += [[c.option, c.path, *accepted, *c.options] for c in LOADED if c.options]
        for arguments in loads:
            loaded = run("load", *arguments)
            assert loaded.exit_code in (0, 1), loaded.output
        ledger.build(*WITHOUT_TESTS)
        yield ledger


def test_each_file_has_an_outcome():
    files = {path.name for path in FOLDER.iterdir() if path.suffix in OPTION_OF}
    assert files == {case.path.name for case in CASES}
    assert all(case.expected["what"] for case in CASES)


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.path.name)
def test_a_file_that_is_refused(case, cases):
    before = cases.ask("select count(*) from staging_airtable.files")
    refused = run("load", case.option, case.path, *case.options)
    assert refused.exit_code == 2
    assert re.search(case.expected["refused"], refused.output)
    assert cases.ask("select count(*) from staging_airtable.files") == before


@pytest.mark.parametrize("case", LOADED, ids=lambda case: case.path.name)
def test_the_outcome_of_a_file(case, cases):
    expected = case.expected
    campaigns = {row["source_row"]: row for row in select(cases, CAMPAIGNS, case.sha256)}
    for source_row, columns in expected.get("campaigns", {}).items():
        campaign = campaigns.get(source_row, {})
        assert {name: campaign.get(name) for name in columns} == columns, f"row {source_row}"
    issues = [list(row.values()) for row in select(cases, ISSUES, case.sha256)]
    assert in_order(issues) == in_order(expected.get("issues", []))
    name = case.path.name if case.options else case.loaded_name
    rejected = [list(row.values()) for row in select(cases, REJECTED, name)]
    assert in_order(rejected) == in_order(expected.get("rejected", []))
    placements = {
        (row["campaign_name"], row["playlist_name"]): row
        for row in select(cases, PLAYLISTS, list(expected.get("playlists", {})))
    }
    for campaign, playlists in expected.get("playlists", {}).items():
        assert {name for of, name in placements if of == campaign} == set(playlists)
        for playlist, columns in playlists.items():
            placement = placements[campaign, playlist]
            assert {name: placement[name] for name in columns} == columns, playlist


def test_the_account_of_all_files_agrees(cases):
    verified = run("verify")
    assert verified.exit_code == 0, verified.output


def select(ledger: Ledger, query: str, *values: object) -> list[dict[str, Any]]:
    with ledger.database.connect() as conn, conn.cursor() as cursor:
        cursor.execute(query, values)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]


def in_order(rows: list[list[object]]) -> list[list[object]]:
    return sorted(rows, key=lambda row: [str(value) for value in row])
