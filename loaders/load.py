"""The one dlt pipeline: files in, append-only staging tables out.

    exports, scraped files, roster results ──► readers ──► dlt ──► staging_airtable, staging_spotify

A second run loads what it has not seen: a file is known by the SHA-256 of its bytes, whatever its
name. Everything is looked at before anything is written. A run that is killed leaves rows that no
finished load names: staging models do not see them, and the next run loads those files again.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from loaders.errors import UserError
from loaders.extract.tables import STAGING, Pieces

if TYPE_CHECKING:
    import pyarrow as pa
    from psycopg2.extensions import connection

    from loaders.database import Database
    from loaders.inputs import SourceFile
    from loaders.progress import Progress

LOCK = 6_521_908_511  # one load at a time per database: two would lose rows (dlt#4297)

DLT_SETTINGS = {
    "RUNTIME__DLTHUB_TELEMETRY": "false",
    "RUNTIME__LOG_LEVEL": "CRITICAL",
    # Compressing the pieces on their way to COPY takes four times the time of the whole load.
    "NORMALIZE__DATA_WRITER__DISABLE_COMPRESSION": "true",
    "DATA_WRITER__DISABLE_COMPRESSION": "true",
}


@dataclass(slots=True)
class LoadResult:
    """What a load did: the files it brought, and those that were there before."""

    loaded: list[SourceFile] = field(default_factory=list)
    known: list[SourceFile] = field(default_factory=list)

    def count(self, kind: str) -> Counter[str]:
        """Files, records and rejected records of one kind that this load brought."""
        files = [file for file in self.loaded if file.kind == kind]
        return Counter(
            files=len(files),
            records=sum(file.records for file in files),
            rejected=sum(len(file.rejected) for file in files),
            known=sum(file.kind == kind for file in self.known),
        )


def load(
    files: list[SourceFile], database: Database, home: Path, progress: Progress
) -> LoadResult:
    """Load the files that are not in staging yet.

    Raises UserError when another load runs or the database stops half-way; then nothing of this
    run counts.
    """
    result = LoadResult()
    with database.connect() as held:
        _lock(held)
        missing = _missing_datasets(held)
        known = _loaded_files(held, STAGING.keys() - missing)
        for file in files:
            is_known = file.sha256 in known
            (result.known if is_known else result.loaded).append(file)
            known.add(file.sha256)
        for dataset in sorted(missing | {file.dataset for file in result.loaded}):
            wanted = [file for file in result.loaded if file.dataset == dataset]
            _run(dataset, wanted, database, home, progress)
    return result


def _lock(held: connection) -> None:
    with held.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise UserError("Another load is running on this database. Try again when it is done.")


def _missing_datasets(opened: connection) -> set[str]:
    """Staging schemas that lack a table: dlt makes them even when there is no file for them."""
    with opened.cursor() as cursor:
        cursor.execute(
            "select table_schema, table_name from information_schema.tables "
            "where table_schema = any(%s)",
            [list(STAGING)],
        )
        present = set(cursor)
    return {
        dataset
        for dataset, tables in STAGING.items()
        if not {(dataset, table) for table in (*tables, "_dlt_loads")} <= present
    }


def _loaded_files(opened: connection, datasets: set[str]) -> set[str]:
    """The SHA-256 of every file that a finished load brought."""
    found: set[str] = set()
    with opened.cursor() as cursor:
        for dataset in datasets:
            cursor.execute(
                f"select files.file_sha256 from {dataset}.files as files "  # noqa: S608
                f"inner join {dataset}._dlt_loads as loads on loads.load_id = files._dlt_load_id "
                "where loads.status = 0"
            )
            found.update(sha256 for (sha256,) in cursor)
    return found


def _run(
    dataset: str, files: list[SourceFile], database: Database, home: Path, progress: Progress
) -> None:
    os.environ.update(DLT_SETTINGS)
    import dlt
    from dlt.pipeline.exceptions import PipelineStepFailed

    # A folder of its own each time: what an interrupted run left pending is never loaded.
    (home / "dlt").mkdir(parents=True, exist_ok=True)
    folder = tempfile.mkdtemp(dir=home / "dlt")
    try:
        pipeline = dlt.pipeline(
            "playledger",
            pipelines_dir=folder,
            destination=dlt.destinations.postgres(credentials=_credentials(database)),
            dataset_name=dataset,
        )
        pipeline.config.restore_from_destination = False
        source = _source(dataset, _read(dataset, files, progress))
        pipeline.run(source, loader_file_format="csv")
    except PipelineStepFailed as error:
        raise UserError(
            f"The load stopped at dlt's step `{error.step}`: {_root_cause(error)}\n"
            "Nothing of it counts. Mend the cause and run the same command again."
        ) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _source(dataset: str, pieces: Iterator[object]) -> object:
    """Every table of the dataset, empty ones too, and one pass over the files that fills them."""
    import dlt

    @dlt.source(name=dataset, max_table_nesting=0)
    def source() -> Iterator[object]:
        for table, columns in STAGING[dataset].items():
            yield dlt.resource(
                [dlt.mark.materialize_table_schema()],
                name=table,
                columns=[{"name": name, "data_type": kind} for name, kind in columns.items()],
                write_disposition="append",
            )
        yield dlt.resource(pieces, name="pieces")

    return source()


def _read(dataset: str, files: list[SourceFile], progress: Progress) -> Iterator[object]:
    """The records of every file as Arrow tables, each row with its file and this run's key.

    The list of files comes last and as plain records: dlt marks those with the load's id, by which
    a finished load is told from one that was killed.
    """
    import dlt

    def mark(taken: Iterator[tuple[str, pa.Table]]) -> Iterator[object]:
        for table, piece in taken:
            yield dlt.mark.with_table_name(piece, table)

    run_key = uuid.uuid4().hex
    pieces = Pieces(dataset)
    read: list[dict[str, object]] = []
    for file in files:
        origin = (file.sha256, run_key)
        for table, rows in file.read():
            pieces.add(table, [origin + row for row in rows])
            progress.advance(records=len(rows))
            yield from mark(pieces.take())
        pieces.add("rejected_records", [origin + reject.as_row() for reject in file.rejected])
        row = (*origin, *file.describe(), datetime.now(UTC))
        read.append(dict(zip(STAGING[dataset]["files"], row, strict=True)))
        progress.advance(files=1)
    yield from mark(pieces.take(at_least=1))
    if read:
        yield dlt.mark.with_table_name(read, "files")


def _credentials(database: Database) -> str:
    """libpq's parameters as dlt wants them: it insists on a host and a password."""
    from dlt.sources.credentials import ConnectionStringCredentials

    known = dict(database.parameters)
    host = known.pop("host", "localhost")
    credentials = ConnectionStringCredentials()
    credentials.drivername = "postgresql"
    credentials.host = "localhost" if host.startswith("/") else host
    credentials.port = int(known.pop("port", 5432))
    credentials.username = known.pop("user", os.environ.get("USER", "postgres"))
    credentials.password = known.pop("password", "") or "none"
    credentials.database = known.pop("dbname")
    credentials.query = {**known, **({"host": host} if host.startswith("/") else {})}
    return credentials.to_native_representation()


def _root_cause(error: BaseException) -> str:
    while error.__cause__ or error.__context__:
        error = error.__cause__ or error.__context__
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
