"""The run log: what it holds, that it holds no password, and that one run is on at a time."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import pytest

from loaders.database import Database
from loaders.errors import UserError
from loaders.redaction import Scrubber, find_secrets
from loaders.settings import Settings
from playledger.dbt.build import build
from playledger.dbt.profiles import ProfileState
from playledger.runs.log import RunLog, outcome_of
from tests.python.support.publishing import say, url_of

SUPPORT = Path(__file__).parents[2] / "support"

PASSWORD = "pä55/w@rd's \\ %41"  # noqa: S105
NOBODY = f"postgresql://ada:{quote(PASSWORD, safe='')}@127.0.0.1:9/agency"
STAGES = ("parse", "clients")


def settings_of(home: Path, url: str | None = None) -> Settings:
    return Settings(home, "ledger", url)


def lines(run: RunLog) -> list[dict]:
    return [json.loads(line) for line in run.path.read_text().splitlines()]


def rows(database: Database) -> list[tuple]:
    with database.connect() as conn, conn.cursor() as cursor:
        cursor.execute(
            "select stage, outcome, message from ledger_quality.sync_runs "
            "order by started_at, position"
        )
        return cursor.fetchall()


def test_the_file_tells_each_event_in_a_line(tmp_path):
    with RunLog(settings_of(tmp_path), "sync", STAGES) as run:
        run.start("parse")
        run.progress("parse", "half of it", {"rows": 3})
        run.end("parse", "done", counts={"rows": 6}, seconds=1.5)
        run.end("clients", "skipped", message="not asked for")
    assert re.fullmatch(r"\d{8}T\d{6}Z-sync", run.run_id)
    assert run.path == tmp_path / "logs" / f"{run.run_id}.jsonl"
    told = lines(run)
    keys = ["time", "run_id", "stage", "event", "outcome", "seconds", "counts", "message"]
    assert [list(line) for line in told] == [keys] * 5
    assert {line["run_id"] for line in told} == {run.run_id}
    assert [tuple(line.values())[2:5] for line in told] == [
        ("parse", "started", "running"),
        ("parse", "progress", "running"),
        ("parse", "ended", "done"),
        ("clients", "ended", "skipped"),
        (None, "ended", "done"),
    ]
    assert [line["seconds"] for line in told[:4]] == [None, None, 1.5, None]
    assert [line["counts"] for line in told[1:4]] == [{"rows": 3}, {"rows": 6}, {}]
    assert [line["message"] for line in told[1:4]] == ["half of it", None, "not asked for"]


def test_runs_of_one_second_have_names_of_their_own(tmp_path, monkeypatch):
    stopped = SimpleNamespace(now=lambda zone: datetime(2026, 11, 23, 6, 15, 12, tzinfo=zone))
    monkeypatch.setattr("playledger.runs.file.datetime", stopped)
    names = [RunLog(settings_of(tmp_path), "sync", STAGES).run_id for _ in range(3)]
    first = "20261123T061512Z-sync"
    assert names == [first, f"{first}-2", f"{first}-3"]


@pytest.mark.parametrize(
    ("error", "outcome", "message"),
    [
        (UserError("No such file."), "failed", "No such file."),
        (ZeroDivisionError(), "failed", "ZeroDivisionError"),
        (KeyboardInterrupt(), "interrupted", "Stopped by the user."),
    ],
)
def test_a_stage_that_is_left_by_an_error_is_noted_with_it(tmp_path, error, outcome, message):
    with pytest.raises(type(error)), RunLog(settings_of(tmp_path), "sync", STAGES) as run:
        run.start("parse")
        run.end("parse", "done")
        run.start("clients")
        raise error
    assert [record.outcome for record in run.records.values()] == ["done", outcome]
    *_, stage, whole = lines(run)
    assert (stage["stage"], stage["outcome"], stage["message"]) == ("clients", outcome, message)
    assert (whole["stage"], whole["outcome"]) == (None, outcome)


def test_a_run_came_to_the_worst_of_its_stages():
    assert outcome_of(["done", "skipped"]) == "done"
    assert outcome_of(["done", "partly", "skipped"]) == "partly"
    assert outcome_of(["partly", "running"]) == "running"
    assert outcome_of(["failed", "interrupted", "done"]) == "failed"


@pytest.mark.parametrize("in_the_way", ["home", "home/logs"])
def test_a_log_that_cannot_be_written_is_told(tmp_path, in_the_way):
    path = tmp_path / in_the_way
    path.parent.mkdir(exist_ok=True)
    path.write_text("x")
    with pytest.raises(UserError, match="log"):
        RunLog(settings_of(tmp_path / "home"), "sync", STAGES)


@pytest.mark.parametrize(
    "form",
    [
        PASSWORD,
        quote(PASSWORD, safe=""),
        quote(PASSWORD),
        PASSWORD.replace("\\", "\\\\").replace("'", "\\'"),
        NOBODY,
    ],
)
def test_no_form_of_a_password_stays_in_a_text(form):
    hidden = Scrubber([PASSWORD, ""])(f"could not log in with {form} at all")
    assert hidden.startswith("could not log in with ")
    assert hidden.endswith(" at all")
    assert "***" in hidden
    assert not any(part in hidden for part in ("pä55", "w@rd", "p%C3%A455", "w%40rd"))


def test_passwords_are_found_where_they_stand(tmp_path, monkeypatch):
    path = tmp_path / "profiles.yml"
    path.write_text(
        "one:\n  outputs:\n"
        '    dev: {password: "{% raw %}first{% endraw %}"}\n'
        "    old: {pass: 2222}\n"
        "    prod: {password: \"{{ env_var('DBT_ENV_SECRET_X') }}\"}\n"
        "    none: {password: none}\n"
    )
    monkeypatch.setenv("DBT_ENV_SECRET_X", "third")
    found = find_secrets(settings_of(tmp_path, NOBODY), path)
    assert {PASSWORD, "first", "2222", "third"} <= found
    assert not {"none", ""} & found
    slip = "postgresql://ada:se@cret@host:port/x"
    assert "se@cret" in find_secrets(settings_of(tmp_path, slip), tmp_path / "no such file")
    path.write_text("{ no yaml")
    assert find_secrets(settings_of(tmp_path, None), path) == {"third"}


def test_without_a_database_the_error_is_told_and_the_file_has_it(tmp_path, monkeypatch):
    (tmp_path / "export.csv").write_text("Campaign\nA - B\n")
    monkeypatch.setenv("PLAYLEDGER_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", NOBODY)
    result = say("sync", "--csv", tmp_path / "export.csv")
    assert result.exit_code == 2
    assert result.stderr.startswith("No database: 127.0.0.1:9/agency did not answer (")
    (path,) = (tmp_path / "logs").iterdir()
    _, stage, whole = map(json.loads, path.read_text().splitlines())
    assert (stage["stage"], stage["outcome"], whole["outcome"]) == ("parse", "failed", "failed")
    assert stage["message"] in result.stderr
    assert say("history").stderr.startswith("No database: ")


@pytest.mark.database
def test_a_password_in_an_error_reaches_neither_the_file_nor_the_database(tmp_path, database):
    with (
        pytest.raises(UserError),
        RunLog(settings_of(tmp_path, NOBODY), "sync", STAGES) as run,
    ):
        run.attach(database)
        run.start("parse")
        run.progress("parse", f"asking {NOBODY}")
        run.note("parse", message=f"tried {PASSWORD}")
        assert rows(database) == [("parse", "running", "tried ***")]
        raise UserError(f"password='{PASSWORD}' was refused by {NOBODY}")
    told = run.path.read_text()
    assert told.count("***") >= 3
    for text in (told, str(rows(database))):
        assert not any(part in text for part in ("pä55", "w@rd", "p%C3%A455", "w%40rd"))


@pytest.mark.database
def test_a_stage_is_in_the_database_while_it_runs(tmp_path, database):
    with RunLog(settings_of(tmp_path), "sync", STAGES) as run:
        run.start("parse")
        run.attach(database)
        assert rows(database) == [("parse", "running", None)]
        run.end("parse", "done", load_ids=["1.5"], files=[{"sha256": "a", "name": "b"}])
        run.start("clients")
        assert rows(database) == [("parse", "done", None), ("clients", "running", None)]


@pytest.mark.database
def test_one_run_at_a_time_on_a_database(tmp_path, database):
    with RunLog(settings_of(tmp_path), "sync", STAGES) as first:
        first.attach(database)
        first.start("parse")
        with (
            pytest.raises(UserError, match="Another run is in progress in ") as refusal,
            RunLog(settings_of(tmp_path), "sync", STAGES) as second,
        ):
            second.start("parse")
            second.attach(database)
        assert "playledger history" in str(refusal.value)
        assert rows(database) == [("parse", "running", None)]
        assert lines(second)[-1]["outcome"] == "failed"
    with RunLog(settings_of(tmp_path), "sync", STAGES) as third:
        third.attach(database)
        assert third.interrupted.run_id == first.run_id


@pytest.mark.database
def test_the_rows_come_back_when_the_connection_is_gone(tmp_path, database):
    with RunLog(settings_of(tmp_path), "sync", STAGES) as run:
        run.attach(database)
        run.start("parse")
        with database.connect() as conn, conn.cursor() as cursor:
            cursor.execute("drop table ledger_quality.sync_runs")
            cursor.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity "
                "where datname = current_database() and pid <> pg_backend_pid()"
            )
        run.start("clients")
        assert [row[:2] for row in rows(database)] == [("parse", "running"), ("clients", "running")]
        with pytest.raises(UserError, match="Another run"):
            RunLog(settings_of(tmp_path), "sync", STAGES).attach(database)


@pytest.mark.database
def test_without_the_right_to_make_the_table_the_file_has_it_all(tmp_path, database):
    with database.connect() as conn, conn.cursor() as cursor:
        cursor.execute("drop role if exists visitor")
        cursor.execute("create role visitor login")
    visitor = Database({**database.parameters, "user": "visitor"}, is_embedded=False)
    with RunLog(settings_of(tmp_path), "sync", STAGES) as run:
        run.attach(visitor)
        run.start("parse")
        run.end("parse", "done")
    assert "permission denied" in run.file_only
    assert [line["outcome"] for line in lines(run)[1:]] == ["running", "done", "done"]


@pytest.mark.database
def test_a_name_that_the_database_has_from_elsewhere_is_not_taken_again(tmp_path, database):
    with RunLog(settings_of(tmp_path / "one"), "sync", STAGES) as run:
        run.attach(database)
        run.start("parse")
    with RunLog(settings_of(tmp_path / "two"), "sync", STAGES) as other:
        other._file.run_id = run.run_id
        other.attach(database)
        other.start("parse")
    assert other.run_id != run.run_id
    assert len(rows(database)) == 2
    assert [path.name for path in (tmp_path / "two" / "logs").iterdir()] == [other.path.name]


@pytest.mark.database
def test_a_run_that_is_killed_is_told_and_gone_on_with(changing_ledger, monkeypatch):
    ledger = changing_ledger
    monkeypatch.setenv("PLAYLEDGER_HOME", str(ledger.home))
    monkeypatch.setenv("DATABASE_URL", url_of(ledger.database))
    apart = ("--target-path", str(ledger.home / "target"), "--log-path", str(ledger.home / "logs"))
    script = SUPPORT / "run_sync.py"
    killed = subprocess.run(  # noqa: S603
        [sys.executable, script, ledger.home, "campaigns", *apart],
        env=os.environ,
        capture_output=True,
        text=True,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    (run,) = json.loads(say("history", "--json").stdout)
    assert (run["outcome"], run["seconds"]) == ("interrupted", None)
    assert "running" in {outcome for _, outcome, _ in rows(ledger.database)}

    monkeypatch.setattr("playledger.sync.load_step.write_profiles", lambda *_: ProfileState.CURRENT)
    lean = partial(build, options=apart, profiles=ledger.home)
    monkeypatch.setattr("playledger.sync.ledger_workspace.build", lean)
    before = ledger.one("select max(updated_at) from ledger.campaigns")
    result = say("sync")
    assert result.exit_code == 0
    assert f"The last run ({run['run_id']}) was interrupted at stage " in result.stdout
    assert "; continuing." in result.stdout
    assert "1/10 Parse and normalise  nothing new, " in result.stdout
    assert "4/10 Campaigns            653 campaigns, " in result.stdout
    assert re.search(r"\nAll \d+ checks passed\.\n", result.stdout)
    assert ledger.one("select max(updated_at) from ledger.campaigns") == before
    second, first = json.loads(say("history", "--json").stdout)
    assert (first["outcome"], second["outcome"]) == ("interrupted", "done")
    assert "running" not in {outcome for _, outcome, _ in rows(ledger.database)}
    keys = ledger.ask(
        "select count(distinct dbt_invocation_id), count(dbt_invocation_id) "
        "from ledger_quality.sync_runs where run_id = %s",
        second["run_id"],
    )
    assert keys == [(1, 9)]
