"""Where the loaded files were, so that `playledger verify` can count them again.

    load ──► PLAYLEDGER_HOME/files.json (SHA-256 → kind, path) ──► verify

Only an aid: a file that has moved or changed since is simply not found. Of the scraper's results,
size and time of change are noted too, so that a load need not read them again.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from psycopg2.extensions import connection

from loaders.errors import UserError
from loaders.files.staging_schema import STAGING
from loaders.source_file import SourceFile, inspect_file


def remember(files: list[SourceFile], home: Path) -> None:
    """Note where these files are; what was noted before stays."""
    notes = _read(home)
    new = {
        file.sha256: [file.kind, str(file.path), *file.stamp]
        if file.stamp
        else [file.kind, str(file.path.resolve())]
        for file in files
    }
    if new.items() <= notes.items():
        return
    notes.update(new)
    unfinished = home / "files.json.new"
    home.mkdir(parents=True, exist_ok=True)
    unfinished.write_text(json.dumps(notes))  # in ASCII: a path need not be Unicode
    unfinished.replace(home / "files.json")


def noted_contents(home: Path) -> dict[tuple[object, ...], str]:
    """The SHA-256 of files by (path, size, time of change in ns), where those were noted."""
    return {tuple(note[1:]): sha256 for sha256, note in _read(home).items() if len(note) == 4}


def noted_below(home: Path, folder: Path) -> set[str]:
    """The SHA-256 of the files that were noted in a folder, or in one of its own."""
    start = f"{folder}{os.sep}"
    return {sha256 for sha256, note in _read(home).items() if note[1].startswith(start)}


def recall(conn: connection, home: Path) -> tuple[list[SourceFile], int]:
    """The files that this database holds and that are still where they were, in the order of
    loading, and how many are not.
    """
    notes = _read(home)
    found: list[SourceFile] = []
    lost = 0
    for sha256 in [each for dataset in STAGING for each in finished_files(conn, dataset)]:
        kind, path, *_ = notes.get(sha256, (None, None))
        file = _look(Path(path), kind) if path else None
        if file and file.sha256 == sha256:
            found.append(file)
        else:
            lost += 1
    return found, lost


def finished_files(conn: connection, dataset: str) -> list[str]:
    """The SHA-256 of every file that a finished load brought, in the order of loading."""
    with conn.cursor() as cursor:
        cursor.execute(
            f"select files.file_sha256 from {dataset}.files as files "  # noqa: S608
            f"inner join {dataset}._dlt_loads as loads on loads.load_id = files._dlt_load_id "
            "where loads.status = 0 order by files.loaded_at, files.file_sha256"
        )
        return [sha256 for (sha256,) in cursor]


def _look(path: Path, kind: str) -> SourceFile | None:
    try:
        return inspect_file(path, kind)
    except UserError:
        return None


def _read(home: Path) -> dict[str, list]:
    try:
        notes = json.loads((home / "files.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return notes if isinstance(notes, dict) and all(map(_is_note, notes.values())) else {}


def _is_note(note: object) -> bool:
    return isinstance(note, list) and len(note) in (2, 4) and isinstance(note[1], str)
