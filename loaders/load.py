"""Load what is new: files in, append-only staging tables out.

    exports, scraped files, roster results ──► not loaded before ──► pipeline ──► staging schemas
                                                        names of all files ──► pairs that are alike

A second run loads what it has not seen: a file is known by the SHA-256 of its bytes, whatever its
name. Everything is looked at before anything is written. A run that is killed leaves rows that no
finished load names: staging models do not see them, and the next run loads those files again.
"""

from __future__ import annotations

import shutil
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from loaders.export_order import LoadOverrides, arrange, known_exports
from loaders.file_index import finished_files
from loaders.files.arrow_batches import storable
from loaders.files.staging_schema import STAGING
from loaders.locks import require_load_lock
from loaders.name_pairs.refresh import refresh_pairs
from loaders.worker import Task, run_all

if TYPE_CHECKING:
    from collections.abc import Callable

    from psycopg2.extensions import connection

    from loaders.database import Database
    from loaders.progress import Progress
    from loaders.source_file import SourceFile

NOTHING_ODD = LoadOverrides()
LEFT_FOR = 24 * 60 * 60  # seconds


@dataclass(slots=True)
class LoadResult:
    """What a load did: the files it brought, and those that were there before.

    `uncompared` says of which kinds there are too many names to look for pairs that are alike,
    `load_ids` holds dlt's keys of what it wrote.
    """

    loaded: list[SourceFile] = field(default_factory=list)
    known: list[SourceFile] = field(default_factory=list)
    uncompared: tuple[str, ...] = ()
    load_ids: list[str] = field(default_factory=list)

    def count(self, kind: str) -> Counter[str]:
        """Files, records and rejected records of one kind that this load brought."""
        files = [file for file in self.loaded if file.kind == kind]
        return Counter(
            files=len(files),
            records=sum(file.records for file in files),
            rejected=sum(len(file.rejected) for file in files),
            known=sum(file.kind == kind for file in self.known),
        )

    def totals(self) -> dict[str, int]:
        """Files, and what they held, by what it is called in the run log."""
        kinds = {"rows": "export", "playlist_rows": "scrape", "songs": "roster"}
        found = {name: self.count(kind) for name, kind in kinds.items()}
        return {
            "files": len(self.loaded),
            "known": len(self.known),
            **{name: counts["records"] for name, counts in found.items()},
            "rejected": sum(counts["rejected"] for counts in found.values()),
        }

    def names(self) -> list[dict[str, str]]:
        """The files that this load brought, {sha256, name, kind}: names only, no folders."""
        return [
            {"sha256": file.sha256, "name": storable(file.path.name), "kind": file.kind}
            for file in self.loaded
        ]


def load(
    files: list[SourceFile],
    database: Database,
    home: Path,
    progress: Progress,
    allowed: LoadOverrides = NOTHING_ODD,
    meanwhile: Callable[[], None] | None = None,
) -> LoadResult:
    """Load the files that are not in staging yet; do something else meanwhile, if there are any.

    Raises UserError when another load runs, an export may not follow those that are loaded, a file
    cannot be read or the database stops half-way; then nothing of the dataset that was being
    loaded counts.
    """
    with database.connect() as held:
        require_load_lock(held)
        clear_leftovers(home / "dlt")
        result, known = what_is_new(held, files, allowed)
        wanting = {file.dataset for file in result.loaded} | lacking(held)
        held.commit()  # the lock stays; an open transaction would be in the way of others
        tasks = [
            Task(dataset, [file for file in result.loaded if file.dataset == dataset])
            for dataset in sorted(wanting)
        ]
        result.load_ids = run_all(tasks, database, home, progress, meanwhile)
        for task in tasks:
            analyze(held, task.dataset, task.dataset)
        result.uncompared = refresh_pairs(held, known) or ()
    return result


def what_is_new(
    held: connection, files: list[SourceFile], allowed: LoadOverrides
) -> tuple[LoadResult, set[str]]:
    """These files apart, as new ones in the order of loading and those that staging holds, and the
    SHA-256 of every file that staging holds then.
    """
    result = LoadResult()
    present = _columns(held)
    known = {
        sha256
        for dataset, columns in present.items()
        if _has_files(columns)
        for sha256 in finished_files(held, dataset)
    }
    for file in files:
        is_known = file.sha256 in known
        (result.known if is_known else result.loaded).append(file)
        known.add(file.sha256)
    exports = [file for file in result.loaded if file.kind == "export"]
    can_tell = ("files", "coverage") in present["staging_airtable"]
    before = known_exports(held) if can_tell else []
    others = [file for file in result.loaded if file.kind != "export"]
    result.loaded = arrange(exports, before, allowed) + others
    return result, known


def lacking(held: connection) -> set[str]:
    """The datasets whose tables or columns staging does not have yet."""
    return {name for name, columns in _columns(held).items() if not _is_whole(name, columns)}


def analyze(held: connection, dataset: str, schema: str) -> None:
    """Let PostgreSQL count the new rows now: the models ask for them next."""
    with held.cursor() as cursor:
        for table in STAGING[dataset]:
            cursor.execute(f"analyze {schema}.{table}")
    held.commit()


def _columns(conn: connection) -> dict[str, set[tuple[str, str]]]:
    """(table, column) of what each staging schema has."""
    present: dict[str, set[tuple[str, str]]] = {dataset: set() for dataset in STAGING}
    with conn.cursor() as cursor:
        cursor.execute(
            "select table_schema, table_name, column_name from information_schema.columns "
            "where table_schema = any(%s)",
            [list(STAGING)],
        )
        for dataset, table, column in cursor:
            present[dataset].add((table, column))
    return present


def _has_files(columns: set[tuple[str, str]]) -> bool:
    """Whether a staging schema can say which files it holds."""
    return {("files", "file_sha256"), ("_dlt_loads", "status")} <= columns


def _is_whole(dataset: str, columns: set[tuple[str, str]]) -> bool:
    """Whether a staging schema has every table and column; dlt adds what an older version lacks."""
    needed = {(table, column) for table, names in STAGING[dataset].items() for column in names}
    return needed <= columns and _has_files(columns)


def clear_leftovers(place: Path) -> None:
    """Remove what loads that were killed left here; one that may still run is left alone."""
    for folder in place.glob("*"):
        if folder.stat().st_mtime < time.time() - LEFT_FOR:
            shutil.rmtree(folder, ignore_errors=True)
