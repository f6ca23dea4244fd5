"""A profile of dbt's for one run: the ledger's candidate, or its live tables without rows.

Database, schema ──► write_profile() ──► profiles.yml (0600, in a folder that is removed)
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from loaders.database import Database

THREADS = 2


def write_profile(folder: Path, database: Database, schema: str, target: str) -> None:
    """Write a profile with one target, readable by its owner alone: it may hold a password."""
    known = database.parameters
    output = {
        "type": "postgres",
        "host": known.get("host", "localhost"),
        "port": int(known.get("port", 5432)),
        "user": known.get("user", ""),
        # Between these words dbt takes a password as it is; it insists on one.
        "password": "{% raw %}" + known.get("password", "none") + "{% endraw %}",
        "dbname": known["dbname"],
        "sslmode": known.get("sslmode", "prefer"),
        "schema": schema,
        "threads": THREADS,
    }
    for name in ("sslrootcert", "sslcert", "sslkey"):
        if name in known:
            output[name] = known[name]
    profile = {"playlist_ledger": {"target": target, "outputs": {target: output}}}
    place = os.open(folder / "profiles.yml", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(place, "w") as file:
        yaml.safe_dump(profile, file)
