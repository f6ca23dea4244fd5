"""Plans of generated edits: what was planned is what is published, and what is taken back."""

import json
import threading
import time
from contextlib import closing, contextmanager
from uuid import UUID

import psycopg2
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from psycopg2.extensions import connection
from psycopg2.extras import Json, register_uuid
from rich.console import Console

from loaders.errors import Exit, UserError
from loaders.settings import Settings
from playledger.dbt.build import BuildResult
from playledger.publish import apply as publishing
from playledger.publish import target as targets
from playledger.publish.apply import publish
from playledger.publish.candidate import Candidate
from playledger.publish.exact_json import loads
from playledger.publish.guards import losses
from playledger.publish.plan import PlannedFile, make_plan, read_plan
from playledger.publish.plan_store import store_plan
from playledger.publish.row_writes import StalePlanError
from playledger.publish.target import Target, retry_on_lock
from playledger.publish.undo import inverse
from playledger.publish.verify import read_back
from playledger.publish.view.summary import PROTECTED_COLUMNS
from playledger.publish.workflow import undo_command
from playledger.runs.log import RunLog
from tests.python.support.publishing import KIDS_TABLE, SmallLedger

register_uuid()
ONE, TWO, THREE, FOUR = (UUID(int=number) for number in range(1, 5))


@pytest.fixture
def small(database, tmp_path):
    made = SmallLedger(database, Settings(tmp_path, "x", None))
    made.create()
    return made


def parent(key, name=None, amount=0, extra=None):
    return (key, name or f"name {key.int}", ["a", None], Json(extra), 1, 2, None, amount)


def simple(small):
    """Live: parents one and two, a kid of each. Candidate: one changed, two gone, three new."""
    small.fill(
        "x", [parent(ONE), parent(TWO)], [(ONE, 1, "a"), (TWO, 1, "b")], [("a", "b"), ("c", "d")]
    )
    small.fill(
        "x_candidate",
        [parent(ONE, amount=5), parent(THREE)],
        [(ONE, 1, "other"), (THREE, 1, "c")],
        [("a", "z")],
    )
    return small.plan()


# Generated edits

words = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00"), max_size=6
) | st.sampled_from(["%s", "{}", "'; --", '"', "\\", "NULL", "é\n", "{a,b}"])
numbers = st.integers(-(10**30), 10**30) | st.decimals(
    -1000, 1000, allow_nan=False, allow_infinity=False, places=12
)
documents = st.recursive(
    st.none() | st.booleans() | words | st.sampled_from(["1.10", "10000000000000000000000.5", "7"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(words, inner, max_size=2),
    max_leaves=4,
)


@st.composite
def states(draw):
    """The rows of both tables, kids only of parents that are there."""
    parents = {
        key: (
            key,
            f"{key.int} {draw(words)}",
            draw(st.none() | st.lists(st.none() | words, max_size=3)),
            draw(st.none() | st.builds(document, documents)),
            draw(st.none() | st.decimals(-999, 999, places=2)),
            draw(st.none() | numbers),
            draw(st.none() | st.datetimes(timezones=st.timezones())),
            draw(st.none() | st.integers(-(2**62), 2**62 - 1)),
        )
        for key in draw(st.sets(st.sampled_from([ONE, TWO, THREE, FOUR])))
    }
    places = st.tuples(st.sampled_from(sorted(parents)), st.integers(1, 3)) if parents else None
    kids = draw(st.dictionaries(places, st.none() | words, max_size=5)) if parents else {}
    said = draw(st.dictionaries(words, st.none() | words, max_size=3))
    return [*parents.values()], [(*key, note) for key, note in kids.items()], [*said.items()]


def document(content):
    """A document as text; a number in it is written as it was drawn, 1.10 not as 1.1."""
    return (
        json.dumps(content, ensure_ascii=False)
        .replace('"1.10"', "1.10")
        .replace('"10000000000000000000000.5"', "10000000000000000000000.5")
    )


@settings(
    max_examples=25,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(before=states(), after=states())
def test_what_is_published_is_the_candidate_and_what_is_undone_was_before(small, before, after):
    small.ask("truncate x_quality.plans cascade")
    small.fill("x", *before)
    small.fill("x_candidate", *after)
    known, wanted = small.content(), small.content("x_candidate")

    plan = read_plan(small.plan().save(small.settings.home / "plan.json"))

    assert small.content() == known
    assert {(change.table, *map(str, change.key.values())) for change in plan.changes} == {
        key for key in known.keys() | wanted.keys() if known.get(key) != wanted.get(key)
    }
    assert small.publish(plan) == 0
    assert small.content() == wanted
    assert small.plan().changes == []
    done = small.undo()
    assert (done.count, done.left) == (len(plan.changes), [])
    assert small.content() == known


def test_rows_that_stay_are_not_written(small):
    small.fill("x", [parent(ONE), parent(TWO)], [(TWO, 1, "b")], [])
    small.fill("x_candidate", [parent(ONE, amount=1), parent(TWO)], [(TWO, 1, "b")], [])
    marks = "select ctid::text, xmin::text from x.parents where id = %s union all "
    marks += "select ctid::text, xmin::text from {kids}"
    before = small.ask(marks, TWO)
    assert small.publish(small.plan()) == 0
    assert small.ask(marks, TWO) == before
    assert small.ask("select amount, doubled from x.parents where id = %s", ONE) == [(1, 2)]


# What moved since the plan was made

MOVED = {
    "a row to change": "update x.parents set price = 9 where amount = 0 and id::text like '%%1'",
    "a row to change is gone": "delete from {kids} where note = 'a'",
    "a row to delete": "update {kids} set note = 'typed' where note = 'b'",
    "a row to delete is gone": "delete from x_quality.\"in\" where word = 'c'",
    "the key of a new row": "insert into x.parents values (%(three)s, 'another name')",
    "what must be unique": "insert into x.parents values (%(four)s, 'name 3')",
    "another's row that points at one to delete": (
        "create table x_quality.theirs (id uuid references x.parents);"
        "insert into x_quality.theirs values (%(two)s)"
    ),
    "another's check": "alter table x.parents add check (amount is distinct from 5)",
    "another's trigger": (
        "create function x.no() returns trigger language plpgsql as "
        "$$ begin raise exception 'not today'; end $$;"
        "create trigger no before update on x.parents for each row execute function x.no()"
    ),
}


@pytest.mark.parametrize("what", MOVED)
def test_nothing_is_written_when_something_moved(small, what):
    plan = simple(small)
    with small.database.connect() as conn, conn.cursor() as cur:
        query = MOVED[what].replace("{kids}", KIDS_TABLE)
        cur.execute(query, {"two": TWO, "three": THREE, "four": FOUR})
    typed = small.content()
    with pytest.raises(StalePlanError, match=r"Nothing was written\. Make a new plan"):
        small.publish(plan)
    assert small.content() == typed
    assert small.published() == []


def test_a_session_in_another_time_zone_sees_the_same_rows(small):
    small.fill("x", [(ONE, "a", None, None, None, None, "2025-07-01 12:00+00", 0)], [], [])
    small.fill(
        "x_candidate", [(ONE, "b", None, None, None, None, "2025-07-01 12:00+00", 0)], [], []
    )
    plan = small.plan()
    name = small.database.parameters["dbname"]
    small.ask(f"alter database {name} set timezone to 'America/New_York'")
    assert small.publish(plan) == 0
    small.ask(f"alter database {name} set timezone to 'Asia/Kathmandu'")
    assert small.undo().left == []


def test_a_plan_is_read_whole_or_refused(small, tmp_path):
    path = simple(small).save(tmp_path / "run" / "plan.json")
    assert read_plan(path.parent).counts() == read_plan(path).counts()
    for content in (b"", b"[]", b"{}", path.read_bytes()[:-9], b"\xff"):
        path.write_bytes(content)
        with pytest.raises(UserError, match=r"is not a plan\. Make one"):
            read_plan(path)
    with pytest.raises(UserError, match="cannot be read: No such file"):
        read_plan(tmp_path / "none.json")


# As every version since the first wrote it.
FORMAT_1 = """{
    "run_id": "20251103T120000Z-plan", "made_at": "2025-11-03T12:00:00+00:00", "version": "0.1.0",
    "database": "db.example:5432/agency", "schema": "ledger",
    "files": [{"sha256": "ab", "kind": "export", "path": "/e.csv", "is_full": true,
        "is_older": false}],
    "known": ["cd"], "columns": {"ledger.campaigns": ["campaign_id", "name", "sale_price"]},
    "lacking": ["ledger.campaigns.extra"], "figures": {"rows rejected": 2},
    "changes": [{"schema": "ledger", "table": "campaigns", "action": "update",
        "key": {"campaign_id": 7}, "old": {"sale_price": 1.10},
        "new": {"sale_price": 123456789012345678901.50}, "before": "m1", "after": "m2",
        "name": "A - B"}],
    "format": 1
}"""


def test_a_plan_of_an_earlier_version_is_read_and_written_the_same(tmp_path):
    path = tmp_path / "plan.json"
    path.write_text(FORMAT_1)
    plan = read_plan(path)
    assert plan.files == [PlannedFile("ab", "export", "/e.csv")]
    assert plan.counts() == {"ledger.campaigns": {"update": 1}}
    written = plan.save(tmp_path / "new.json").read_bytes()
    expected = loads(FORMAT_1)
    expected["files"][0] |= {"encoding": None, "date_order": None}
    expected |= {"told": [], "format": expected.pop("format")}
    assert str(loads(written)) == str(expected)  # in this order, with every digit
    path.write_text(FORMAT_1.replace('"format": 1', '"format": 2'))
    with pytest.raises(UserError, match="was made by another version"):
        read_plan(path)


def test_a_trigger_that_writes_a_time_of_its_own_is_no_hindrance(small):
    plan = simple(small)
    small.ask(
        "create function x.touch() returns trigger language plpgsql as "
        "$$ begin new.seen_at = clock_timestamp(); return new; end $$;"
        "create trigger touch before update on x.parents for each row execute function x.touch()"
    )
    with closing(small.open()) as conn:
        store_plan(conn, plan)
        assert publish(conn, plan) == 1
        assert read_back(conn, plan) == 0
        conn.rollback()
        small.ask("update x.parents set price = 3 where id = %s", THREE)
        assert read_back(conn, plan) == 1
    small.ask("update x.parents set price = 1 where id = %s", THREE)
    done = small.undo()
    assert {(change.table, change.key["id"]) for change, _ in done.left} == {
        ("parents", str(THREE))
    }
    assert small.ask("select amount, seen_at is null from x.parents where id = %s", ONE) == [
        (0, False)
    ]


# The candidate, without dbt


def build_by(monkeypatch, small, *statements):
    """Let a build be these statements."""

    def build(*_):
        for statement in statements:
            small.ask(statement)
        return BuildResult()

    monkeypatch.setattr(Candidate, "run_dbt", build)


def test_what_is_typed_in_during_a_build_is_no_difference(small, monkeypatch):
    small.ask("drop schema x_candidate, x_candidate_quality cascade")
    small.fill("x", [parent(ONE), parent(TWO)], [], [])
    build_by(
        monkeypatch,
        small,
        "update x_candidate.parents set price = 7",
        f"update x.parents set price = 99 where id = '{ONE}'",
        f"insert into {{kids}} values ('{TWO}', 1, 'typed')",
    )
    with Candidate.open(small.database, small.settings) as candidate:
        candidate.build()
        with small.open() as conn:
            plan = make_plan(conn, candidate, "run")
            conn.rollback()
        assert losses(small.open(), candidate, PROTECTED_COLUMNS) == []
    found = {(change.key["id"], str(change.old), str(change.new)) for change in plan.changes}
    old, new = "{'price': Decimal('1.00')}", "{'price': Decimal('7.00')}"
    assert found == {(str(ONE), old, new), (str(TWO), old, new)}
    with pytest.raises(StalePlanError, match=r"1 of 2 rows that the plan wants to update"):
        small.publish(plan)
    assert small.ask("select price from x.parents order by id") == [(99,), (1,)]


def test_fewer_rows_or_sfa_urls_are_a_loss(small, monkeypatch):
    small.ask("alter table x.parents add sfa_url text default 'https://a'")
    small.fill("x", [parent(ONE), parent(TWO)], [(ONE, 1, "a")], [])
    small.ask("drop schema x_candidate, x_candidate_quality cascade")
    update = "update x_candidate.parents set sfa_url = null where amount = 0"
    found = []
    for step in (update, f"delete from x_candidate.parents where id = '{TWO}'"):
        build_by(monkeypatch, small, step)
        with Candidate.open(small.database, small.settings) as candidate:
            candidate.build()
            found.append(losses(small.open(), candidate, PROTECTED_COLUMNS))
    assert found == [
        ["x.parents: 2 SFA URLs before, 0 after"],
        ["x.parents: 2 rows before, 1 after", "x.parents: 2 SFA URLs before, 1 after"],
    ]


# As those see it who only read


@pytest.fixture
def reading_role(small):
    """The role that only reads, with a look at the live tables and at what was published."""
    small.ask("create role ledger_reader")
    yield
    small.ask("drop owned by ledger_reader; drop role ledger_reader")


def test_what_is_published_is_read_back_by_those_who_only_read(small, reading_role):
    assert small.publish(simple(small)) == 0  # a role of another database alone looks at nothing
    small.undo()
    small.ask("grant usage on schema x, x_quality to ledger_reader")
    with pytest.raises(UserError, match="ledger_reader cannot read it"):
        small.publish(small.plan())
    small.undo()
    small.ask(
        "grant select on all tables in schema x, x_quality to ledger_reader;"
        "alter table x.parents enable row level security"
    )
    assert small.publish(small.plan()) == 0  # policies hide every parent from it


# Undoing


def target(small):
    run = RunLog(small.settings, "test", ("candidate", "publish", "undo"))
    return Target(small.settings, small.database, Console(quiet=True), run)


def test_rows_that_moved_since_are_named_and_left_by_an_undo(small):
    simple(small)
    before = small.content()
    small.publish(small.plan())
    small.ask("update x.parents set price = 3 where id = %s", ONE)
    small.ask(
        "create table x_quality.theirs (id uuid references x.parents deferrable initially deferred)"
    )
    small.ask("insert into x_quality.theirs values (%s)", THREE)
    done = small.undo()
    left = {(change.table, change.key["id"], why) for change, why in done.left}
    assert left == {
        ("parents", str(ONE), "it was changed since"),
        ("parents", str(THREE), "other rows reference it"),
    }
    now = small.content()
    own = {("parents", str(ONE)), ("parents", str(THREE))}
    assert {key: row for key, row in now.items() if key not in own} == {
        key: row for key, row in before.items() if key not in own
    }
    assert small.ask("select price, amount from x.parents where id = %s", ONE) == [(3, 5)]


def test_a_run_is_undone_once_and_after_those_that_rest_on_it(small):
    with pytest.raises(UserError, match="nothing to undo: no run was published here"):
        small.undo()
    first = simple(small)
    small.publish(first)
    small.fill("x_candidate", [parent(FOUR)], [], [])
    second = small.plan()
    small.publish(second)
    with pytest.raises(UserError, match=f"Undo it first: `playledger undo {second.run_id}`"):
        small.undo(first.run_id)
    with pytest.raises(UserError, match="No run nonsense was published here"):
        small.undo("nonsense")
    small.undo()
    with pytest.raises(UserError, match=f"{second.run_id} is undone already"):
        small.undo(second.run_id)
    assert undo_command(target(small), None) == Exit.DONE
    with pytest.raises(UserError, match="nothing to undo"):
        small.undo()


# Readers, locks and lost connections

VERSIONS = "select array_agg(distinct amount) from (select amount from x.parents union all "
VERSIONS += "select nth from {kids}) as seen"


@contextmanager
def reader(small):
    """Reads parents and kids in one statement, over and over, waiting 50 ms for a lock at most."""
    seen, stop = {"mixed": 0, "failed": [], "count": 0}, threading.Event()
    query = VERSIONS.replace("{kids}", KIDS_TABLE)

    def read():
        conn = small.open(options="-c lock_timeout=50ms")
        conn.autocommit = True
        with conn.cursor() as cur:
            while not stop.is_set():
                try:
                    cur.execute(query)
                    seen["mixed"] += len(cur.fetchone()[0]) > 1
                    seen["count"] += 1
                except psycopg2.Error as error:
                    seen["failed"].append(error)
        conn.close()

    thread = threading.Thread(target=read)
    thread.start()
    try:
        yield seen
    finally:
        stop.set()
        thread.join()


def versions(small):
    """A plan from version 1 of every row to version 2, and the way back."""
    for schema, number in (("x", 1), ("x_candidate", 2)):
        kids = [(key, number, "same") for key in (ONE, TWO)]
        small.fill(schema, [parent(key, amount=number) for key in (ONE, TWO)], kids, [])
    there, back = small.plan("there"), small.plan("back")
    back.changes = [inverse(change) for change in there.changes]
    return there, back


def test_a_reader_neither_waits_nor_fails_nor_sees_half_of_a_publish(small):
    plans = versions(small)
    conn = small.open()
    with reader(small) as seen:
        for nth in range(100):
            plan = plans[nth % 2]
            plan.run_id = f"run {nth:03}"
            store_plan(conn, plan)
            publish(conn, plan)
    conn.close()
    assert (seen["failed"], seen["mixed"]) == ([], 0)
    assert seen["count"] > 100
    assert len(small.published()) == 100


def test_that_reader_would_notice(small):
    versions(small)
    with reader(small) as seen:
        small.ask("update x.parents set amount = 2")
        time.sleep(0.1)
        small.ask("lock table x.parents in access exclusive mode; select pg_sleep(0.3)")
    assert seen["mixed"]
    assert isinstance(seen["failed"][0], psycopg2.errors.LockNotAvailable)


class AtTheEnd(connection):
    """A connection that does something right before it commits what it publishes."""

    def __exit__(self, *error):
        with self.cursor() as cur:
            cur.execute("select current_setting('lock_timeout')")
            if cur.fetchone()[0] != "0":
                self.at_the_end(self.info.backend_pid)
        return super().__exit__(*error)


LOCKS = """
    select array_agg(distinct mode) from pg_locks inner join pg_class on relation = pg_class.oid
    inner join pg_namespace on relnamespace = pg_namespace.oid
    where nspname in ('x', 'x_quality') and pid = %s
"""


def test_a_publish_holds_locks_on_rows_alone(small):
    plan, conn, held = simple(small), small.open(AtTheEnd), []
    conn.at_the_end = lambda pid: held.extend(small.ask(LOCKS, pid)[0][0])
    small.publish(plan, conn)
    assert set(held) == {"AccessShareLock", "RowShareLock", "RowExclusiveLock"}


def kill(small, pid):
    small.ask("select pg_terminate_backend(%s, 5000)", pid)


def test_a_connection_that_is_lost_before_the_commit_leaves_all_as_it_was(small):
    plan, conn = simple(small), small.open(AtTheEnd)
    before = small.content()
    conn.at_the_end = lambda pid: kill(small, pid)
    with pytest.raises((psycopg2.OperationalError, psycopg2.InterfaceError)):
        small.publish(plan, conn)
    assert (small.content(), small.published()) == (before, [])
    assert small.publish(plan) == 0


def test_a_connection_that_is_lost_between_two_tables_is_told(small, monkeypatch):
    plan, before, write = simple(small), small.content(), publishing.write_changes

    def write_some(cur, stored, run_id, columns, changes):
        updates = [each for each in changes if (each.table, each.action) == ("parents", "update")]
        write(cur, stored, run_id, columns, updates)
        kill(small, cur.connection.info.backend_pid)
        write(cur, stored, run_id, columns, changes)

    monkeypatch.setattr(publishing, "write_changes", write_some)
    with (
        pytest.raises(UserError, match="the connection was lost"),
        target(small).connect() as conn,
    ):
        store_plan(conn, plan)
        publish(conn, plan)
    assert (small.content(), small.published()) == (before, [])


def test_another_s_lock_is_waited_for_and_then_told(small, monkeypatch):
    monkeypatch.setattr(publishing, "LOCK_SECONDS", 0.2)
    monkeypatch.setattr(targets, "TRIES", 2)
    plan, conn, other = simple(small), small.open(), small.open()
    before = small.content()
    store_plan(conn, plan)
    tries = []

    def work():
        tries.append(1)
        publish(conn, plan)

    with other.cursor() as cur:
        cur.execute("select 1 from x.parents where id = %s for update", [ONE])
    with pytest.raises(UserError, match=r"Another session has locked rows .* 2 tries failed"):
        retry_on_lock(work)
    assert (len(tries), small.content(), small.published()) == (2, before, [])

    monkeypatch.setattr(targets, "TRIES", 9)
    threading.Timer(0.5, other.rollback).start()
    retry_on_lock(work)
    assert len(tries) > 3
    assert read_back(conn, plan) == 0
    conn.close()
    other.close()
