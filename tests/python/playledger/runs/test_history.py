"""Past runs, as `playledger history` lists them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from loaders.settings import Settings
from playledger.runs.log import RunLog
from playledger.runs.stages import NAMES
from tests.python.support.publishing import say, url_of

pytestmark = pytest.mark.database


@pytest.fixture
def home(database, tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("PLAYLEDGER_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", url_of(database))
    return tmp_path


def test_a_history_without_runs_says_so(database, home):
    assert say("history").stdout.startswith("No run yet.")
    assert json.loads(say("history", "--json").stdout) == []
    missing = say("history", "20260101T000000Z-sync")
    assert missing.exit_code == 2
    assert "There is no run 20260101T000000Z-sync." in missing.stderr


def test_the_history_has_the_newest_run_first_and_what_it_brought(database, home):
    runs = []
    for outcome in ("done", "failed", "done"):
        with RunLog(Settings(home, "ledger", None), "sync", NAMES) as run:
            runs.insert(0, run.run_id)
            run.attach(database)
            run.start("parse")
            files = [{"sha256": "a", "name": "export.csv", "kind": "export"}]
            run.end("parse", "done", files=files, counts={"files": 1, "rows": 9, "rejected": 2})
            counts = {"rows": 9, "new": 4, "changed": 5}
            run.end("campaigns", outcome, counts=counts, message="it broke\nhere")
    header, *listed = say("history").stdout.splitlines()
    assert header.split() == ["run", "when", "took", "outcome", "brought"]
    assert [line.split()[0] for line in listed] == runs
    assert listed[1].endswith("  failed       1 file, 4 new campaigns, 5 changed campaigns")
    newest = json.loads(say("history", "--json", "--limit", "2").stdout)
    assert [run["run_id"] for run in newest] == runs[:2]
    shown = say("history", runs[1]).stdout
    assert f"Run {runs[1]}: failed; " in shown
    assert "1/10 Parse and normalise  9 rows, 2 rejected, 0.0 s" in shown
    campaigns = "failed, 9 campaigns, 4 new, 5 changed, 0.0 s: it broke"
    assert f"4/10 Campaigns            {campaigns}" in shown
    assert "Files: export.csv" in shown
