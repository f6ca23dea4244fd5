"""Where the loaded files were, so that `playledger verify` can count them again.

    load ──► PLAYLEDGER_HOME/files.json (SHA-256 → kind, path) ──► verify

Only an aid: a file that has moved or changed since is simply not found.
"""

from __future__ import annotations

from pathlib import Path

import orjson
from psycopg2.extensions import connection

from loaders.errors import UserError
from loaders.inputs import SourceFile, inspect_file


def remember(files: list[SourceFile], home: Path) -> None:
    """Note where these files are; what was noted before stays."""
    notes = _read(home)
    notes.update({file.sha256: [file.kind, str(file.path.resolve())] for file in files})
    unfinished = home / "files.json.new"
    unfinished.write_bytes(orjson.dumps(notes))
    unfinished.replace(home / "files.json")


def recall(opened: connection, home: Path) -> tuple[list[SourceFile], int]:
    """The files that this database holds and that are still where they were, in the order of
    loading, and how many are not.
    """
    notes = _read(home)
    found: list[SourceFile] = []
    lost = 0
    with opened.cursor() as cursor:
        cursor.execute(
            "select file_sha256 from staging_airtable.files order by loaded_at, file_sha256"
        )
        loaded = [sha256 for (sha256,) in cursor]
        cursor.execute(
            "select file_sha256 from staging_spotify.files order by loaded_at, file_sha256"
        )
        loaded += [sha256 for (sha256,) in cursor]
    for sha256 in loaded:
        kind, path = notes.get(sha256, (None, None))
        file = _look(Path(path), kind) if path else None
        if file and file.sha256 == sha256:
            found.append(file)
        else:
            lost += 1
    return found, lost


def _look(path: Path, kind: str) -> SourceFile | None:
    try:
        return inspect_file(path, kind)
    except UserError:
        return None


def _read(home: Path) -> dict[str, list[str]]:
    try:
        return orjson.loads((home / "files.json").read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return {}
