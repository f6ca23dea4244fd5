"""Where the loaded files are: to count them again, or to make another database of them.

    load ──► PLAYLEDGER_HOME/files.json (SHA-256 → kind, path, encoding if a person named it)
    staging, files.json ──► locate_loaded_files() ──► LoadedFile ...
                        ──► loaded_files() ──► SourceFile ..., or UserError

The index is an aid: a file that has moved or changed since counts as missing. Of the scraper's
results, size and time of change are kept too, so that a load need not read them again.
"""

import hashlib
import json
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from psycopg2.extensions import connection

from loaders.atomic_files import write_whole
from loaders.database import open_database
from loaders.errors import UserError
from loaders.files.last_modified import Order
from loaders.files.staging_schema import STAGING
from loaders.settings import Settings
from loaders.source_file import ExportFile, Kind, SourceFile, inspect_file
from loaders.staging import export_coverage, finished_files, typed_orders

FileStamp = tuple[str, int, int]  # path, size in bytes, time of change in ns
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """A loaded file that is where it was; of an export also what a person told: its encoding by
    Python's name, and its order of day and month.
    """

    path: Path
    kind: Kind
    sha256: str
    told_encoding: str | None = None
    date_order: Order | None = None


def index_files(files: list[SourceFile], home: Path) -> None:
    """Write down where these files are; what was written before stays."""
    index = _read(home)
    folders = {parent: parent.resolve() for parent in {file.path.parent for file in files}}
    new = {file.sha256: _entry(file, folders) for file in files}
    if new.items() <= index.items():
        return
    content = json.dumps({**index, **new})  # in ASCII: a path need not be Unicode
    write_whole(home / "files.json", content.encode())


def indexed_results(home: Path) -> dict[FileStamp, str]:
    """The SHA-256 of the scraper's results, by what is seen of them without reading."""
    return {tuple(entry[1:]): sha256 for sha256, entry in _read(home).items() if len(entry) == 4}


def indexed_files(home: Path) -> set[str]:
    """The SHA-256 of every file that was written down."""
    return set(_read(home))


def indexed_below(home: Path, folder: Path) -> set[str]:
    """The SHA-256 of the files that were written down in a folder or below it."""
    start = f"{folder}{os.sep}"
    return {sha256 for sha256, entry in _read(home).items() if entry[1].startswith(start)}


def hash_file(path: Path) -> str:
    """The SHA-256 of a file's content; OSError when it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def locate_loaded_files(
    conn: connection, home: Path, sha256_of: Callable[[Path], str] = hash_file
) -> tuple[list[LoadedFile], int]:
    """The files that a database holds and that are still where they were, and how many are not.

    They come by dataset, in the order of loading. `sha256_of` may know a file without reading it.
    """
    index, orders = _read(home), typed_orders(conn)
    held = [sha256 for dataset in STAGING for sha256 in finished_files(conn, dataset)]
    found = [_locate(sha256, index.get(sha256), sha256_of) for sha256 in held]
    told = [replace(file, date_order=orders.get(file.sha256)) for file in found if file]
    return told, found.count(None)


def loaded_files(settings: Settings) -> list[SourceFile]:
    """Every file that the ledger of these settings holds, each export as full list or view, as it
    was loaded; UserError when there is none, or one is missing.
    """
    with open_database(settings).connect() as conn:
        files, missing = locate_loaded_files(conn, settings.home)
        if not files and not missing:
            raise UserError("Nothing is loaded here yet. Run `make sync CSV=...` first.")
        coverage = export_coverage(conn)
    if missing:
        raise UserError(
            f"{missing} of the files that are loaded here are not where they were, or have changed."
            " Put them back, or name the files with --csv, --scraped and --roster."
        )
    return [_described(file, coverage) for file in files]


def _described(file: LoadedFile, coverage: dict[str, bool]) -> SourceFile:
    found = inspect_file(file.path, file.kind, file.told_encoding)
    if not isinstance(found, ExportFile):
        return found
    is_full = coverage.get(file.sha256, found.is_full)
    return replace(found, is_full=is_full, date_order=file.date_order)


def _entry(file: SourceFile, folders: dict[Path, Path]) -> list[str | int]:
    """The entry of a file; its folder is resolved already, as 20,000 files are in one."""
    if file.modified_ns is None:
        told = file.told_encoding if isinstance(file, ExportFile) else None
        path = file.path
        path = path.resolve() if path.is_symlink() else folders[path.parent] / path.name
        return [file.kind, str(path), *([told] if told else [])]
    return [file.kind, str(file.path), file.size, file.modified_ns]


def _locate(sha256: str, entry: list | None, sha256_of: Callable[[Path], str]) -> LoadedFile | None:
    if entry is None:
        log.info("a loaded file is not in the index: %s", sha256)
        return None
    kind, path, *more = entry
    try:
        is_same = sha256_of(Path(path)) == sha256
    except OSError as error:
        log.info("a loaded file is missing: %s", error)
        return None
    if is_same:
        return LoadedFile(Path(path), kind, sha256, more[0] if len(more) == 1 else None)
    log.info("a loaded file has changed since: %s", path)
    return None


def _read(home: Path) -> dict[str, list]:
    try:
        index = json.loads((home / "files.json").read_bytes())
    except (OSError, ValueError):
        return {}
    is_index = isinstance(index, dict) and all(map(_is_entry, index.values()))
    return index if is_index else {}


def _is_entry(entry: object) -> bool:
    return isinstance(entry, list) and len(entry) in (2, 3, 4) and isinstance(entry[1], str)
