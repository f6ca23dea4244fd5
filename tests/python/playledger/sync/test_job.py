"""The main job: what it makes of what each stage came to, where build and scrapes are pretended."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from click.testing import Result

from loaders.errors import Exit, UserError
from loaders.files.staging_schema import STAGING
from loaders.scrape.run_report import Report
from playledger.audit.account import Account
from playledger.audit.figures import Figure
from playledger.dbt.build import BuildResult, Node
from playledger.dbt.profiles import ProfileState
from playledger.runs.stages import NAMES, STAGES
from tests.python.support.publishing import say, url_of

# A model of each stage that dbt builds, two of those that a test partly fails.
MODELS = {
    "stg_airtable__campaigns": "parse",
    "clients": "clients",
    "vendors": "vendors",
    "campaigns": "campaigns",
    "songs": "sfa",
    "int_campaign_streams": "streams",
    "playlist_streams": "streams",
    "playlists": "playlists",
    "campaign_clients": "links",
    "campaign_playlists": "links",
    "data_issues": "verification",
}
EXPORT = b"Campaign,Goal\nA - B,1\nC - D,2\n"
pytestmark = pytest.mark.database


class Pretended:
    """A project whose build, account and scrapes answer what a test says."""

    def __init__(self, home, csv) -> None:
        self.home, self.csv = home, csv
        self.statuses: dict[str, str] = {}  # of models, where they are not built
        self.reports: dict[str, list[tuple[Exit, str]]] = {}
        self.failing: list[str] = []
        self.builds: list[int] = []
        self.scraped: list[tuple[str, int | None]] = []

    def build(self, on_node) -> BuildResult:
        self.builds.append(len(self.scraped))
        nodes, left = [], Counter(MODELS.values())
        for model, stage in MODELS.items():
            left[stage] -= 1
            status = self.statuses.get(model, "success")
            message = "no such column" if status == "error" else ""
            nodes.append(Node(model, "model", status, 0.01, stage, left[stage], message))
            on_node(nodes[-1])
        return BuildResult(nodes, "dbt-key")

    def verify(self, settings, database) -> tuple[Account, int]:
        figures = [
            Figure("Campaigns", name, 1, 2, True, "differs" if name in self.failing else "ok")
            for name in ("campaigns", "clients")
        ]
        return Account(figures, [], [], []), 0

    def collect(self, settings, console, kind, options, on_report) -> Exit:
        self.scraped.append((kind, options.limit))
        code, ending = self.reports.get(kind, (Exit.DONE, "finished"))
        if isinstance(code, UserError):
            raise code
        result = self.home / "scrape" / kind / "20260101T000000Z" / "results" / "a.json"
        result.parent.mkdir(parents=True)
        result.write_text('{"schema_version": 1}' if kind == "streams" else '{"clients": {}}')
        counts = {"total": 3, "done": 2, "failed": 1 if code else 0, "left": 0}
        on_report(
            Report(
                kind, "songs", "", ending, int(code), **counts, finished_now=2, seconds=1.0,
                outcomes={}, retries={}, next_step="run it again",
            )
        )  # fmt: skip
        return code

    def sync(self, *options: object) -> Result:
        return say("sync", *options)

    def history(self) -> dict[str, dict]:
        """The stages of the last run, by name."""
        listed = json.loads(say("history", "--json").stdout)
        told = say("history", "--json", listed[0]["run_id"])
        return {stage["stage"]: stage for stage in json.loads(told.stdout)["stages"]}


@pytest.fixture
def project(database, tmp_path, monkeypatch) -> Pretended:
    home = tmp_path / "home"
    monkeypatch.setenv("PLAYLEDGER_HOME", str(home))
    monkeypatch.setenv("DATABASE_URL", url_of(database))
    monkeypatch.setattr("playledger.sync.load_step.write_profiles", lambda *_: ProfileState.CURRENT)
    (tmp_path / "export.csv").write_bytes(EXPORT)
    pretended = Pretended(home, tmp_path / "export.csv")
    monkeypatch.setattr("playledger.sync.ledger_workspace.build", pretended.build)
    monkeypatch.setattr("playledger.sync.ledger_workspace.verify", pretended.verify)
    monkeypatch.setattr("playledger.sync.collect.collect", pretended.collect)
    return pretended


def test_all_stages_are_told_in_their_order_and_counted(project):
    result = project.sync("--csv", project.csv)
    assert result.exit_code == 0
    told = result.stdout[result.stdout.index("\nRun ") :].splitlines()
    assert [line.split("  ")[0] for line in told[2:12]] == [
        f"{number}/10 {stage.title}" for number, stage in enumerate(STAGES, start=1)
    ]
    assert told[2].startswith("1/10 Parse and normalise  2 rows, 0 rejected, ")
    assert "skipped: not requested" in told[11]
    assert "All 2 checks passed." in told
    (log,) = (project.home / "logs").glob("*.jsonl")
    assert told[-2:] == [
        f"The report: {project.home / 'report.html'}",
        f"The run log: {log}",
    ]
    stages = project.history()
    assert tuple(stages) == NAMES
    assert stages["parse"]["counts"]["rows"] == 2
    assert [file["name"] for file in stages["parse"]["files"]] == ["export.csv"]
    assert len(stages["parse"]["load_ids"]) == len(STAGING)
    assert {stages[name]["dbt_invocation_id"] for name in NAMES[:9]} == {"dbt-key"}
    assert project.builds == [0]


def test_a_model_that_fails_fails_its_stage_and_skips_what_reads_it(project):
    project.statuses = {"playlists": "error", "campaign_playlists": "skipped"}
    project.statuses |= dict.fromkeys(("playlist_streams", "int_campaign_streams"), "skipped")
    result = project.sync("--csv", project.csv)
    assert result.exit_code == 4
    assert "The build failed:\nplaylists: no such column\n" in result.stdout
    assert "  2/10 Clients: built, " in result.stdout
    assert "  6/10 Streams: not fully built, " in result.stdout
    outcomes = {name: stage["outcome"] for name, stage in project.history().items()}
    expected = {"clients": "done", "playlists": "failed", "streams": "skipped", "links": "partly"}
    expected |= {"verification": "failed", "production": "skipped"}
    assert {name: outcomes[name] for name in expected} == expected


def test_a_check_that_does_not_hold_is_exit_code_4_and_deploys_nothing(project, monkeypatch):
    monkeypatch.setattr("playledger.cli.publish.deploy_files", pytest.fail)
    project.failing = ["clients"]
    result = project.sync("--csv", project.csv, "--deploy-production")
    assert result.exit_code == 4
    assert "1 of 2 checks FAILED: clients" in result.stdout
    stages = project.history()
    assert stages["verification"]["outcome"] == "failed"
    assert stages["verification"]["message"] == "Failed checks: clients"
    assert "1 of 2 checks failed" in (project.home / "report.html").read_text()
    assert stages["production"]["outcome"] == "skipped"


@pytest.mark.parametrize(
    ("options", "asked", "outcome"),
    [
        (["--deploy-production"], [False], "done"),
        (["--deploy-production", "--yes"], [True], "done"),
        (["--deploy-production", "--local-only"], [], "skipped"),
        ([], [], "skipped"),
    ],
)
def test_production_is_left_alone_unless_it_is_asked_for(
    project, monkeypatch, options, asked, outcome
):
    calls = []

    def deploy(_, *, yes: bool) -> Exit:
        calls.append(yes)
        return Exit.DONE

    monkeypatch.setattr("playledger.cli.publish.deploy_files", deploy)
    assert project.sync("--csv", project.csv, *options).exit_code == 0
    assert calls == asked
    assert project.history()["production"]["outcome"] == outcome


def test_what_production_refuses_is_told_after_the_account(project, monkeypatch):
    def deploy(_, *, yes: bool) -> Exit:
        raise UserError("Production moved in between. Run it again.")

    monkeypatch.setattr("playledger.cli.publish.deploy_files", deploy)
    result = project.sync("--csv", project.csv, "--deploy-production")
    assert result.exit_code == 1
    assert "10/10 Production: Production moved in between." in result.stdout
    assert "All 2 checks passed." in result.stdout
    assert project.history()["production"]["outcome"] == "failed"


def test_a_dry_run_is_only_a_plan_of_what_was_named(project, monkeypatch):
    planned = []

    def plan(inputs) -> Exit:
        planned.append(inputs.csv)
        return Exit.PARTLY

    monkeypatch.setattr("playledger.cli.publish.plan_files", plan)
    assert project.sync("--csv", project.csv, "--dry-run").exit_code == 1
    assert planned == [project.csv]
    assert project.builds == []
    assert not (project.home / "logs").exists()


def test_scrapes_come_after_what_they_need_is_built_and_are_built_too(project):
    result = project.sync("--csv", project.csv, "--scrape-sfa", "--scrape-streams")
    assert result.exit_code == 0
    assert project.scraped == [("sfa", None), ("streams", None)]
    assert project.builds == [0, 1, 2]
    stages = project.history()
    assert stages["streams"]["counts"]["scraped"] == 2
    assert [file["kind"] for file in stages["sfa"]["files"]] == ["roster"]
    assert stages["sfa"]["outcome"] == stages["streams"]["outcome"] == "done"


def test_songs_that_could_not_be_scraped_are_exit_code_1(project):
    project.reports = {"streams": (Exit.PARTLY, "finished")}
    result = project.sync("--csv", project.csv, "--scrape-streams")
    assert result.exit_code == 1
    assert "partly, 0 stream rows, 2 scraped, 1 not scraped" in result.stdout
    stage = project.history()["streams"]
    assert stage["outcome"] == "partly"
    assert "`playledger scrape streams --retry-failed`" in stage["message"]


def test_a_log_in_that_is_needed_stops_neither_the_build_nor_the_account(project):
    project.reports = {"sfa": (UserError("Run `playledger login`.", Exit.LOGIN), "")}
    result = project.sync("--csv", project.csv, "--scrape-sfa")
    assert result.exit_code == 3
    assert "5/10 SFA URLs: Run `playledger login`." in result.stdout
    assert "All 2 checks passed." in result.stdout
    assert project.builds == [0]
    assert project.history()["sfa"]["outcome"] == "failed"


def test_a_scrape_that_a_person_stops_stops_the_run(project):
    project.reports = {"sfa": (Exit.PARTLY, "stopped by you")}
    result = project.sync("--csv", project.csv, "--scrape-sfa")
    assert result.exit_code == 1
    assert result.stderr == "Stopped. Run the same command again to continue.\n"
    assert project.history()["sfa"]["outcome"] == "interrupted"
    report = (project.home / "report.html").read_text()
    assert "The run ended before this." in report
    assert "Stopped by the user." in report
    assert f"The report: {project.home / 'report.html'}" in result.stdout
    again = project.sync()
    assert " was interrupted at stage 5/10 SFA URLs; continuing." in again.stdout
    assert again.exit_code == 0


@pytest.mark.parametrize("stage", ["sfa", "streams"])
def test_a_scrape_alone_loads_and_builds_nothing(project, stage):
    project.reports = {stage: (Exit.PARTLY, "finished")}
    result = project.sync(f"--scrape-{stage}-only", "--limit", 3)
    assert result.exit_code == 1
    assert project.scraped == [(stage, 3)]
    assert project.builds == []
    assert {name: each["outcome"] for name, each in project.history().items()} == {stage: "partly"}


def test_with_v_a_run_says_why_stages_were_skipped(project):
    project.statuses = {"clients": "error", "vendors": "skipped"}
    result = say("-v", "sync", "--csv", project.csv, "--scrape-sfa")
    assert result.exit_code == 4
    for why in (
        "playledger.sync.input_selection: named: 1 files; loaded: 0",
        "playledger.sync.job: sfa: not scraped, since the build failed",
        "playledger.sync.job: streams: not scraped, since --scrape-streams is not given",
        "playledger.sync.stage_tracker: vendors: dbt skipped vendors",
        "playledger.sync.job: production: skipped, not requested",
    ):
        assert why in result.stderr
    assert "INFO" not in project.sync().stderr
