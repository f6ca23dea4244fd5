"""All of the main job tried on ten campaigns: on real stages, and nothing of the ledger moves."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from loaders.file_index import index_files
from loaders.source_file import find_inputs
from playledger.dbt.build import BuildResult, Node
from playledger.publish.candidate import Candidate
from tests.python.support.ledger import Ledger
from tests.python.support.publishing import dump, say, schemas, url_of, write_export
from tests.site import SampleContent, SimulatedSite

TEN = 10
FAILED = Node("assert_no_row_is_lost", "test", "fail", 0.1, message="Got 1 result")
SOME = slice(12, 40)  # rows of the sample: several of the first ten have a page on the site


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """One for all trials here: dbt reads the project once."""
    return tmp_path_factory.mktemp("trial") / "home"


@pytest.fixture
def at(ledger: Ledger, home, monkeypatch) -> Ledger:
    """A ledger as the commands find it; where any of it moved, the test fails."""
    monkeypatch.setenv("DATABASE_URL", url_of(ledger.database))
    monkeypatch.setenv("PLAYLEDGER_HOME", str(home))
    before = dump(ledger.database), schemas(ledger.database)
    yield ledger
    assert (dump(ledger.database), schemas(ledger.database)) == before
    assert ledger.one("select to_regclass('ledger_quality.sync_runs')") is None


def stages(home: Path) -> dict[str, dict]:
    """How each stage ended, by the file of the last trial."""
    log = max((home / "logs").glob("*-trial*.jsonl"), key=lambda path: path.stat().st_mtime_ns)
    events = map(json.loads, log.read_text().splitlines())
    return {event["stage"]: event for event in events if event["event"] == "ended"}


def figures(home: Path) -> dict[str, tuple]:
    """(ledger, files) of the trial's account."""
    account = json.loads((home / "account-of-trial.json").read_text())
    assert account["failed"] == []
    return {each["name"].strip(): (each["ledger"], each["files"]) for each in account["figures"]}


@pytest.mark.browser
def test_ten_campaigns_go_through_all_stages_with_what_is_scraped_for_them(
    at, home, chromium, tmp_path, monkeypatch
):
    content = SampleContent()
    with (at.home / "sample" / "campaigns_export.csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        rows = list(csv.DictReader(file))[SOME]
    export = write_export(tmp_path / "campaigns.csv", rows)
    first = list(zip(rows, list(content.sfa_urls().values())[SOME], strict=True))[:TEN]
    pages = [url for _, url in first if url]
    wanted = {url for row, url in first if url and row["Status"] in ("Active", "Complete")}
    assert len(wanted) < len(pages)
    roster = at.home / "sample" / "roster"
    with SimulatedSite(content) as site:
        home.mkdir()
        site.write_session(home / "session.json")
        monkeypatch.setenv("PLAYLEDGER_SITE", site.address)
        monkeypatch.setenv("PLAYLEDGER_LOGIN_SITE", site.login_address)
        options = ("--scrape-streams", "--deploy-production", "--yes")
        result = say("sync", "--csv", export, "--roster", roster, "--limit", TEN, *options)
    assert result.exit_code == 0, result.output
    assert "A trial of the first 10 campaigns of campaigns.csv, with 3" in result.stdout
    told = stages(home)
    assert told["parse"]["counts"]["rows"] == TEN
    assert told["campaigns"]["counts"] | {"tests": 0} == {
        "rows": TEN, "new": TEN, "changed": 0, "tests": 0,
    }  # fmt: skip
    assert told["production"]["outcome"] == "skipped"
    assert told["production"]["message"] == "a trial deploys nothing"
    assert {stage["outcome"] for name, stage in told.items() if name != "production"} == {"done"}
    known = figures(home)
    assert known["campaigns"] == (TEN, TEN)
    assert known["with an SFA URL"] == (len(pages), len(pages))
    assert known["songs with an accepted scrape"] == (len(wanted), len(wanted))
    assert known["stream rows"][0] == told["streams"]["counts"]["rows"] > 0
    assert "All 102 checks passed." in result.stdout
    assert result.stdout.splitlines()[-3:-1] == [
        "Tried the first 10 campaigns of campaigns.csv, with 3 roster results, in a "
        "candidate that was dropped: the ledger is unchanged.",
        "For all campaigns: playledger sync --scrape-streams --deploy-production --yes "
        f"--csv {export} --roster {roster}",
    ]
    assert not (home / "files.json").exists()
    # What was scraped is there for the next load, and was asked for these campaigns alone.
    results = list(home.glob("scrape/streams/*/results/*.json"))
    assert {f"/song/{path.stem}/stats" for path in results} == {url[-34:] for url in wanted}


@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_a_test_that_fails_is_exit_code_4_and_leaves_no_candidate(at, home, monkeypatch, options):
    made = []

    def build(candidate, target, schema, *_, on_node) -> BuildResult:
        with candidate.database.connect() as conn, conn.cursor() as cur:
            cur.execute(f"create schema {schema}")
            cur.execute("select campaign from candidate_staging_airtable.campaigns")
            made.extend(cur.fetchall())
        return BuildResult([FAILED])

    monkeypatch.setattr(Candidate, "run_dbt", build)
    export = at.home / "sample" / "campaigns_export.csv"
    result = say("sync", "--csv", export, "--limit", 1, *options)
    assert result.exit_code == 4
    assert len(made) == 1
    assert "The build failed:\nassert_no_row_is_lost: Got 1 result\n" in result.stdout
    assert stages(home)["verification"]["outcome"] == "failed"
    assert "the ledger is unchanged.\nFix the cause and run the same command again.\n" in (
        result.stdout
    )
    assert "For all campaigns" not in result.stdout


def test_without_files_those_that_are_loaded_here_are_tried(at, home, monkeypatch):
    sample = at.home / "sample"
    index_files(
        find_inputs(sample / "campaigns_export.csv", sample / "scraped", sample / "roster"), home
    )
    noted = (home / "files.json").read_bytes()
    monkeypatch.setattr(Candidate, "run_dbt", lambda *_, **__: BuildResult([FAILED]))
    result = say("sync", "--limit", TEN)
    assert result.exit_code == 4
    assert "A trial of the first 10 campaigns of campaigns_export.csv, with " in result.stdout
    assert stages(home)["parse"]["counts"]["rows"] == TEN
    assert (home / "files.json").read_bytes() == noted
