"""Write dbt's `profiles.yml`, so that a plain `dbt build` meets the database that was loaded.

    profiles.yml.example + the database ──► profiles.yml (0600, not in git)

The first line of a written file holds a fingerprint of the rest. As long as it fits, nobody has
changed the file and it is written anew; otherwise it is left alone.
"""

from __future__ import annotations

import hashlib
import re
from enum import Enum
from pathlib import Path

import orjson

from loaders.atomic_files import write_whole
from loaders.database import Database
from loaders.settings import PROJECT

MARK = "# Written by playledger; change it and it is yours. Fingerprint: "


class ProfileState(Enum):
    """What became of `profiles.yml`."""

    WRITTEN = "written"
    CURRENT = "current"
    YOURS = "yours"  # changed by a person, and it names this database
    ELSEWHERE = "elsewhere"  # changed by a person, and it names another database


def write_profiles(database: Database, schema: str, folder: Path = PROJECT) -> ProfileState:
    """See to `profiles.yml` in a folder, the project's, and say what was done."""
    path = folder / "profiles.yml"
    wanted = _render((PROJECT / "profiles.yml.example").read_text(), database, schema)
    if not path.exists():
        write_whole(path, wanted.encode(), is_private=True)
        return ProfileState.WRITTEN
    present = path.read_text()
    if _is_untouched(present):
        if present == wanted:
            return ProfileState.CURRENT
        write_whole(path, wanted.encode(), is_private=True)
        return ProfileState.WRITTEN
    return ProfileState.YOURS if _names(present, database, schema) else ProfileState.ELSEWHERE


def _render(template: str, database: Database, schema: str) -> str:
    known = database.full_parameters
    values = {
        **{name: known[name] for name in ("host", "user", "dbname", "sslmode")},
        "port": int(known["port"]),
        "password": "{% raw %}" + known["password"] + "{% endraw %}",
        "schema": schema,
    }
    # In one pass: a value may itself look like a place for another.
    template = re.sub(r"<(\w+)>", lambda place: orjson.dumps(values[place[1]]).decode(), template)
    return f"{MARK}{_fingerprint(template)}\n{template}"


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _is_untouched(text: str) -> bool:
    first, _, rest = text.partition("\n")
    return first == MARK + _fingerprint(rest)


def _names(text: str, database: Database, schema: str) -> bool:
    """Whether a person's profile points at this database and schema."""
    import yaml

    try:
        profile = yaml.safe_load(text)["playlist_ledger"]
        target = dict(profile["outputs"][profile["target"]])
    except (yaml.YAMLError, KeyError, TypeError, ValueError):
        return False
    known = database.full_parameters
    return (
        str(target.get("host")) == known["host"]
        and str(target.get("port", 5432)) == known["port"]
        and str(target.get("dbname", target.get("database"))) == known["dbname"]
        and str(target.get("schema")) == schema
    )
