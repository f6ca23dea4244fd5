"""The one dlt pipeline: the files of one dataset into its staging tables.

    SourceFile ... ──► read() ──► Arrow pieces ──► dlt ──► staging_airtable or staging_spotify

A second run appends again: that a file is loaded once is `loaders.load`'s business. A run that is
killed leaves rows that no finished load names.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from loaders.errors import UserError
from loaders.files.arrow_batches import Pieces, schema_of
from loaders.files.staging_schema import STAGING

if TYPE_CHECKING:
    import pyarrow as pa

    from loaders.database import Database
    from loaders.progress import Progress
    from loaders.source_file import SourceFile

DLT_SETTINGS = {
    "RUNTIME__DLTHUB_TELEMETRY": "false",
    "RUNTIME__LOG_LEVEL": "CRITICAL",
    # Compressing the pieces on their way to COPY takes four times the time of the whole load.
    "NORMALIZE__DATA_WRITER__DISABLE_COMPRESSION": "true",
    "DATA_WRITER__DISABLE_COMPRESSION": "true",
}


def run(
    dataset: str,
    files: list[SourceFile],
    database: Database,
    home: Path,
    progress: Progress,
    schema: str | None = None,
) -> list[str]:
    """Load these files into a dataset, or only see to its tables when there are none.

    `schema` is another one than the dataset's own, for rows that do not count yet. The answer is
    dlt's keys of the load (`_dlt_load_id`). Raises UserError when it stops half-way; then nothing
    of it counts.
    """
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
            dataset_name=schema or dataset,
        )
        pipeline.config.restore_from_destination = False
        source = _source(dataset, _read(dataset, files, progress))
        return pipeline.run(source, loader_file_format="csv").loads_ids
    except PipelineStepFailed as error:
        raise UserError(
            f"The load into {dataset} stopped at dlt's step `{error.step}`: {_root_cause(error)}\n"
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
            empty = schema_of(dataset, table).empty_table()
            if table == "files":
                # Plain records, which dlt gives columns of its own that must not be null; Arrow
                # rows do not have them.
                empty = dlt.mark.materialize_table_schema()
            yield dlt.resource(
                [empty],
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
            pieces.add(table, origin, rows)
            progress.advance(records=len(rows))
            yield from mark(pieces.take())
        pieces.add("rejected_records", origin, [reject.as_row() for reject in file.rejected])
        row = (*origin, *file.describe(), datetime.now(UTC))
        read.append(dict(zip(STAGING[dataset]["files"], row, strict=True)))
        progress.advance(files=1)
    yield from mark(pieces.take(at_least=1))
    if read:
        yield dlt.mark.with_table_name(read, "files")


def _credentials(database: Database) -> str:
    """The database's address as dlt takes it; a socket's folder goes into the query."""
    from dlt.sources.credentials import ConnectionStringCredentials

    known = dict(database.full_parameters)
    host = known.pop("host")
    is_socket = host.startswith("/")
    credentials = ConnectionStringCredentials()
    credentials.drivername = "postgresql"
    credentials.host = "localhost" if is_socket else host
    credentials.port = int(known.pop("port"))
    credentials.username = known.pop("user")
    credentials.password = known.pop("password")
    credentials.database = known.pop("dbname")
    credentials.query = {**known, "host": host} if is_socket else known
    return credentials.to_native_representation()


def _root_cause(error: BaseException) -> str:
    while error.__cause__ or error.__context__:
        error = error.__cause__ or error.__context__
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
