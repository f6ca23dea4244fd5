"""The one dlt pipeline: the files of one dataset into its staging tables.

    SourceFile ... ──► Reading ──► CSV files ──► dlt ──► staging_airtable or staging_spotify

A second run appends again: that a file is loaded once is `loaders.load`'s business. A run that is
killed leaves rows that no finished load names.
"""

import logging
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from loaders.database import Database
from loaders.errors import UserError
from loaders.file_reader import ReadResult
from loaders.files.staging_schema import STAGING
from loaders.name_pairs.found_names import FoundNames
from loaders.progress import Progress
from loaders.reading import DLT_COLUMNS, Reading
from loaders.settings import set_environment
from loaders.source_file import SourceFile
from loaders.text import first_line

DLT_SETTINGS = {
    "RUNTIME__DLTHUB_TELEMETRY": "false",
    "RUNTIME__LOG_LEVEL": "CRITICAL",
    # Compressing the files on their way to COPY takes four times the time of the whole load.
    "NORMALIZE__DATA_WRITER__DISABLE_COMPRESSION": "true",
    "DATA_WRITER__DISABLE_COMPRESSION": "true",
    # Each part that is copied has a connection of its own; dlt's 20 at once are no faster than 4.
    "LOAD__WORKERS": "4",
}
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PipelineResult:
    """What was loaded: dlt's keys (`_dlt_load_id`), what was read of each file by SHA-256, and the
    names in them.
    """

    load_ids: list[str] = field(default_factory=list)
    read: dict[str, ReadResult] = field(default_factory=dict)
    names: FoundNames = field(default_factory=FoundNames)

    def merge(self, other: Self) -> None:
        """Add what another run loaded."""
        self.load_ids.extend(other.load_ids)
        self.read.update(other.read)
        self.names.merge(other.names)


def run(
    dataset: str,
    files: list[SourceFile],
    database: Database,
    home: Path,
    progress: Progress,
    schema: str | None = None,
) -> PipelineResult:
    """Load these files into a dataset, or only make its tables when there are none.

    `schema` is another one than the dataset's own, for rows that do not count yet. Raises UserError
    when it stops half-way; then nothing of it counts.
    """
    # A folder of its own each time: what an interrupted run left pending is never loaded.
    (home / "dlt").mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=home / "dlt"))
    try:
        with ThreadPoolExecutor(1) as beside:  # dlt takes half a second to start
            reading = Reading(dataset, files, folder / "parts", progress, beside)
            try:
                load_ids = _run_dlt(reading, database, folder, schema or dataset)
            finally:
                reading.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    log.debug("%d files are in %s, by the loads %s", len(files), schema or dataset, load_ids)
    return PipelineResult(load_ids, reading.read, reading.names)


def _run_dlt(reading: Reading, database: Database, folder: Path, schema: str) -> list[str]:
    """Load what is read into a schema; dlt's keys of the loads. Raises UserError as `run` does."""
    set_environment(DLT_SETTINGS)
    import dlt
    from dlt.pipeline.exceptions import PipelineStepFailed

    try:
        pipeline = dlt.pipeline(
            "playledger",
            pipelines_dir=str(folder),
            destination=dlt.destinations.postgres(credentials=_credentials(database)),
            dataset_name=schema,
        )
        pipeline.config.restore_from_destination = False
        reading.wait()  # dlt looks for pandas, which must not be half imported by the other thread
        return pipeline.run(_source(reading), loader_file_format="csv").loads_ids
    except PipelineStepFailed as error:
        raise UserError(
            f"The load into {reading.dataset} stopped at dlt's step `{error.step}`: "
            f"{first_line(_root_cause(error))}\n"
            "Nothing of it counts. Mend the cause and run the same command again."
        ) from error


def _source(reading: Reading) -> object:
    """Every table of the dataset, empty ones too."""
    import dlt

    @dlt.source(name=reading.dataset, max_table_nesting=0)
    def source() -> Iterator[object]:
        for table, kinds in STAGING[reading.dataset].items():
            columns = {name: {"data_type": kind} for name, kind in kinds.items()}
            yield dlt.resource(
                reading.items(table),
                name=table,
                columns={**columns, **(DLT_COLUMNS if table == "files" else {})},
                write_disposition="append",
            )

    return source()


def _credentials(database: Database) -> str:
    """The database's address as dlt takes it; a socket's folder goes into the query."""
    from dlt.sources.credentials import ConnectionStringCredentials

    known = dict(database.full_parameters)
    host = known.pop("host")
    is_socket = host.startswith("/")
    address = {
        "drivername": "postgresql",
        "host": "localhost" if is_socket else host,
        "port": int(known.pop("port")),
        "username": known.pop("user"),
        "password": known.pop("password"),
        "database": known.pop("dbname"),
        "query": {**known, "host": host} if is_socket else known,
    }
    return ConnectionStringCredentials(address).to_native_representation()


def _root_cause(error: BaseException) -> BaseException:
    while error.__cause__ or error.__context__:
        error = error.__cause__ or error.__context__
    return error
