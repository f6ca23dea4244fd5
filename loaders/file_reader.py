"""Read a file into rows of its staging tables, and count what was read.

    SourceFile ──► read_file() ──► FileBatch ... ──► ReadResult.total() ──► a row of `files`

Rows lack their origin (SHA-256 and run key), which the pipeline puts before them.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Self, TypeVar

import orjson

from loaders.files.clean_records import CleanBatch
from loaders.files.export import read_export
from loaders.files.last_modified import MIXED, ChangeTally, Order
from loaders.files.rejected_record import RejectedRecord, postgres_text
from loaders.files.roster_result import read_roster
from loaders.files.scraped_song import read_scrape
from loaders.files.staging_schema import ORIGIN, STAGING
from loaders.name_pairs.found_names import FoundNames
from loaders.source_file import ExportFile, SourceFile

Item = TypeVar("Item")
Rows = list[tuple[object, ...]]
# Kind → the reader of its JSON, and the table whose rows are its records.
DOCUMENTS = {
    "scrape": (read_scrape, "scraped_playlists"),
    "roster": (read_roster, "roster_songs"),
}
EXPORTED, SHOWN = "campaigns", "scraped_playlists"
NAMED = ("client", "vendor", "playlists")


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What was read of a file: its records (campaigns, playlist rows or songs), those that became
    no data, and the newest `Last Modified` of an export in ISO 8601, with the order of day and
    month by which it was read, None if its cells speak for both.
    """

    records: int = 0
    rejected: tuple[RejectedRecord, ...] = ()
    newest_change: str | None = None
    last_modified_order: Order | None = None

    @classmethod
    def total(cls, parts: Iterable[Self]) -> Self:
        """The result of a whole file from those of its batches."""
        parts = list(parts)
        return cls(
            sum(part.records for part in parts),
            tuple(chain.from_iterable(part.rejected for part in parts)),
            max((part.newest_change for part in parts if part.newest_change), default=None),
            next((part.last_modified_order for part in parts if part.last_modified_order), None),
        )


@dataclass(frozen=True, slots=True)
class FileBatch:
    """Some rows of a file by staging table, and what they add to its result."""

    rows: dict[str, Rows | CleanBatch]
    result: ReadResult

    def add_names(self, names: FoundNames) -> None:
        """Count the names of clients, vendors and playlists in these rows."""
        campaigns, shown = (self.rows.get(table, ()) for table in (EXPORTED, SHOWN))
        if isinstance(campaigns, CleanBatch):
            names.add_clients(campaigns.distinct("client"))
            names.add_vendors(campaigns.distinct("vendor"))
            names.add_lists(campaigns.column("playlists"))
        else:
            client, vendor, playlists = (_place(EXPORTED, name) for name in NAMED)
            names.add_clients(row[client] for row in campaigns)
            names.add_vendors(row[vendor] for row in campaigns)
            names.add_playlists(row[playlists] for row in campaigns)
        places = (_place(SHOWN, name) for name in ("name", "made_by", "schema_version"))
        names.add_shown(set(map(itemgetter(*places), shown)))


@lru_cache
def _place(table: str, column: str) -> int:
    """Where a column is in a row without its origin."""
    columns = next(tables[table] for tables in STAGING.values() if table in tables)
    return list(columns).index(column) - len(ORIGIN)


def read_file(file: SourceFile) -> Iterator[FileBatch]:
    """The rows of a file, an export's a batch at a time.

    What cannot be read of it is rejected; OSError when the file itself cannot be read.
    """
    if isinstance(file, ExportFile):
        yield from _ahead(_read_export(file))
    else:
        read, counted = DOCUMENTS[file.kind]
        records = read(file.path.read_bytes())
        result = ReadResult(len(records.rows[counted]), tuple(records.rejected))
        yield FileBatch(records.rows, result)


def files_row(file: SourceFile, result: ReadResult) -> tuple[object, ...]:
    """The columns of staging's `files` between the origin and the time of loading."""
    export = file if isinstance(file, ExportFile) else None
    return (
        postgres_text(file.path.name),
        file.kind,
        file.size,
        export.shape.encoding.label if export else "UTF-8",
        export.shape.delimiter if export else None,
        orjson.dumps(export.shape.columns).decode() if export else None,
        result.records,
        len(result.rejected),
        result.newest_change,
        (result.last_modified_order or MIXED) if export else None,
        ("full" if export.is_full else "view") if export else None,
        export.is_older if export else None,
    )


def _read_export(file: ExportFile) -> Iterator[FileBatch]:
    tally = ChangeTally()
    for batch in read_export(file.shape):
        tally.add(batch.changes)
        rows = batch if isinstance(batch, CleanBatch) else batch.rows
        yield FileBatch({"campaigns": rows}, ReadResult(len(batch), tuple(batch.rejected)))
    # Only the whole file tells the month from the day.
    order = tally.order(file.date_order)
    last = ReadResult(newest_change=tally.newest_change(order), last_modified_order=order)
    yield FileBatch({}, last)


def _ahead(items: Iterator[Item]) -> Iterator[Item]:
    """The items, each made in another thread while the one before it is worked on."""
    with ThreadPoolExecutor(1) as beside:
        coming = beside.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = beside.submit(next, items, None)
            yield item
