"""The report: one file that stands alone and says what is known of the ledger."""

from __future__ import annotations

import json
import re
from contextlib import closing
from html import unescape
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner

from loaders.errors import UserError
from loaders.settings import Settings
from playledger.audit.verification import verify
from playledger.cli.main import main
from playledger.publish.diff import Change
from playledger.publish.plan_store import create_plan_tables, plan_tables, store_changes
from playledger.web.static_report import write_report
from tests.project import PROJECT

pytestmark = pytest.mark.database
HOSTILE = "<script>alert(1)</script>"
SECTIONS = [
    "To do",
    "The run",
    "The account",
    "Problems by cause",
    "Last published plan",
    "Coverage",
    "Charts",
]


class Page(HTMLParser):
    """What a page is made of: tags, what leads or loads elsewhere, headings, words."""

    LOADING = ("script", "link", "img", "iframe", "object", "embed", "form", "base", "a")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loading: list[str] = []
        self.headings: list[str] = []
        self.pieces: list[str] = []
        self.style = "".join(re.findall(r"<style>(.*?)</style>", text, re.S))
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        if tag in self.LOADING:
            self.loading.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in ("src", "href", "style", "action", "xlink:href"):
                self.loading.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        if self._inside == "h2" and data.strip():
            self.headings.append(data.strip())
        if self._inside != "style":
            self.pieces.append(data)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.pieces).split())


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(tmp_path / "home", "ledger", None)


def report_of(ledger, settings, **known) -> str:
    path = write_report(settings.home / "report.html", settings, ledger.database, **known)
    assert [each.name for each in path.parent.glob("report*")] == ["report.html"]
    return path.read_text("utf-8")


def test_the_report_has_every_section_and_needs_nothing_else(ledger, settings):
    account, missing_files = verify(settings, ledger.database)
    text = report_of(ledger, settings, account=account, missing_files=missing_files)
    page = Page(text)
    assert page.headings == SECTIONS
    assert page.loading == []
    assert "url(" not in page.style and "@import" not in page.style
    assert "default-src 'none'; style-src 'unsafe-inline'" in text
    assert text.count("<svg") == 3
    assert f"All {len(account.checks)} checks passed" in page.words
    assert f"{missing_files} loaded files were moved or deleted" in page.words
    for figure in account.figures:
        if figure.group in ("Campaigns", "People"):
            assert f"{figure.name.strip()} {figure.ledger:,}" in page.words


def test_issues_and_rejected_records_are_listed_by_reason_with_three_samples_each(ledger, settings):
    page = Page(report_of(ledger, settings))
    issues = ledger.ask(
        "select reason, count(*), max(suggestion) from ledger_quality.data_issues group by 1"
    )
    assert len(issues) > 4
    for reason, count, suggestion in issues:
        words = reason.replace("_", " ").replace("sfa", "SFA").replace(" url", " URL")
        assert f"{words[0].upper()}{words[1:]} {count:,} {suggestion}" in page.words
        if count > 3:
            assert f"and {count - 3:,} more" in page.words
    rejects = ledger.ask("select reason, count(*) from ledger_quality.rejected_records group by 1")
    assert {reason for reason, _ in rejects} == {"login_page", "invalid_json"}
    (logins,) = [count for reason, count in rejects if reason == "login_page"]
    assert f"Login page {logins}" in page.words
    campaign, row = ledger.ask(
        "select campaigns.name, data_issues.source_row from ledger_quality.data_issues "
        "inner join ledger.campaigns using (campaign_id) "
        "where reason = 'unknown_status' order by data_issues.source_row limit 1"
    )[0]
    folded = " ".join(campaign.split())
    assert f"{folded}, status, campaigns_export.csv, row {row:,}" in page.words


def test_what_people_typed_is_text(changing_ledger, settings):
    ledger = changing_ledger
    ledger.ask(
        "update ledger_quality.data_issues set raw_value = %s, suggestion = %s", HOSTILE, HOSTILE
    )
    ledger.ask(
        "update ledger_quality.rejected_records set raw_text = %s, source_file = %s",
        HOSTILE,
        HOSTILE,
    )
    ledger.ask("update ledger.vendors set name = %s || name", HOSTILE)
    text = report_of(ledger, settings)
    assert Page(text).loading == []
    assert HOSTILE not in text
    assert HOSTILE in unescape(text)


def test_the_last_plan_is_in_a_sentence_and_by_table(changing_ledger, settings):
    ledger = changing_ledger
    rows = [
        ("campaigns", "insert", {"campaign_id": 1}, None, {"name": "New"}),
        ("campaigns", "update", {"campaign_id": 2}, {"goal": 1}, {"goal": 2}),
        ("clients", "delete", {"client_id": 3}, {"name": "Old"}, None),
    ]
    changes = [Change("ledger", *row, None, None) for row in rows]
    with closing(ledger.database.open()) as conn:
        create_plan_tables(conn, "ledger")
        with conn, conn.cursor() as cur:
            cur.execute(
                "insert into ledger_quality.plans values ('older', now() - interval '1 day', null, "
                "'{}'), ('newest', '2026-01-02T03:04Z', null, '{}'), ('never', null, null, '{}')"
            )
            cur.execute(
                "update ledger_quality.plans set published_at = '2025-12-31' where run_id = 'older'"
            )
            store_changes(cur, plan_tables("ledger")["rows"], "newest", changes)
    words = Page(report_of(ledger, settings)).words
    assert "1 new campaign, 1 changed (goal 1). Published 2 Jan 2026 03:04 UTC : newest." in words
    assert "ledger.campaigns 1 1 0 ledger.clients 0 0 1" in words


def test_failed_scrapes_are_listed_by_cause(ledger, settings):
    failures = [{"label": f"{HOSTILE} {nth}", "detail": "no table"} for nth in range(5)]
    cause = {"cause": "not_a_song_page", "advice": "Look.", "count": 5, "failures": failures}
    for run, causes in (("20260101T000000Z", []), ("20260102T000000Z", [cause])):
        folder = settings.home / "scrape" / "streams" / run
        folder.mkdir(parents=True)
        (folder / "report.json").write_text(json.dumps({"causes": causes}))
    broken = settings.home / "scrape" / "sfa" / "20260101T000000Z"
    broken.mkdir(parents=True)
    (broken / "report.json").write_text('{"causes": [')
    text = report_of(ledger, settings)
    assert HOSTILE not in text
    words = Page(text).words
    assert "Not a song page 5 Look." in words
    assert words.count("no table") == 3


def test_without_a_ledger_the_report_says_why_and_what_next(database, settings):
    text = write_report(settings.home / "report.html", settings, database).read_text("utf-8")
    page = Page(text)
    assert page.headings == ["The run", "The account", "Problems by cause"]
    assert "The ledger `ledger` is not there" in page.words
    assert "The ledger was not compared with its files" in page.words


def test_a_place_that_cannot_be_written_is_named(ledger, settings, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match=r"cannot be written to .*file/report\.html.*--out"):
        write_report(tmp_path / "file" / "report.html", settings, ledger.database)


def test_the_command_writes_to_the_path_that_is_given(ledger, tmp_path, monkeypatch):
    known = ledger.database.parameters
    url = f"postgresql://{known['user']}@/{known['dbname']}?host={known['host']}"
    monkeypatch.setenv("PLAYLEDGER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("PLAYLEDGER_PROJECT", str(PROJECT))
    for options, path in (
        ([], tmp_path / "home" / "report.html"),
        (["--out", "x"], tmp_path / "x"),
    ):
        monkeypatch.chdir(tmp_path)
        result = CliRunner().invoke(main, ["report", *options])
        assert result.exit_code == 0, result.output
        assert result.stdout == f"The report: {path if not options else 'x'}\n"
        assert Page(path.read_text("utf-8")).headings == SECTIONS
