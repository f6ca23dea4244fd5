"""What each role may do on a built ledger, and what it is refused."""

from dataclasses import replace

import pytest
from psycopg2.errors import InsufficientPrivilege, QueryCanceled, ReadOnlySqlTransaction

from loaders.database import Database
from loaders.export_order import LoadOverrides
from loaders.source_file import find_inputs
from playledger.dbt.profiles import write_profiles
from playledger.publish.roles import run_script
from tests.python.support.ledger import Ledger, load_into, put_back

ROLES = ("ledger_loader", "ledger_builder", "ledger_reader")
READABLE = ("ledger", "ledger_quality", "app")
STAGING = ("staging_airtable", "staging_spotify", "staging_names")
HIDDEN = (*STAGING, "ledger_staging", "ledger_intermediate", "ledger_seeds")
MARTS = {
    "campaign_clients", "campaign_groups", "campaign_playlists", "campaigns", "clients",
    "playlist_streams", "playlists", "songs", "vendors",
}  # fmt: skip
VIEWS = {"campaign_groups", "campaign_playlists", "clients", "spotify_campaigns", "vendors"}


@pytest.fixture(scope="module")
def secured(ledger: Ledger):
    """The built ledger after the script, whose roles log in themselves; as it was afterwards."""
    with put_back(ledger):
        run_script(ledger.database, "ledger")
        for role in (*ROLES, "nightly"):
            made = "alter" if role in ROLES else "create"
            ledger.ask(f"{made} role {role} login")
        yield ledger
    for role in (*ROLES, "nightly"):
        ledger.ask(f"drop role {role}")


def as_user(ledger: Ledger, user: str) -> Ledger:
    parameters = {**ledger.database.parameters, "user": user}
    return replace(ledger, database=Database(parameters, is_embedded=True))


def relations(ledger: Ledger, *schemas: str) -> dict[str, set[str]]:
    """The tables and views of each schema."""
    found: dict[str, set[str]] = {schema: set() for schema in schemas}
    for schema, name in ledger.ask(
        "select nspname, relname from pg_class "
        "inner join pg_namespace on pg_namespace.oid = relnamespace "
        "where relkind in ('r', 'v') and nspname = any(%s)",
        list(schemas),
    ):
        found[schema].add(name)
    return found


def test_a_second_run_has_nothing_to_do(secured):
    assert run_script(secured.database, "ledger") == []


def test_the_reader_reads_every_mart_and_every_view_of_the_web_application(secured):
    present = relations(secured, *READABLE)
    assert present["ledger"] >= MARTS
    assert present["app"] == VIEWS
    reader = as_user(secured, "ledger_reader")
    for schema, names in present.items():
        for name in names:
            reader.ask(f"select * from {schema}.{name} limit 1")
    assert reader.one("select count(*) from app.spotify_campaigns") == 653


def test_the_reader_is_refused_what_nobody_has_checked(secured):
    reader = as_user(secured, "ledger_reader")
    for schema, names in relations(secured, *HIDDEN).items():
        assert names
        for name in names:
            with pytest.raises(InsufficientPrivilege, match=f"schema {schema}"):
                reader.ask(f"select * from {schema}.{name} limit 1")


WRITES = (
    "insert into ledger.clients (client_id) values (gen_random_uuid())",
    "update ledger.campaigns set goal = 0",
    "delete from ledger.playlist_streams",
    "truncate ledger_quality.data_issues",
    "create table ledger.mine (x int)",
    "create view app.mine as select 1 as x",
    "create table public.mine (x int)",
    "create schema mine",
    "drop view app.clients",
    "alter table ledger.clients add column x int",
)


@pytest.mark.parametrize("statement", WRITES)
def test_the_reader_writes_nothing_not_even_after_leaving_read_only_mode(secured, statement):
    reader = as_user(secured, "ledger_reader")
    with pytest.raises(ReadOnlySqlTransaction):
        reader.ask(statement)
    with pytest.raises(InsufficientPrivilege):
        reader.ask(f"set transaction read write; {statement}")


def test_a_query_of_the_reader_ends_after_a_quarter_of_a_minute(secured):
    reader = as_user(secured, "ledger_reader")
    assert reader.one("show statement_timeout") == "15s"
    with reader.database.connect() as conn, conn.cursor() as cursor:
        cursor.execute("set statement_timeout = '50ms'")
        with pytest.raises(QueryCanceled):
            cursor.execute("select pg_sleep(5)")
        conn.rollback()


@pytest.mark.parametrize(
    ("role", "statement"),
    [
        ("ledger_loader", "select * from ledger.campaigns"),
        ("ledger_loader", "update ledger.clients set phone = '1'"),
        ("ledger_loader", "create table ledger.mine (x int)"),
        ("ledger_loader", "create schema mine"),
        ("ledger_builder", "delete from staging_airtable.files"),
        ("ledger_builder", "create table staging_spotify.mine (x int)"),
        ("ledger_builder", "create role mine"),
    ],
)
def test_a_role_does_not_do_the_work_of_another(secured, role, statement):
    with pytest.raises(InsufficientPrivilege):
        as_user(secured, role).ask(statement)


def test_the_loader_loads_what_the_builder_builds_and_the_reader_reads(secured, tmp_path):
    export = tmp_path / "later.csv"
    export.write_text("Campaign,Client,Goal\nAnew - Song,A Client Nobody Knew,1000\n")
    loader, builder, reader = (as_user(secured, role) for role in ROLES)
    allowed = LoadOverrides(older=True, shrink=True)
    load_into(loader.database, find_inputs(export, None, None), tmp_path, allowed)

    built = replace(builder, home=tmp_path)
    write_profiles(built.database, "ledger", tmp_path)
    built.build()

    found = "select name from ledger.clients where name_key = 'a client nobody knew'"
    assert reader.ask(found) == [("A Client Nobody Knew",)]
    # A view is made anew by every build.
    assert reader.one("select count(*) from app.spotify_campaigns") == 654
    builder.ask("create table ledger.later (x int)")
    assert reader.ask("select * from ledger.later") == []
    builder.ask("drop table ledger.later")


def test_the_builder_makes_and_drops_a_candidate_that_the_reader_does_not_see(secured):
    builder = as_user(secured, "ledger_builder")
    builder.ask("create schema ledger_candidate")
    builder.ask("create table ledger_candidate.clients as select * from ledger.clients")
    with pytest.raises(InsufficientPrivilege):
        as_user(secured, "ledger_reader").ask("select * from ledger_candidate.clients")
    builder.ask("drop schema ledger_candidate cascade")


def test_what_a_member_makes_is_readable_once_the_script_ran_again(secured):
    secured.ask("grant ledger_loader, ledger_builder to nightly")
    nightly, reader = as_user(secured, "nightly"), as_user(secured, "ledger_reader")
    nightly.ask("create table ledger.by_nightly (x int)")
    with pytest.raises(InsufficientPrivilege):
        reader.ask("select * from ledger.by_nightly")

    told = run_script(secured.database, "ledger")

    assert told == [
        "Changed the owner of objects in ledger to ledger_builder (tables and views: 1)."
    ]
    nightly.ask("drop table ledger.by_nightly")
    nightly.ask("create table ledger.by_nightly (x int)")
    assert reader.ask("select * from ledger.by_nightly") == []
    nightly.ask("drop table ledger.by_nightly")


def test_a_user_that_only_reads_is_given_the_role_and_its_limits(secured):
    secured.ask("grant ledger_reader to nightly")
    secured.ask("revoke ledger_loader, ledger_builder from nightly")
    nightly = as_user(secured, "nightly")
    assert nightly.one("select count(*) > 0 from ledger.campaigns")
    with pytest.raises(InsufficientPrivilege):
        nightly.ask("update ledger.clients set phone = '1'")
    secured.ask("alter role nightly set default_transaction_read_only = on")
    with pytest.raises(ReadOnlySqlTransaction):
        nightly.ask("create temporary sequence mine")
