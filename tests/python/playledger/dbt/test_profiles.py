"""The writing of `profiles.yml`: dbt meets the database, and a person's own file is left alone."""

from __future__ import annotations

import re
from pathlib import Path

import jinja2
import pytest
import yaml

from loaders.database import Database
from playledger.dbt.profiles import ProfileState, write_profiles

PARAMETERS = {
    "host": "db.example",
    "port": "6543",
    "user": "ada",
    "password": "secret",
    "dbname": "agency",
}


def database(**changes: str) -> Database:
    return Database({**PARAMETERS, **changes}, is_embedded=False)


def rendered(folder: Path, target: str = "dev", **environment: str) -> dict[str, object]:
    """A target as dbt reads it: YAML first, then each text as a template."""

    def env_var(name: str, default: str | None = None) -> str:
        return environment.get(name, default)

    surroundings = jinja2.Environment()  # noqa: S701
    surroundings.filters["as_number"] = int
    profile = yaml.safe_load((folder / "profiles.yml").read_text())["playlist_ledger"]
    return {
        name: surroundings.from_string(value).render(env_var=env_var)
        if isinstance(value, str)
        else value
        for name, value in profile["outputs"][target].items()
    }


def test_dbt_meets_the_database_that_was_loaded(tmp_path):
    assert write_profiles(database(sslmode="require"), "books", tmp_path) is ProfileState.WRITTEN
    assert rendered(tmp_path) == {
        "type": "postgres",
        "host": "db.example",
        "port": 6543,
        "user": "ada",
        "password": "secret",
        "dbname": "agency",
        "sslmode": "require",
        "schema": "books",
        "threads": 2,
    }


def test_only_its_owner_can_read_it(tmp_path):
    path = tmp_path / "profiles.yml"
    write_profiles(database(), "ledger", tmp_path)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    write_profiles(database(dbname="other"), "ledger", tmp_path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["profiles.yml"]


PASSWORDS = [
    'it\'s "quoted"',
    "{{ env_var('HOME') }}",
    "{% if %}{# no comment #}",
    "a: b # c",
    "- [x], {y: z}",
    "back\\slash\\n and %40",
    "<dbname><user><password>",
    "12345",
    "true",
    " blanks ",
    "tab\tbreak\nend\n",
    "pässwörd 密 🔑",
    "&anchor *alias !tag |",
]


@pytest.mark.parametrize("password", PASSWORDS)
def test_a_password_survives_as_it_is(tmp_path, password):
    write_profiles(database(password=password), "ledger", tmp_path)
    assert rendered(tmp_path)["password"] == password
    assert write_profiles(database(password=password), "ledger", tmp_path) is ProfileState.CURRENT


def test_a_value_that_looks_like_a_place_for_another_is_left_alone(tmp_path):
    write_profiles(database(user="<dbname>", dbname="<schema>"), "ledger", tmp_path)
    assert rendered(tmp_path)["user"] == "<dbname>"
    assert rendered(tmp_path)["dbname"] == "<schema>"


def test_a_server_without_passwords_gets_the_word_that_dbt_insists_on(tmp_path):
    bare = Database({"host": "/run/postgres", "dbname": "agency", "user": "ada"}, is_embedded=True)
    write_profiles(bare, "ledger", tmp_path)
    found = rendered(tmp_path)
    assert (found["host"], found["port"], found["password"]) == ("/run/postgres", 5432, "none")


def test_prod_comes_from_the_environment_alone(tmp_path):
    write_profiles(database(), "books", tmp_path)
    outputs = (tmp_path / "profiles.yml").read_text().partition("    prod:")[2]
    assert not re.search("secret|agency|6543|books|ada\\b|db\\.example", outputs)
    assert rendered(tmp_path, "prod")["host"] == ""
    found = rendered(
        tmp_path,
        "prod",
        LEDGER_PROD_HOST="prod.example",
        LEDGER_PROD_USER="builder",
        DBT_ENV_SECRET_LEDGER_PROD_PASSWORD="{{ hidden }}",  # noqa: S106
    )
    assert (found["host"], found["user"]) == ("prod.example", "builder")
    assert (found["password"], found["sslmode"]) == ("{{ hidden }}", "require")


def test_an_untouched_file_follows_the_database(tmp_path):
    assert write_profiles(database(), "ledger", tmp_path) is ProfileState.WRITTEN
    assert write_profiles(database(), "ledger", tmp_path) is ProfileState.CURRENT
    assert write_profiles(database(host="new.example"), "ledger", tmp_path) is ProfileState.WRITTEN
    assert rendered(tmp_path)["host"] == "new.example"


def changed(folder: Path, old: str = "threads: 4", new: str = "threads: 2") -> str:
    """The text of a file that a person changed."""
    path = folder / "profiles.yml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    return path.read_text()


@pytest.mark.parametrize(
    ("other", "schema", "state"),
    [
        ({"password": "new"}, "ledger", ProfileState.YOURS),
        ({"host": "new.example"}, "ledger", ProfileState.ELSEWHERE),
        ({"port": "5432"}, "ledger", ProfileState.ELSEWHERE),
        ({"dbname": "other"}, "ledger", ProfileState.ELSEWHERE),
        ({}, "books", ProfileState.ELSEWHERE),
    ],
    ids=str,
)
def test_a_file_of_yours_is_left_alone_and_told_if_it_names_another_place(
    tmp_path, other, schema, state
):
    write_profiles(database(), "ledger", tmp_path)
    text = changed(tmp_path)
    assert write_profiles(database(**other), schema, tmp_path) is state
    assert (tmp_path / "profiles.yml").read_text() == text


def test_a_change_of_one_blank_makes_it_yours(tmp_path):
    write_profiles(database(), "ledger", tmp_path)
    changed(tmp_path, "threads: 4\n", "threads: 4 \n")
    assert write_profiles(database(dbname="other"), "ledger", tmp_path) is ProfileState.ELSEWHERE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "text",
        "a: [",
        "playlist_ledger:",
        "playlist_ledger: {target: dev, outputs: {dev: text}}",
        "playlist_ledger: {target: [dev], outputs: {}}",
        "playlist_ledger: {target: dev, outputs: [dev]}",
        "another: {target: dev, outputs: {dev: {host: db.example}}}",
    ],
)
def test_a_file_that_says_nothing_of_the_database_is_elsewhere(tmp_path, text):
    (tmp_path / "profiles.yml").write_text(text)
    assert write_profiles(database(), "ledger", tmp_path) is ProfileState.ELSEWHERE
    assert (tmp_path / "profiles.yml").read_text() == text


def test_a_hand_written_file_may_use_another_spelling(tmp_path):
    (tmp_path / "profiles.yml").write_text(
        "playlist_ledger:\n  target: mine\n  outputs:\n    mine: {type: postgres, "
        "host: db.example, port: '6543', user: bo, database: agency, schema: ledger}\n"
    )
    assert write_profiles(database(), "ledger", tmp_path) is ProfileState.YOURS
