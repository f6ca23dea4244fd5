"""A week's edits of the sample: planned, applied as planned, taken back, and refused in between."""

import csv
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import orjson
import psycopg2
import pytest

from loaders.database import Database
from loaders.settings import read_settings
from playledger.dbt.build import BuildResult
from playledger.publish.candidate import Candidate
from tests.python.support.ledger import Ledger, put_back
from tests.python.support.publishing import ask, done, dump, say, schemas, url_of, write_export

SFA = "https://artists.spotify.com/c/artist/{0}/song/{0}/stats".format("T1y2P3e4D5i6N7a8B9c0De")
TRACK = "https://open.spotify.com/track/"
NEW = {
    "Campaign": "Nobody - Never Heard",
    "Goal": "5000",
    "URL": f"{TRACK}Z1b2C3d4E5f6G7h8I9j0Kl",
    "Status": "Active",
    "Start Date": "1/2/2031",
}
# What an application hangs on our tables.
THEIRS = """
    create schema theirs;
    create table theirs.orders (campaign_id bigint references ledger.campaigns);
    insert into theirs.orders select campaign_id from ledger.campaigns where name = %s;
    create table theirs.log (campaign_id bigint, status text);
    create function theirs.note() returns trigger language plpgsql as
        $$ begin insert into theirs.log values (new.campaign_id, new.status); return null; end $$;
    create trigger note after update on ledger.campaigns
        for each row execute function theirs.note();
    create role web_application;
    grant usage on schema ledger to web_application;
    grant select on ledger.campaigns to web_application;
    alter table ledger.campaigns enable row level security;
    create policy paused on ledger.campaigns for select to web_application
        using (status = 'paused');
    create publication theirs for table ledger.campaigns;
"""
TYPED = """
    update ledger.clients set phone = '555', contact_person = 'Ada';
    update ledger.campaigns set sfa_url = %s where name = %s
"""


@dataclass
class Week:
    """The edited export, the names of the campaigns that are edited, and the plan of it."""

    ledger: Ledger
    export: Path
    rows: list[dict[str, str]]
    names: dict[str, str]
    output: str
    plan: Path
    unchanged: bool


def edit(ledger, export):
    """A copy of the sample's export with a few edits, and which campaigns those are of."""
    source = ledger.home / "sample" / "campaigns_export.csv"
    with source.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    known = Counter(row["Campaign"] for row in rows)
    plain = [
        row
        for row in rows
        if known[row["Campaign"]] == 1 and row["Status"] == "Active" and row["Goal"].isdigit()
        and "/track/" in row["URL"] and row["Start Date"] and row["Vendor"]
        and row["Client"] and "," not in row["Client"]
        and ledger.ask("select sfa_url is null from ledger.campaigns where name = %s",
                       row["Campaign"].strip()) == [(True,)]
    ]  # fmt: skip
    parts = ("paused", "moved", "goal", "another goal", "gone", "typed", "left")
    chosen = dict(zip(parts, plain, strict=False))
    names = {part: row["Campaign"].strip() for part, row in chosen.items()}
    chosen["paused"]["Status"] = "Paused"
    chosen["moved"]["URL"] = f"{TRACK}A1b2C3d4E5f6G7h8I9j0Kl"
    chosen["goal"]["Goal"] = "111111"
    chosen["another goal"]["Goal"] = "222222"
    same = {name: chosen["paused"][name] for name in ("Client", "Vendor")}
    rows[rows.index(chosen["gone"])] = {**dict.fromkeys(rows[0], ""), **NEW, **same}
    return write_export(export, rows), rows, names


@pytest.fixture(scope="module")
def week(ledger, tmp_path_factory):
    folder = tmp_path_factory.mktemp("week")
    export, rows, names = edit(ledger, folder / "export.csv")
    with pytest.MonkeyPatch.context() as patch, put_back(ledger, "week"):
        patch.setenv("DATABASE_URL", url_of(ledger.database))
        patch.setenv("PLAYLEDGER_HOME", str(folder / "home"))
        ledger.ask(TYPED, SFA, names["typed"])
        ledger.ask(THEIRS, names["paused"])
        before = dump(ledger.database), schemas(ledger.database)
        output = done("plan", "--csv", export)
        is_unchanged = before == (dump(ledger.database), schemas(ledger.database))
        (path,) = (folder / "home" / "plans").glob("*/plan.json")
        yield Week(ledger, export, rows, names, output, path, is_unchanged)
    ledger.ask("drop role web_application")


@pytest.fixture
def changing(week):
    """The ledger as it was when it was planned for; as it was then afterwards too."""
    with put_back(week.ledger, "test"):
        yield week


def test_a_plan_says_what_was_edited_and_nothing_else(week):
    ledger = week.ledger
    protected = ledger.one("select count(*) from ledger.campaigns where sfa_url is not null")
    assert week.output.splitlines()[-1].startswith("To apply it: playledger apply ")
    assert (
        "1 new campaign, 5 changed (goal 2, status 1, track_id 1, url 1, sfa_source 1, "
        "sfa_track_id 1), 1 no longer in the export and kept, "
        f"{protected} SFA URLs protected.\n"
    ) in week.output
    ids = {
        part: ledger.one("select campaign_id from ledger.campaigns where name = %s", name)
        for part, name in week.names.items()
    }
    changes = orjson.loads(week.plan.read_bytes())["changes"]
    found = {
        change["key"]["campaign_id"]: {
            name: value for name, value in change["new"].items() if name != "updated_at"
        }
        for change in changes
        if (change["table"], change["action"]) == ("campaigns", "update")
    }
    moved = "A1b2C3d4E5f6G7h8I9j0Kl"
    assert found == {
        ids["paused"]: {"status": "paused"},
        ids["moved"]: {"url": TRACK + moved, "track_id": moved},
        ids["goal"]: {"goal": 111111},
        ids["another goal"]: {"goal": 222222},
        ids["gone"]: {"is_in_latest_export": False},
        # Of the URL that was typed in.
        ids["typed"]: {"sfa_track_id": SFA.split("/")[-2], "sfa_source": "typed"},
    }
    (new,) = (c["new"] for c in changes if (c["table"], c["action"]) == ("campaigns", "insert"))
    assert (new["name"], new["goal"], new["status"]) == (NEW["Campaign"], 5000, "active")
    assert not {change["table"] for change in changes} & {"clients", "vendors", "playlists"}


def test_a_plan_changes_nothing(week):
    assert week.unchanged
    assert not {name for name in schemas(week.ledger.database) if "candidate" in name}


def test_a_plan_is_applied_as_it_is_and_taken_back_and_applied_again(changing):
    ledger = changing.ledger
    before = dump(ledger.database)
    marks = "select campaign_id, created_at from ledger.campaigns order by 1"
    known = ledger.ask(marks)

    assert "Every row was read back." in done("apply", changing.plan)
    values = ledger.rows(
        "select name, status, goal, url, is_in_latest_export, sfa_url from ledger.campaigns"
    )
    now = {row["name"]: row for row in values}
    names = changing.names
    assert now[names["paused"]]["status"] == "paused"
    assert now[names["goal"]]["goal"] == 111111
    assert now[names["moved"]]["url"].endswith("A1b2C3d4E5f6G7h8I9j0Kl")
    assert now[names["gone"]]["is_in_latest_export"] is False
    assert now[names["typed"]]["sfa_url"] == SFA
    assert now[NEW["Campaign"]]["goal"] == 5000
    assert ledger.ask(marks)[: len(known)] == known
    assert ledger.ask("select distinct phone, contact_person from ledger.clients") == [
        ("555", "Ada")
    ]
    theirs_is_there_and_works(ledger, names)
    after = dump(ledger.database)

    assert "Nothing would change." in done("plan")
    assert dump(ledger.database) == after
    assert say("apply", changing.plan).exit_code == 2  # it is applied

    ledger.ask("delete from theirs.log")
    done("undo")
    ledger.ask("delete from theirs.log")
    assert dump(ledger.database) == before
    done("apply", changing.plan)
    ledger.ask("delete from theirs.log")
    assert without_times(dump(ledger.database)) == without_times(after)


def without_times(lines):
    """A dump without what a load notes of itself."""
    return [line for line in lines if "\tcsv\t" not in line and not line[:1].isdigit()]


def theirs_is_there_and_works(ledger, names):
    assert ledger.one("select count(*) from theirs.log") == 6
    assert ledger.ask("select status from theirs.log where status = 'paused'") == [("paused",)]
    as_application = "set role web_application; select name, status from ledger.campaigns"
    seen = dict(ask(ledger.database, as_application))
    assert names["paused"] in seen
    assert set(seen.values()) == {"paused"}
    assert ledger.ask("select tablename from pg_publication_tables where pubname = 'theirs'") == [
        ("campaigns",)
    ]
    with pytest.raises(psycopg2.errors.ForeignKeyViolation):
        ledger.ask("delete from ledger.campaigns where campaign_id = "
                   "(select campaign_id from theirs.orders)")  # fmt: skip


def touch_file(week):
    week.export.write_text(week.export.read_text("utf-8") + "x\n", "utf-8")
    return "has changed since the plan was made"


def load_another(week):
    rows = [
        {**row, "Goal": "7"} if row["Campaign"] == NEW["Campaign"] else row for row in week.rows
    ]
    assert week.ledger.load(write_export(week.export.with_name("other.csv"), rows)).loaded
    return "Files were loaded or undone since the plan was made"


def type_in(week):
    week.ledger.ask("update ledger.campaigns set notes = 'x' where name = %s", week.names["paused"])
    return "1 of 1 rows that the plan wants to update were changed since"


def add_a_check(week):
    week.ledger.ask("alter table ledger.campaigns add check (goal is distinct from 111111)")
    return 'violates check constraint "campaigns_goal_check'


@pytest.mark.parametrize("what", [touch_file, load_another, type_in, add_a_check])
def test_a_plan_is_refused_when_something_moved(changing, what):
    kept = changing.export.read_bytes()
    told = what(changing)
    before = dump(changing.ledger.database)
    result = say("apply", changing.plan)
    changing.export.write_bytes(kept)
    assert (result.exit_code, told in result.stderr) == (2, True), result.stderr
    assert "Make a new plan: `playledger plan`." in result.stderr
    assert dump(changing.ledger.database) == before


def test_a_plan_is_for_one_database(week):
    known = week.ledger.database.parameters
    other = Database({**known, "dbname": f"{known['dbname']}_week"}, is_embedded=False)
    result = say("apply", week.plan, "--dsn", url_of(other))
    assert result.exit_code == 2
    assert result.stderr == (
        f"The plan is for {known['host']}:5432/{known['dbname']}, schema `ledger`; this is "
        f"{other.address}, schema `ledger`. Nothing was changed.\n"
        "Name the plan's database with --target or --dsn.\n"
    )


def test_what_was_typed_into_rows_that_a_plan_does_not_touch_is_no_hindrance(changing):
    changing.ledger.ask(
        "update ledger.campaigns set notes = 'x' where name = %s", changing.names["left"]
    )
    assert say("apply", changing.plan).exit_code == 0
    notes = "select notes from ledger.campaigns where name = %s"
    assert changing.ledger.one(notes, changing.names["left"]) == "x"


@pytest.mark.thorough
def test_a_candidate_that_does_not_hold_is_dropped_and_told(changing):
    changing.ledger.ask("alter table ledger.campaigns add check (goal is distinct from 111111)")
    before = dump(changing.ledger.database)
    result = say("plan", "--csv", changing.export)
    assert result.exit_code == 4
    assert "The candidate failed:\n  campaigns: " in result.stderr
    assert "Nothing was changed. Fix the cause and run the same command again." in result.stderr
    assert dump(changing.ledger.database) == before
    assert not {name for name in schemas(changing.ledger.database) if "candidate" in name}


DYING = """
import os, signal, sys
import {module} as place
place.{name} = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
from playledger.cli.main import main
main(sys.argv[1:])
"""


@pytest.mark.thorough
def test_a_run_that_is_killed_leaves_the_ledger_as_it_was(changing):
    database = changing.ledger.database
    before, known = dump_of_live(database), schemas(database)

    dying = DYING.format(module="playledger.publish.candidate", name="refresh_pairs")
    assert run(dying, "plan", "--csv", changing.export).wait() == -signal.SIGKILL
    assert schemas(database) - known > {"candidate_new_staging_airtable"}
    assert dump_of_live(database) == before

    building = run("from playledger.cli.main import main; main()", "plan", "--csv", changing.export)
    until = time.monotonic() + 60
    while "ledger_candidate_intermediate" not in schemas(database) and time.monotonic() < until:
        time.sleep(0.1)
    os.kill(building.pid, signal.SIGKILL)
    assert building.wait() == -signal.SIGKILL
    assert dump_of_live(database) == before

    dying = DYING.format(module="playledger.publish.stages", name="publish")
    assert run(dying, "apply", changing.plan).wait() == -signal.SIGKILL
    assert dump_of_live(database) == before
    assert say("undo").exit_code == 2  # it was kept, and not published

    assert say("apply", changing.plan).exit_code == 0
    assert schemas(database) == known
    assert dump_of_live(database) != before


def run(script, *words):
    """A command in a process of its own, which can be killed."""
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", script, *map(str, words)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def dump_of_live(database):
    """A dump without the lines of a candidate's schemas."""
    queries = ask(
        database,
        "select format('select %L, to_jsonb(t)::text from %I.%I as t', oid::regclass, "
        "relnamespace::regnamespace, relname) from pg_class where relkind = 'r' and "
        "relnamespace::regnamespace::text ~ '^(ledger|staging|theirs)' and "
        "relnamespace::regnamespace::text !~ 'candidate' and relname !~ '^(plan|sync_runs$)'",
    )
    return sorted(ask(database, " union all ".join(query for (query,) in queries)))


def test_two_at_once_are_not_possible(changing):
    with Candidate.open(changing.ledger.database, read_settings()):
        for words in (("plan", "--csv", changing.export), ("apply", changing.plan), ("undo",)):
            result = say(*words)
            assert result.exit_code == 2
            assert result.stderr == (
                "Another load is running on this database. Try again when it is done.\n"
            )


def test_fewer_sfa_urls_are_not_published_unless_that_is_meant(changing, monkeypatch):
    query = "select count(sfa_url) from ledger.campaigns"
    known = changing.ledger.one(query)
    before = dump(changing.ledger.database)

    def build(candidate, *_):
        loss = f"update ledger_candidate.campaigns set sfa_url = null where sfa_url = '{SFA}'"
        ask(candidate.database, loss)
        return BuildResult()

    monkeypatch.setattr(Candidate, "run_dbt", build)
    words = ("deploy", "--target", "here", "--csv", changing.export, "--yes")
    result = say(*words)
    assert result.exit_code == 4
    assert (
        f"ledger.campaigns: {known} SFA URLs before, {known - 1} after\nNothing was changed."
        in result.stderr
    )
    assert dump(changing.ledger.database) == before
    assert say(*words, "--allow-loss").exit_code == 0
    assert changing.ledger.one(query) == known - 1
