"""The files of a trial: the head of the newest export, and what was scraped for its campaigns.

    named files, files that are loaded here, the sample ──► whole_files() ──► Subset ──► cut files

Without a named export, it is one of those that are loaded here, else the sample's. Results of the
scraper are beside them, as in a load.
"""

import hashlib
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from rich.console import Console

from loaders.database import Database
from loaders.errors import UserError
from loaders.export_order import LoadOverrides, order_exports
from loaders.file_index import loaded_files
from loaders.files.csv_records import read_records
from loaders.files.export import ExportShape, read_export
from loaders.files.staging_schema import EXPORT_COLUMNS
from loaders.scrape_results import count_results, find_results
from loaders.settings import Settings
from loaders.source_file import ExportFile, SourceFile, describe_export
from loaders.text import plural
from playledger.sync.input_selection import make_sample_once, staged_files
from playledger.sync.trial.related_files import RelatedFiles


class Subset:
    """The first `count` campaigns of the newest export in `whole`, and the files related to them.

    Cut files are written to `folder`.
    """

    def __init__(self, whole: list[SourceFile], count: int, folder: Path) -> None:
        exports = [file for file in whole if isinstance(file, ExportFile)]
        ordered = order_exports(exports, [], LoadOverrides(older=True, shrink=True))
        newest = [file for file in ordered if file.is_full] or ordered
        self._head = cut_export(newest[-1], count, folder)
        self._related = RelatedFiles(self._head.campaigns, folder)
        scraped = [file for file in whole if file.kind != "export"]
        self.files = [self._head.file, *self._related.select(scraped)]

    def select(self, results: list[SourceFile]) -> list[SourceFile]:
        """The scraper's results that are related to the campaigns."""
        return self._related.select(results)

    @property
    def sha256(self) -> str:
        """Of the cut export."""
        return self._head.file.sha256

    @property
    def description(self) -> str:
        """Like `the first 10 campaigns of export.csv, with 3 scraped songs`."""
        count = len(self._head.campaigns)
        which = "all" if self._head.is_all else "the first"
        campaigns = plural(count, "campaign")
        scraped = count_results(self.files)
        related = f"with {scraped}" if scraped else "without any scraped file"
        return f"{which} {campaigns} of {self._head.file.path.name}, {related}"


def whole_files(
    named: list[SourceFile], database: Database, settings: Settings, console: Console
) -> list[SourceFile]:
    """The files that a run without --limit would be about, with at least one export.

    Raises UserError when a loaded file was not found, or there is no export.
    """
    files = list(named)
    if not any(file.kind == "export" for file in files):
        loaded = loaded_files(settings) if staged_files(database) else []
        if named:
            loaded = [file for file in loaded if file.kind == "export"]
        elif not loaded:
            loaded = make_sample_once(settings.home / "sample", console)
        files += loaded
    if not any(file.kind == "export" for file in files):
        raise UserError(
            "A trial takes the first campaigns of an export, and none is named or loaded here. "
            "Name one with --csv. Nothing was done."
        )
    given = {file.sha256 for file in files}
    return files + [file for file in find_results(settings.home) if file.sha256 not in given]


@dataclass(frozen=True, slots=True)
class ExportHead:
    """The first campaigns: a file, their cells by staging column, and whether these are all.

    A column that the export lacks is an empty cell.
    """

    file: ExportFile
    campaigns: list[dict[str, str]]
    is_all: bool


def cut_export(whole: ExportFile, count: int, folder: Path) -> ExportHead:
    """Write the first `count` campaigns of an export to a file of the same name in a folder.

    Rows are counted as a load reads them: a quoted cell with line breaks stays whole. Unreadable
    rows before the last campaign are kept, and rejected as in the whole export. The file keeps the
    encoding, delimiter and coverage that were found in the whole export.
    """
    shape = whole.shape
    every = chain.from_iterable(piece.rows for piece in read_export(shape))
    rows = list(islice(every, count + 1))
    is_all = len(rows) <= count
    size = whole.size if is_all else _size_until(shape, rows[count - 1][0])
    with whole.path.open("rb") as file:
        content = file.read(size)
    cut = folder / whole.path.name
    cut.write_bytes(content)
    sha256, lines = hashlib.sha256(content).hexdigest(), content.count(b"\n")
    encoding = replace(shape.encoding, sha256=sha256, size=len(content), lines=lines)
    file = describe_export(replace(shape, path=cut, encoding=encoding))
    file = replace(file, is_full=whole.is_full, date_order=whole.date_order)
    cells = [[cell or "" for cell in row[1:]] for row in rows[:count]]
    campaigns = [dict(zip(EXPORT_COLUMNS, row, strict=False)) for row in cells]
    return ExportHead(file, campaigns, is_all)


def _size_until(shape: ExportShape, last_row: int) -> int:
    """The size of a file up to the end of a row, in bytes."""
    size = len(shape.encoding.mark)
    codec = shape.encoding.codec.removesuffix("-sig")
    records = read_records(shape.path, shape.encoding, shape.delimiter, is_whole=True)
    for source_row, _, lines, _ in records:
        if source_row > last_row:
            break
        size += len("".join(lines).encode(codec, "surrogateescape"))
    return size
