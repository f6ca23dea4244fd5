"""Plans of generated edits: what was planned is what is published, and what is taken back."""

from __future__ import annotations

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

from loaders.errors import Exit, UserError
from loaders.settings import Settings
from playledger.dbt.build import BuildResult
from playledger.publish import apply as publishing
from playledger.publish import target as targets
from playledger.publish.apply import publish
from playledger.publish.candidate import Candidate
from playledger.publish.guards import losses
from playledger.publish.plan import make_plan, read_plan
from playledger.publish.plan_store import keep_plan
from playledger.publish.row_writes import MovedError
from playledger.publish.target import Target, with_patience
from playledger.publish.undo import backwards
from playledger.publish.verify import read_back
from playledger.publish.workflow import undo_command
from playledger.runs.log import RunLog
from tests.python.support.publishing import Place

register_uuid()
ONE, TWO, THREE, FOUR = (UUID(int=number) for number in range(1, 5))


@pytest.fixture
def place(database, tmp_path):
    made = Place(database, Settings(tmp_path, "x", None))
    made.make()
    return made


def parent(key, name=None, amount=0, extra=None):
    return (key, name or f"name {key.int}", ["a", None], Json(extra), 1, 2, None, amount)


def simple(place):
    """Live: parents one and two, a kid of each. Candidate: one changed, two gone, three new."""
    place.fill(
        "x", [parent(ONE), parent(TWO)], [(ONE, 1, "a"), (TWO, 1, "b")], [("a", "b"), ("c", "d")]
    )
    place.fill(
        "x_candidate",
        [parent(ONE, amount=5), parent(THREE)],
        [(ONE, 1, "other"), (THREE, 1, "c")],
        [("a", "z")],
    )
    return place.plan()


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
def test_what_is_published_is_the_candidate_and_what_is_undone_was_before(place, before, after):
    place.ask("truncate x_quality.plans cascade")
    place.fill("x", *before)
    place.fill("x_candidate", *after)
    known, wanted = place.content(), place.content("x_candidate")

    plan = read_plan(place.plan().save(place.settings.home / "plan.json"))

    assert place.content() == known
    assert {(change.table, *map(str, change.key.values())) for change in plan.changes} == {
        key for key in known.keys() | wanted.keys() if known.get(key) != wanted.get(key)
    }
    assert place.publish(plan) == 0
    assert place.content() == wanted
    assert place.plan().changes == []
    done = place.undo()
    assert (done.count, done.left) == (len(plan.changes), [])
    assert place.content() == known


def test_rows_that_stay_are_not_written(place):
    place.fill("x", [parent(ONE), parent(TWO)], [(TWO, 1, "b")], [])
    place.fill("x_candidate", [parent(ONE, amount=1), parent(TWO)], [(TWO, 1, "b")], [])
    marks = "select ctid::text, xmin::text from x.parents where id = %s union all "
    marks += "select ctid::text, xmin::text from {kids}"
    before = place.ask(marks, TWO)
    assert place.publish(place.plan()) == 0
    assert place.ask(marks, TWO) == before
    assert place.ask("select amount, doubled from x.parents where id = %s", ONE) == [(1, 2)]


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
def test_nothing_is_written_when_something_moved(place, what):
    plan = simple(place)
    with place.database.connect() as conn, conn.cursor() as cur:
        query = MOVED[what].replace("{kids}", '''x."Kids, ""of"" no. 1"''')
        cur.execute(query, {"two": TWO, "three": THREE, "four": FOUR})
    typed = place.content()
    with pytest.raises(MovedError, match=r"Nothing was written\. Make a new plan"):
        place.publish(plan)
    assert place.content() == typed
    assert place.published() == []


def test_a_session_in_another_time_zone_sees_the_same_rows(place):
    place.fill("x", [(ONE, "a", None, None, None, None, "2025-07-01 12:00+00", 0)], [], [])
    place.fill(
        "x_candidate", [(ONE, "b", None, None, None, None, "2025-07-01 12:00+00", 0)], [], []
    )
    plan = place.plan()
    name = place.database.parameters["dbname"]
    place.ask(f"alter database {name} set timezone to 'America/New_York'")
    assert place.publish(plan) == 0
    place.ask(f"alter database {name} set timezone to 'Asia/Kathmandu'")
    assert place.undo().left == []


def test_a_plan_is_read_whole_or_told_to_be_none(place, tmp_path):
    path = simple(place).save(tmp_path / "run" / "plan.json")
    assert read_plan(path.parent).counts() == read_plan(path).counts()
    for content in (b"", b"[]", b"{}", path.read_bytes()[:-9], b"\xff"):
        path.write_bytes(content)
        with pytest.raises(UserError, match=r"is no plan\. Make one"):
            read_plan(path)
    with pytest.raises(UserError, match="cannot be read: No such file"):
        read_plan(tmp_path / "none.json")


def test_a_trigger_that_writes_a_time_of_its_own_is_no_hindrance(place):
    plan = simple(place)
    place.ask(
        "create function x.touch() returns trigger language plpgsql as "
        "$$ begin new.seen_at = clock_timestamp(); return new; end $$;"
        "create trigger touch before update on x.parents for each row execute function x.touch()"
    )
    with closing(place.open()) as conn:
        keep_plan(conn, plan)
        assert publish(conn, plan) == 1
        assert read_back(conn, plan) == 0
        conn.rollback()
        place.ask("update x.parents set price = 3 where id = %s", THREE)
        assert read_back(conn, plan) == 1
    place.ask("update x.parents set price = 1 where id = %s", THREE)
    done = place.undo()
    assert {(change.table, change.key["id"]) for change, _ in done.left} == {
        ("parents", str(THREE))
    }
    assert place.ask("select amount, seen_at is null from x.parents where id = %s", ONE) == [
        (0, False)
    ]


# The candidate, without dbt


def build_by(monkeypatch, place, *statements):
    """Let a build be these statements."""

    def build(*_):
        for statement in statements:
            place.ask(statement)
        return BuildResult()

    monkeypatch.setattr(Candidate, "_dbt", build)


def test_what_is_typed_in_during_a_build_is_no_difference(place, monkeypatch):
    for schema in ("x_candidate", "x_candidate_quality"):
        place.ask(f"drop schema {schema} cascade")
    place.fill("x", [parent(ONE), parent(TWO)], [], [])
    build_by(
        monkeypatch,
        place,
        "update x_candidate.parents set price = 7",
        f"update x.parents set price = 99 where id = '{ONE}'",
        f"insert into {{kids}} values ('{TWO}', 1, 'typed')",
    )
    with Candidate(place.database, place.settings) as candidate:
        candidate.build()
        with place.open() as conn:
            plan = make_plan(conn, candidate, "run")
            conn.rollback()
        assert losses(place.open(), candidate) == []
    found = {(change.key["id"], str(change.old), str(change.new)) for change in plan.changes}
    now, then = "{'price': Decimal('1.00')}", "{'price': Decimal('7.00')}"
    assert found == {(str(ONE), now, then), (str(TWO), now, then)}
    with pytest.raises(MovedError, match=r"1 of 2 rows that the plan wants to update"):
        place.publish(plan)
    assert place.ask("select price from x.parents order by id") == [(99,), (1,)]


def test_fewer_rows_or_sfa_urls_are_a_loss(place, monkeypatch):
    place.ask("alter table x.parents add sfa_url text default 'https://a'")
    place.fill("x", [parent(ONE), parent(TWO)], [(ONE, 1, "a")], [])
    place.ask("drop schema x_candidate, x_candidate_quality cascade")
    steps = ["update x_candidate.parents set sfa_url = null where amount = 0"]
    told = []
    for step in (*steps, f"delete from x_candidate.parents where id = '{TWO}'"):
        build_by(monkeypatch, place, step)
        with Candidate(place.database, place.settings) as candidate:
            candidate.build()
            told.append(losses(place.open(), candidate))
    assert told == [
        ["x.parents: 0 SFA URLs, now 2"],
        ["x.parents: 1 rows, now 2", "x.parents: 1 SFA URLs, now 2"],
    ]


# As those see it who only read


@pytest.fixture
def reading_role(place):
    """The role that only reads, with a look at the live tables and at what was published."""
    place.ask("create role ledger_reader")
    yield
    place.ask("drop owned by ledger_reader; drop role ledger_reader")


def test_what_is_published_is_read_back_by_those_who_only_read(place, reading_role):
    assert place.publish(simple(place)) == 0  # a role of another database alone looks at nothing
    place.undo()
    place.ask("grant usage on schema x, x_quality to ledger_reader")
    with pytest.raises(UserError, match="ledger_reader cannot read it"):
        place.publish(place.plan())
    place.undo()
    place.ask(
        "grant select on all tables in schema x, x_quality to ledger_reader;"
        "alter table x.parents enable row level security"
    )
    assert place.publish(place.plan()) == 0  # policies hide every parent from it


# Undoing


def target(place):
    from rich.console import Console

    run = RunLog(place.settings, "test", ("candidate", "publish", "undo"))
    return Target(place.settings, place.database, Console(quiet=True), run)


def test_rows_that_moved_since_are_named_and_left_by_an_undo(place):
    simple(place)
    before = place.content()
    place.publish(place.plan())
    place.ask("update x.parents set price = 3 where id = %s", ONE)
    place.ask(
        "create table x_quality.theirs (id uuid references x.parents deferrable initially deferred)"
    )
    place.ask("insert into x_quality.theirs values (%s)", THREE)
    done = place.undo()
    left = {(change.table, change.key["id"], why) for change, why in done.left}
    assert left == {
        ("parents", str(ONE), "it was changed since"),
        ("parents", str(THREE), "other rows point at it"),
    }
    now = place.content()
    own = {("parents", str(ONE)), ("parents", str(THREE))}
    assert {key: row for key, row in now.items() if key not in own} == {
        key: row for key, row in before.items() if key not in own
    }
    assert place.ask("select price, amount from x.parents where id = %s", ONE) == [(3, 5)]


def test_a_run_is_undone_once_and_after_those_that_rest_on_it(place):
    with pytest.raises(UserError, match="nothing to undo: no run was published here"):
        place.undo()
    first = simple(place)
    place.publish(first)
    place.fill("x_candidate", [parent(FOUR)], [], [])
    second = place.plan()
    place.publish(second)
    with pytest.raises(UserError, match=f"Undo it first: `playledger undo {second.run_id}`"):
        place.undo(first.run_id)
    with pytest.raises(UserError, match="No run nonsense was published here"):
        place.undo("nonsense")
    assert place.undo().run_id == second.run_id
    with pytest.raises(UserError, match=f"{second.run_id} is undone already"):
        place.undo(second.run_id)
    assert undo_command(target(place), None) == Exit.DONE
    with pytest.raises(UserError, match="nothing to undo"):
        place.undo()


def test_an_undo_waits_for_no_other_run(place):
    place.publish(simple(place))
    with (
        Candidate(place.database, place.settings),
        pytest.raises(UserError, match="Another load is running"),
    ):
        undo_command(target(place), None)
    assert undo_command(target(place), None) == Exit.DONE


# Readers, locks and lost connections

VERSIONS = "select array_agg(distinct amount) from (select amount from x.parents union all "
VERSIONS += "select nth from {kids}) as seen"


@contextmanager
def reader(place):
    """Reads parents and kids in one statement, over and over, waiting 50 ms for a lock at most."""
    seen, stop = {"mixed": 0, "failed": [], "count": 0}, threading.Event()
    query = VERSIONS.replace("{kids}", '''x."Kids, ""of"" no. 1"''')

    def read():
        conn = place.open(options="-c lock_timeout=50ms")
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


def versions(place):
    """A plan from version 1 of every row to version 2, and the way back."""
    for schema, number in (("x", 1), ("x_candidate", 2)):
        kids = [(key, number, "same") for key in (ONE, TWO)]
        place.fill(schema, [parent(key, amount=number) for key in (ONE, TWO)], kids, [])
    there, back = place.plan("there"), place.plan("back")
    back.changes = [backwards(change) for change in there.changes]
    return there, back


def test_a_reader_neither_waits_nor_fails_nor_sees_half_of_a_publish(place):
    plans = versions(place)
    conn = place.open()
    with reader(place) as seen:
        for nth in range(100):
            plan = plans[nth % 2]
            plan.run_id = f"run {nth:03}"
            keep_plan(conn, plan)
            publish(conn, plan)
    conn.close()
    assert (seen["failed"], seen["mixed"]) == ([], 0)
    assert seen["count"] > 100
    assert len(place.published()) == 100


def test_that_reader_would_notice(place):
    versions(place)
    with reader(place) as seen:
        place.ask("update x.parents set amount = 2")
        time.sleep(0.1)
        place.ask("lock table x.parents in access exclusive mode; select pg_sleep(0.3)")
    assert seen["mixed"]
    assert isinstance(seen["failed"][0], psycopg2.errors.LockNotAvailable)


class AtTheEnd(connection):
    """A connection that does something right before it commits."""

    def __exit__(self, *error):
        if publishing_now(self):
            self.at_the_end(self.info.backend_pid)
        return super().__exit__(*error)


def publishing_now(conn):
    with conn.cursor() as cur:
        cur.execute("select current_setting('lock_timeout')")
        return cur.fetchone()[0] != "0"


LOCKS = """
    select array_agg(distinct mode) from pg_locks inner join pg_class on relation = pg_class.oid
    inner join pg_namespace on relnamespace = pg_namespace.oid
    where nspname in ('x', 'x_quality') and pid = %s
"""


def test_a_publish_holds_locks_on_rows_alone(place):
    plan, conn, held = simple(place), place.open(AtTheEnd), []
    conn.at_the_end = lambda pid: held.extend(place.ask(LOCKS, pid)[0][0])
    place.publish(plan, conn)
    assert set(held) == {"AccessShareLock", "RowShareLock", "RowExclusiveLock"}


def kill(place, pid):
    place.ask("select pg_terminate_backend(%s, 5000)", pid)


def test_a_connection_that_is_lost_before_the_commit_leaves_all_as_it_was(place):
    plan, conn = simple(place), place.open(AtTheEnd)
    before = place.content()
    conn.at_the_end = lambda pid: kill(place, pid)
    with pytest.raises((psycopg2.OperationalError, psycopg2.InterfaceError)):
        place.publish(plan, conn)
    assert (place.content(), place.published()) == (before, [])
    assert place.publish(plan) == 0


def test_a_connection_that_is_lost_between_two_tables_is_told(place, monkeypatch):
    plan, before, write = simple(place), place.content(), publishing.write

    def write_some(cur, kept, run_id, columns, changes):
        write(
            cur,
            kept,
            run_id,
            columns,
            [each for each in changes if each.table == "parents" and each.action == "update"],
        )
        kill(place, cur.connection.info.backend_pid)
        write(cur, kept, run_id, columns, changes)

    monkeypatch.setattr(publishing, "write", write_some)
    with (
        pytest.raises(UserError, match="stopped in the middle of the work"),
        target(place).connect() as conn,
    ):
        keep_plan(conn, plan)
        publish(conn, plan)
    assert (place.content(), place.published()) == (before, [])


def test_another_s_lock_is_waited_for_and_then_told(place, monkeypatch):
    monkeypatch.setattr(publishing, "LOCK_SECONDS", 0.2)
    monkeypatch.setattr(targets, "TRIES", 2)
    plan, conn, other = simple(place), place.open(), place.open()
    before = place.content()
    keep_plan(conn, plan)
    tries = []

    def work():
        tries.append(1)
        publish(conn, plan)

    with other.cursor() as cur:
        cur.execute("select 1 from x.parents where id = %s for update", [ONE])
    with pytest.raises(UserError, match=r"Somebody else holds rows .* 2 tries were in vain"):
        with_patience(work)
    assert (len(tries), place.content(), place.published()) == (2, before, [])

    monkeypatch.setattr(targets, "TRIES", 9)
    threading.Timer(0.5, other.rollback).start()
    with_patience(work)
    assert len(tries) > 3
    assert read_back(conn, plan) == 0
    conn.close()
    other.close()
