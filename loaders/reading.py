"""Read the files of one dataset while dlt gets ready to load them.

SourceFile ... ──► read_file() ──► CSV files, the list of files, results, names
"""

import csv
import uuid
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor, wait
from datetime import UTC, datetime
from pathlib import Path

from loaders.file_reader import ReadResult, files_row, read_file
from loaders.files.staging_schema import STAGING
from loaders.name_pairs.found_names import FoundNames
from loaders.progress import Progress
from loaders.source_file import SourceFile

# As dlt has them of plain records, which it reads one by one: 20,000 take a second.
DLT_COLUMNS = {
    "_dlt_load_id": {"data_type": "text", "nullable": False},
    "_dlt_id": {"data_type": "text", "nullable": False, "unique": True, "row_key": True},
}


class Reading:
    """Reads all files in a thread.

    `read` is what was read of each file by SHA-256, `names` are those found in them. The list of
    files has the load's id, which tells a finished load from one that was killed.
    """

    def __init__(
        self,
        dataset: str,
        files: list[SourceFile],
        folder: Path,
        progress: Progress,
        beside: Executor,
    ) -> None:
        self.dataset, self.names = dataset, FoundNames()
        self.read: dict[str, ReadResult] = {}
        self._files, self._folder, self._progress = files, folder, progress
        self._listed: list[tuple[object, ...]] = []
        self._is_stopped = False
        self._paths = beside.submit(self._read_files)

    def wait(self) -> None:
        """Wait until all files are read, or one could not be."""
        wait([self._paths])

    def stop(self) -> None:
        """Read no further: nobody waits for it."""
        self._is_stopped = True

    def items(self, table: str) -> Iterator[object]:
        """What dlt takes for a table, CSV files. Raises what the reading did."""
        import dlt

        paths = self._paths.result()[table]
        if table == "files":
            paths = [self._write_list(dlt.current.load_package_state()["load_id"])]
        yield from (dlt.mark.with_file_import(str(path), "csv") for path in paths)

    def _write_list(self, load_id: str) -> Path:
        path = self._folder / "files.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([*STAGING[self.dataset]["files"], *DLT_COLUMNS])
            writer.writerows((*row, load_id, uuid.uuid4().hex) for row in self._listed)
        return path

    def _read_files(self) -> dict[str, list[Path]]:
        from loaders.files.csv_parts import CsvParts

        run_key = uuid.uuid4().hex
        parts = CsvParts(self.dataset, self._folder)
        for file in self._files:
            origin, results = (file.sha256, run_key), []
            self.names.files.add(file.sha256)
            for batch in read_file(file):
                if self._is_stopped:
                    raise CancelledError
                batch.add_names(self.names)
                for table, rows in batch.rows.items():
                    parts.add(table, origin, rows)
                    self._progress.advance(records=len(rows))
                results.append(batch.result)
            result = self.read[file.sha256] = ReadResult.total(results)
            parts.add("rejected_records", origin, [each.as_row() for each in result.rejected])
            self._listed.append((*origin, *files_row(file, result), datetime.now(UTC)))
            self._progress.advance(files=1)
        return parts.finish()
