"""A profile of dbt's for one run: the ledger's candidate, or its live tables without rows.

Database, schema ──► write_profile() ──► profiles.yml (0600, in a folder that is removed)
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from loaders.atomic_files import write_whole

if TYPE_CHECKING:
    from loaders.database import Database

THREADS = 2


def write_profile(folder: Path, database: Database, schema: str, target: str) -> None:
    """Write a profile with one target, readable by its owner alone: it may hold a password."""
    known = database.full_parameters
    output = {
        "type": "postgres",
        **{name: known[name] for name in ("host", "user", "dbname", "sslmode")},
        "port": int(known["port"]),
        # Between these words dbt takes a password as it is.
        "password": "{% raw %}" + known["password"] + "{% endraw %}",
        "schema": schema,
        "threads": THREADS,
    }
    for name in ("sslrootcert", "sslcert", "sslkey"):
        if name in known:
            output[name] = known[name]
    profile = {"playlist_ledger": {"target": target, "outputs": {target: output}}}
    write_whole(folder / "profiles.yml", yaml.safe_dump(profile).encode(), is_private=True)
