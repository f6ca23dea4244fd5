"""The list of runs: one row for each, as `playledger history` tells of it."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest

from playledger.runs.history import find_runs
from playledger.runs.log import OUTCOMES, outcome_of
from playledger.runs.table import RunTable, StageRecord
from tests.python.support.visiting import downloaded, pages_of, visit

pytestmark = pytest.mark.database
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
# Of a run whose process is gone nobody waits for an end.
GONE = {"running": "interrupted"}
MIXTURES = [
    mixture
    for many in range(1, len(OUTCOMES) + 2)
    for mixture in combinations((*OUTCOMES, "skipped"), many)
]


def noting(ledger) -> closing[RunTable]:
    """The run log; a run is on meanwhile."""
    return closing(RunTable(ledger.database, ledger.schema, "1.2.3"))


def stages(mixture: tuple[str, ...], begins: datetime) -> list[StageRecord]:
    """A stage of two seconds for each outcome; one that is running has no end."""
    records = []
    for position, outcome in enumerate(mixture, start=1):
        starts = begins + timedelta(seconds=2.5 * position)
        ends = None if outcome == "running" else starts + timedelta(seconds=2)
        records.append(StageRecord(f"stage{position}", position, starts, ends, outcome))
    return records


def listed(ledger, query: str = "") -> list[dict[str, str]]:
    """The rows of the list's file."""
    with pages_of(ledger) as app:
        return downloaded(app, f"/runs.csv{query}")


def remembered(ledger) -> list[dict[str, str]]:
    """The same by `playledger history`, without messages."""
    with ledger.database.connect() as conn:
        runs = find_runs(conn, ledger.schema, 1_000)
    return [
        {
            "run": run.run_id,
            "started_at": run.started_at.isoformat(sep=" ", timespec="seconds"),
            "seconds": "" if run.seconds is None else f"{run.seconds:.1f}",
            "outcome": run.outcome,
            **{name: str(count) for name, count in run.brought.items()},
        }
        for run in runs
    ]


def without_message(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{name: row[name] for name in row if name != "message"} for row in rows]


def test_of_every_mixture_of_outcomes_the_list_says_what_the_history_says(changing_ledger):
    ledger, expected = changing_ledger, {}
    with noting(ledger) as table:
        for day, mixture in enumerate(MIXTURES):
            run = f"run{day:02}"
            expected[run] = mixture
            for record in stages(mixture, BEGAN + timedelta(days=day)):
                table.write(run, record)
        on, history_on = listed(ledger), remembered(ledger)
    off, history_off = listed(ledger), remembered(ledger)
    assert {row["run"]: row["outcome"] for row in on} == {
        run: outcome_of(mixture) for run, mixture in expected.items()
    }
    assert {row["run"]: row["outcome"] for row in off} == {
        run: outcome_of(GONE.get(each, each) for each in mixture)
        for run, mixture in expected.items()
    }
    assert {row["outcome"] for row in on} == set(OUTCOMES)
    assert {row["outcome"] for row in off} == set(OUTCOMES) - {"running"}
    assert (without_message(on), without_message(off)) == (history_on, history_off)
    assert [row["run"] for row in on] == sorted(expected, reverse=True)


def test_the_filter_leaves_runs_that_came_to_the_same(changing_ledger):
    ledger = changing_ledger
    with noting(ledger) as table:
        for day, mixture in enumerate(MIXTURES):
            for record in stages(mixture, BEGAN + timedelta(days=day)):
                table.write(f"run{day:02}", record)
        rows = listed(ledger)
        for outcome in OUTCOMES:
            left = [row for row in rows if row["outcome"] == outcome]
            assert listed(ledger, f"?outcome={outcome}") == left != []


@pytest.fixture
def weekly(changing_ledger):
    """A run that brought two files and left songs out, after one that brought nothing."""
    ledger = changing_ledger
    files = [{"sha256": "0", "name": name, "kind": "export"} for name in ("a.csv", "b.csv")]
    later = BEGAN + timedelta(days=7)
    with noting(ledger) as table:
        table.write("first", StageRecord("parse", 1, BEGAN, BEGAN + timedelta(seconds=90), "done"))
        for record in (
            StageRecord("parse", 1, later, later, "done", {"new": 9}, files, message="all of it"),
            StageRecord("clients", 2, later, later, "skipped", message="not asked for"),
            StageRecord("campaigns", 4, later, later, "done", {"new": 12, "changed": 3}),
            StageRecord(
                "streams", 6, later, later, "partly", message="\n Two songs. \nTheir ids: 1"
            ),
            StageRecord("verification", 9, later, later, "failed", message="Nothing adds up."),
        ):
            table.write("second", record)
    return ledger


def test_a_run_says_what_it_brought_and_what_its_first_undone_stage_said(weekly):
    second, first = listed(weekly)
    assert without_message([second, first]) == remembered(weekly)
    assert second == {
        "run": "second", "started_at": "2026-01-08 00:00:00+00:00", "seconds": "0.0",
        "outcome": "failed", "files": "2", "new_campaigns": "12", "changed_campaigns": "3",
        "message": "Two songs.",
    }  # fmt: skip
    assert (first["seconds"], first["message"]) == ("90.0", "")


def test_the_page_has_a_row_for_each_run_that_leads_to_its_stages(weekly):
    with pages_of(weekly) as app:
        page = visit(app, "/runs")
        slowest, busiest = (visit(app, f"/runs?sort=-{by}").text for by in ("seconds", "files"))
    assert "2 runs." in page.words
    assert page.text.index('<a href="/runs/second">') < page.text.index('<a href="/runs/first">')
    assert slowest.index("/runs/first") < slowest.index("/runs/second")
    assert busiest.index("/runs/second") < busiest.index("/runs/first")


def test_before_the_first_run_the_list_says_how_to_make_one(changing_ledger):
    ledger = changing_ledger
    ledger.ask("drop table if exists ledger_quality.sync_runs")
    with pages_of(ledger) as app:
        assert "There are no runs. Run playledger sync." in visit(app, "/runs").words
        assert "No runs match." in visit(app, "/runs?outcome=failed").words
    assert listed(ledger) == []
