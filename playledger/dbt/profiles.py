"""dbt's profiles: `profiles.yml` of the project, and one with a single target for a run.

    profiles.yml.example + Database ──► write_profiles() ──► profiles.yml, for a plain `dbt build`
    Database, schema, target ──► write_run_profile() ──► profiles.yml in a temporary folder

Both may hold a password: git ignores them and only their owner can read them. The first line of
the project's file holds a fingerprint of the rest. While that matches, nobody has edited the file
and it is rewritten; otherwise it is left alone.
"""

import hashlib
import logging
import re
from enum import Enum
from pathlib import Path

import orjson
import yaml

from loaders.atomic_files import write_whole
from loaders.database import Database
from loaders.errors import UserError
from loaders.settings import find_project

logger = logging.getLogger(__name__)

MARK = "# Written by playledger; change it and it is yours. Fingerprint: "
PROFILE = "playlist_ledger"
THREADS = 2  # dbt's own work runs on one core
CERTIFICATES = ("sslrootcert", "sslcert", "sslkey")  # the same names in libpq and dbt


class ProfileState(Enum):
    """What became of `profiles.yml`."""

    WRITTEN = "written"
    CURRENT = "current"
    YOURS = "yours"  # edited by a person, and it names this database
    ELSEWHERE = "elsewhere"  # edited by a person, and it names another database


def write_profiles(database: Database, schema: str, folder: Path | None = None) -> ProfileState:
    """Write the `profiles.yml` of a folder, the project's unless given; what was done.

    One that a person has edited is left alone. Raises UserError when it cannot be written.
    """
    project = find_project()
    path = (folder or project) / "profiles.yml"
    template = (project / "profiles.yml.example").read_text()
    content = _marked(_fill_in(template, _connection(database, schema)))
    present = path.read_text() if path.exists() else None
    if present == content:
        return ProfileState.CURRENT
    if present is None or present == _marked(present.partition("\n")[2]):
        try:
            write_whole(path, content.encode(), is_private=True)
        except OSError as error:
            raise UserError(f"{path} cannot be written: {error.strerror}.") from None
        return ProfileState.WRITTEN
    is_same = _names_database(present, database, schema)
    state = ProfileState.YOURS if is_same else ProfileState.ELSEWHERE
    logger.info("%s was edited and is left alone: %s", path, state.value)
    return state


def write_run_profile(folder: Path, database: Database, schema: str, target: str) -> None:
    """Write a `profiles.yml` with one target, for a run that removes the folder afterwards."""
    known = database.parameters
    output = {
        "type": "postgres",
        **_connection(database, schema),
        **{name: known[name] for name in CERTIFICATES if name in known},
        "threads": THREADS,
    }
    profile = {PROFILE: {"target": target, "outputs": {target: output}}}
    write_whole(folder / "profiles.yml", yaml.safe_dump(profile).encode(), is_private=True)


def _connection(database: Database, schema: str) -> dict[str, str | int]:
    """dbt's words for a connection, from libpq's parameters."""
    known = database.full_parameters
    return {
        **{name: known[name] for name in ("host", "user", "dbname", "sslmode")},
        "port": int(known["port"]),
        # Between these words dbt takes a password as it is.
        "password": "{% raw %}" + known["password"] + "{% endraw %}",
        "schema": schema,
    }


def _fill_in(template: str, values: dict[str, str | int]) -> str:
    """The template with values as JSON, which is YAML too, in place of <...>."""
    # In one pass: a value may itself look like a placeholder.
    return re.sub(r"<(\w+)>", lambda name: orjson.dumps(values[name[1]]).decode(), template)


def _marked(text: str) -> str:
    return f"{MARK}{hashlib.sha256(text.encode()).hexdigest()[:16]}\n{text}"


def _names_database(text: str, database: Database, schema: str) -> bool:
    """Whether the default target of a person's profile is this database and schema."""
    try:
        profile = yaml.safe_load(text)[PROFILE]
        output = dict(profile["outputs"][profile["target"]])
    except (yaml.YAMLError, KeyError, TypeError, ValueError):
        return False
    output.setdefault("dbname", output.get("database"))
    output.setdefault("port", 5432)
    wanted = _connection(database, schema)
    return all(
        str(output.get(name)) == str(wanted[name]) for name in ("host", "port", "dbname", "schema")
    )
