"""Who may make the roles: an owner who is no superuser, and what is told to others."""

import pytest
from psycopg2.errors import InsufficientPrivilege

from loaders.database import Database
from loaders.errors import UserError
from loaders.source_file import find_inputs
from playledger.publish.roles import render_script, run_script
from tests.python.support.ledger import load_into
from tests.python.support.publishing import ask, done, url_of

ROLES = ("ledger_loader", "ledger_builder", "ledger_reader")


@pytest.fixture
def owned(database: Database):
    """An empty database of an owner with CREATEROLE, as that owner sees it."""
    name = database.parameters["dbname"]
    ask(database, "create role owner_of_it login createrole")
    ask(database, f"alter database {name} owner to owner_of_it")
    yield Database({**database.parameters, "user": "owner_of_it"}, is_embedded=True)
    ask(database, f"alter database {name} owner to postgres")
    present = {name for (name,) in ask(database, "select rolname from pg_roles")}
    for role in ("nightly", "stranger", *ROLES, "owner_of_it"):
        if role in present:
            ask(database, f"drop owned by {role} cascade; drop role {role}")


def test_an_owner_who_is_no_superuser_makes_roles_that_cannot_log_in(owned, database):
    told = run_script(owned, "ledger")
    assert told[:3] == [f"Created role {role}." for role in ROLES]
    assert set(told[3:]) == {
        f"Created schema {schema}."
        for schema in (
            *("ledger", "ledger_quality", "ledger_history", "app"),
            *("staging_airtable", "staging_spotify", "staging_names"),
        )
    }
    assert run_script(owned, "ledger") == []
    made = ask(
        database,
        "select rolname, rolcanlogin, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, "
        "rolpassword is null from pg_authid where rolname like 'ledger%' order by rolname",
    )
    assert made == [(role, False, False, False, False, False, True) for role in sorted(ROLES)]


def test_a_loader_that_may_not_make_schemas_loads_into_those_of_the_script(
    owned, database, tmp_path
):
    run_script(owned, "ledger")
    ask(database, "alter role ledger_loader login; alter role ledger_builder login")
    loader = Database({**database.parameters, "user": "ledger_loader"}, is_embedded=True)
    export = tmp_path / "export.csv"
    export.write_text("Campaign,Goal\nA - B,1\n")

    load_into(loader, find_inputs(export, None, None), tmp_path)

    rows = ask(database, "select campaign from staging_airtable.campaigns", user="ledger_builder")
    assert rows == [("A - B",)]
    with pytest.raises(InsufficientPrivilege):
        ask(database, "create schema mine", user="ledger_loader")


def test_a_user_who_does_everything_is_a_member_of_two_roles(owned, database):
    run_script(owned, "ledger")
    ask(owned, "create role nightly login; grant ledger_loader, ledger_builder to nightly")
    run_script(owned, "ledger")
    before = ask(database, "select pg_has_role('owner_of_it', 'nightly', 'usage')")
    ask(database, "alter role ledger_reader login")
    ask(database, "create table ledger.by_nightly (x int)", user="nightly")
    ask(database, "create table staging_names.by_nightly (x int)", user="nightly")
    assert ask(database, "select * from ledger.by_nightly", user="ledger_reader") == []
    with pytest.raises(InsufficientPrivilege):
        ask(database, "select * from staging_names.by_nightly", user="ledger_reader")
    assert before == [(False,)]  # what the owner borrowed for the run is given back


def test_what_the_owner_built_before_is_handed_over(owned, database):
    ask(
        owned,
        "create schema ledger; create table ledger.clients (id int generated always as identity)",
    )
    ask(owned, "create schema app; create view app.clients as select id from ledger.clients")
    ask(owned, "create table app.of_the_application (x int)")
    told = run_script(owned, "ledger")
    assert "Changed the owner of objects in ledger to ledger_builder (tables and views: 1)." in told
    assert "Changed the owner of objects in app to ledger_builder (tables and views: 1)." in told
    owners = ask(
        database,
        "select relname, pg_get_userbyid(relowner) from pg_class "
        "inner join pg_namespace on pg_namespace.oid = relnamespace "
        "where nspname in ('app', 'ledger') and relkind <> 'v'",
    )
    assert dict(owners) == {
        "clients": "ledger_builder",
        "clients_id_seq": "ledger_builder",
        "of_the_application": "owner_of_it",
    }
    assert ask(owned, "select * from app.clients") == []


def test_a_ledger_in_another_schema_has_its_own_name_everywhere(owned, database):
    run_script(owned, "o'agency")
    schemas = {name for (name,) in ask(database, "select nspname from pg_namespace")}
    assert {"o'agency", "o'agency_quality", "o'agency_history", "o'agency_app"} <= schemas
    assert not {"ledger", "app"} & schemas


def test_objects_of_another_owner_are_named_and_nothing_is_changed(owned, database):
    ask(database, "create role stranger login; create schema ledger authorization stranger")
    ask(database, "create table ledger.clients (x int)", user="stranger")
    with pytest.raises(UserError) as refused:
        run_script(owned, "ledger")
    told = str(refused.value)
    assert "ledger.clients (of stranger)" in told
    assert "schema ledger (of stranger)" in told
    assert "superuser" in told
    assert told.endswith("Nothing was changed.")
    assert ask(database, "select 1 from pg_roles where rolname like 'ledger%'") == []


def test_a_user_who_may_not_make_roles_is_told(owned, database):
    ask(database, "alter role owner_of_it nocreaterole")
    with pytest.raises(UserError, match=r"owner_of_it may not create roles.*\n.*createrole"):
        run_script(owned, "ledger")


def test_a_user_who_does_not_own_the_database_is_told(owned, database):
    ask(database, "create role stranger login createrole")
    other = Database({**database.parameters, "user": "stranger"}, is_embedded=True)
    with pytest.raises(UserError, match="belongs to owner_of_it"):
        run_script(other, "ledger")
    assert ask(database, "select 1 from pg_roles where rolname like 'ledger%'") == []


def test_roles_that_another_user_made_are_told(owned, database):
    ask(database, "create role ledger_reader")
    with pytest.raises(UserError, match="The user owner_of_it could not create the roles"):
        run_script(owned, "ledger")


def test_the_script_can_be_looked_at_first(monkeypatch, tmp_path):
    monkeypatch.setenv("PLAYLEDGER_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgresql://ada@127.0.0.1:9/agency")
    monkeypatch.setenv("LEDGER_SCHEMA", "agency")
    output = done("roles", "--sql")
    assert output == render_script("agency")
    assert "ledger.schema = 'agency'" in output


def test_the_command_says_what_it_did_and_who_does_what(owned, monkeypatch, tmp_path):
    monkeypatch.setenv("PLAYLEDGER_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", url_of(owned))
    monkeypatch.delenv("LEDGER_SCHEMA", raising=False)
    output = done("roles")
    assert "Created role ledger_reader." in output
    assert "ledger_reader   reads ledger, ledger_quality, app and ledger_history" in output
    assert "Created" not in done("roles")
