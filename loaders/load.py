"""Load what is new: files in, append-only staging tables out.

    exports, scraped files, roster results ──► not loaded before ──► pipeline ──► staging schemas
                                                        names of all files ──► pairs that are alike

A second run loads what it has not seen: a file is recognised by the SHA-256 of its bytes, whatever
its name. Everything is inspected before anything is written. A run that is killed leaves rows that
no finished load names: staging models do not see them, and the next run loads those files again.
"""

import logging
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from psycopg2.extensions import connection

from loaders.database import Database
from loaders.date_orders import record_date_orders
from loaders.export_order import NO_OVERRIDES, LoadOverrides, order_exports
from loaders.file_reader import ReadResult
from loaders.files.rejected_record import RejectedRecord, postgres_text
from loaders.locks import require_load_lock
from loaders.name_pairs.refresh import refresh_pairs
from loaders.progress import Progress
from loaders.source_file import ExportFile, SourceFile
from loaders.staging import (
    analyze,
    held_files,
    incomplete_datasets,
    known_exports,
    typed_orders,
)
from loaders.worker import Task, run_tasks

KEPT_SECONDS = 24 * 60 * 60  # what a killed load left here may belong to one that still runs
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Selection:
    """Files sorted into `new` ones, in the order of loading, and those that staging holds already.

    `held` are the SHA-256 of all that it holds once the new ones are loaded.
    """

    new: list[SourceFile]
    known: list[SourceFile]
    held: set[str]


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What a load did: the files it brought, what was read of each by SHA-256, and those that were
    there before.

    `load_ids` are dlt's keys, `uncompared` the kinds with too many names to look for pairs, `told`
    the exports for which a person named another order of day and month than before.
    """

    loaded: list[SourceFile] = field(default_factory=list)
    known: list[SourceFile] = field(default_factory=list)
    read: dict[str, ReadResult] = field(default_factory=dict)
    load_ids: list[str] = field(default_factory=list)
    uncompared: tuple[str, ...] = ()
    told: list[ExportFile] = field(default_factory=list)

    def count(self, kind: str) -> Counter[str]:
        """Files, records and rejected records of one kind that this load brought."""
        read = [self.read[file.sha256] for file in self.loaded if file.kind == kind]
        return Counter(
            files=len(read),
            records=sum(each.records for each in read),
            rejected=sum(len(each.rejected) for each in read),
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

    def rejected(self) -> Iterator[tuple[SourceFile, RejectedRecord]]:
        """Every rejected record with its file, in the order of loading."""
        for file in self.loaded:
            for record in self.read[file.sha256].rejected:
                yield file, record

    def names(self) -> list[dict[str, str]]:
        """The files that this load brought, {sha256, name, kind}: names only, no folders."""
        return [
            {"sha256": file.sha256, "name": postgres_text(file.path.name), "kind": file.kind}
            for file in self.loaded
        ]


def load(
    files: list[SourceFile],
    database: Database,
    home: Path,
    progress: Progress,
    allowed: LoadOverrides = NO_OVERRIDES,
    meanwhile: Callable[[], None] | None = None,
) -> LoadResult:
    """Load the files that are not in staging yet; do something else meanwhile, if there are any.

    Raises UserError when another load runs, an export may not follow those that are loaded, a file
    cannot be read or the database stops half-way; then nothing of the dataset that was being
    loaded counts.
    """
    with database.connect() as conn:
        require_load_lock(conn)
        clear_leftovers(home / "dlt")
        selection = select_new(conn, files, allowed)
        datasets = {file.dataset for file in selection.new} | incomplete_datasets(conn)
        conn.commit()  # the lock stays; an open transaction would be in the way of others
        tasks = [
            Task(dataset, [file for file in selection.new if file.dataset == dataset])
            for dataset in sorted(datasets)
        ]
        tasks.sort(key=lambda task: not task.files)  # dlt is imported while files are read
        done = run_tasks(tasks, database, home, progress, meanwhile)
        with ThreadPoolExecutor(1) as beside:
            counting = beside.submit(_analyze, database, tasks)
            uncompared = refresh_pairs(conn, selection.held, done.names) or ()
            counting.result()
        told = record_date_orders(conn, files, typed_orders(conn))
    return LoadResult(selection.new, selection.known, done.read, done.load_ids, uncompared, told)


def _analyze(database: Database, tasks: list[Task]) -> None:
    with database.connect() as conn:
        for task in tasks:
            analyze(conn, task.dataset, task.dataset)


def select_new(conn: connection, files: list[SourceFile], allowed: LoadOverrides) -> Selection:
    """Which of these files staging lacks; UserError when an export may not follow loaded ones."""
    held, new, known = held_files(conn), [], []
    for file in files:
        is_known = file.sha256 in held
        (known if is_known else new).append(file)
        held.add(file.sha256)
        if is_known:
            log.debug("passed over %s: its content is loaded already", file.path)
    exports = [file for file in new if isinstance(file, ExportFile)]
    others = [file for file in new if not isinstance(file, ExportFile)]
    return Selection(order_exports(exports, known_exports(conn), allowed) + others, known, held)


def clear_leftovers(place: Path) -> None:
    """Remove what killed loads left here a day ago; what is younger may be one that runs."""
    for folder in place.glob("*"):
        if folder.stat().st_mtime < time.time() - KEPT_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
