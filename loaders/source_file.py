"""The files that a person names, found and looked at before anything is written.

    --csv, --scraped, --roster (each a file or a folder) ──► find_inputs() ──► SourceFile ...

A SourceFile knows its kind, its fingerprint and how to read itself into rows of staging tables.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from loaders.errors import UserError
from loaders.export_order import read_change
from loaders.files.arrow_batches import Rejected, storable
from loaders.files.export import ExportShape, inspect_export, read_export
from loaders.files.roster_result import read_roster
from loaders.files.scraped_song import read_scrape
from loaders.files.staging_schema import EXPORT_COLUMNS

Rows = tuple[str, list[tuple[object, ...]]]

DATASETS = {"export": "staging_airtable", "scrape": "staging_spotify", "roster": "staging_spotify"}
# Places in a row, which begins with its number.
CAMPAIGN = 1 + list(EXPORT_COLUMNS).index("campaign")
LAST_MODIFIED = 1 + list(EXPORT_COLUMNS).index("last_modified")
SUFFIXES = {"export": ".csv", "scrape": ".json", "roster": ".json"}


@dataclass(slots=True)
class SourceFile:
    """One input file. `records`, `rejected`, `newest_change`, `changes` are filled by `read()`.

    `is_full` tells an export of the whole list from a filtered view of it; `is_older` says that it
    is loaded although newer ones are there. `changes` holds (Campaign, Last Modified in ISO 8601)
    of the rows of a view, which does not show the whole list's newest change. `stamp` is there
    for a result of an own run of the scraper: size and time of change, looked at before it is read.
    """

    path: Path
    kind: str
    sha256: str
    size: int
    expected_records: int
    shape: ExportShape | None = None
    is_full: bool = False
    is_older: bool = False
    stamp: tuple[int, int] | None = None
    newest_change: str | None = None
    changes: set[tuple[str, str]] = field(default_factory=set)
    records: int = 0
    rejected: list[Rejected] = field(default_factory=list)

    @property
    def dataset(self) -> str:
        """The staging schema that this kind of file goes into."""
        return DATASETS[self.kind]

    def read(self) -> Iterator[Rows]:
        """(staging table, rows without their origin), in pieces."""
        self.records, self.rejected = 0, []
        if self.shape:
            for piece in read_export(self.shape):
                self.records += len(piece.rows)
                self.rejected += piece.rejected
                changed = [read_change(row[LAST_MODIFIED]) for row in piece.rows]
                self.newest_change = max(filter(None, (self.newest_change, *changed)), default=None)
                if not self.is_full:
                    rows = zip(piece.rows, changed, strict=True)
                    self.changes.update((row[CAMPAIGN], change) for row, change in rows if change)
                yield "campaigns", piece.rows
            return
        content = self.path.read_bytes()
        if self.kind == "scrape":
            scrape = read_scrape(content)
            self.records, self.rejected = len(scrape.playlists), scrape.rejected
            yield "scraped_windows", scrape.windows
            yield "scraped_playlists", scrape.playlists
        else:
            roster = read_roster(content)
            self.records, self.rejected = len(roster.songs), roster.rejected
            yield "roster_clients", roster.clients
            yield "roster_songs", roster.songs
            yield "roster_candidates", roster.candidates

    def survey(self) -> None:
        """Count records and find the newest change before anything is loaded."""
        try:
            for _ in self.read():
                pass
        except OSError as error:
            why = error.strerror or error
            raise UserError(f"{self.path} cannot be read: {why}. Nothing was loaded.") from None

    def changes_of(self, names: set[str]) -> Iterator[tuple[str, str | None]]:
        """(Campaign, Last Modified in ISO 8601) of an export's rows of some campaigns."""
        for piece in read_export(self.shape):
            for row in piece.rows:
                if row[CAMPAIGN] in names:
                    yield row[CAMPAIGN], read_change(row[LAST_MODIFIED])

    def describe(self) -> tuple[object, ...]:
        """The columns of staging's `files` after the origin, without the load time."""
        shape = self.shape
        return (
            storable(self.path.name),
            self.kind,
            self.size,
            shape.encoding.label if shape else "UTF-8",
            shape.delimiter if shape else None,
            orjson.dumps(shape.columns).decode() if shape else None,
            self.records,
            len(self.rejected),
            self.newest_change,
            ("full" if self.is_full else "view") if shape else None,
            self.is_older if shape else None,
        )


def find_inputs(
    csv: Path | None, scraped: Path | None, roster: Path | None, *, is_view: bool = False
) -> list[SourceFile]:
    """Every file that was named, looked at; UserError when one is missing or is no export.

    `is_view` says that the exports are filtered views, also where their columns do not tell.
    """
    named = {"export": csv, "scrape": scraped, "roster": roster}
    found = [
        inspect_file(path, kind)
        for kind, place in named.items()
        if place
        for path in _list(place, kind)
    ]
    for file in found:
        file.is_full = file.is_full and not is_view
    return found


def _list(place: Path, kind: str) -> list[Path]:
    """The file itself, or those of its kind in a folder; hidden ones are some program's own, and so
    is what lies beside the list of a scraper's run: its results have a folder of their own.
    """
    suffix = SUFFIXES[kind]
    try:
        if place.is_file():
            return [place]
        if not place.is_dir():
            raise UserError(f"There is no file or folder {place}. Nothing was loaded.")
        found = sorted(
            path
            for path in place.rglob("*")
            if path.suffix.lower() == suffix and not path.name.startswith(".") and path.is_file()
        )
        runs = {path.parent for path in found if path.name == "worklist.json"}
        found = [path for path in found if path.parent not in runs]
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UserError(f"{place} cannot be looked at: {why}. Nothing was loaded.") from None
    if not found:
        raise UserError(f"The folder {place} holds no {suffix} file. Nothing was loaded.")
    return found


def inspect_file(path: Path, kind: str) -> SourceFile:
    """One file of a kind, looked at; UserError when it cannot be read or is no export."""
    try:
        if kind == "export":
            shape = inspect_export(path)
            encoding = shape.encoding
            basics = (path, kind, encoding.sha256, encoding.size, encoding.lines)
            return SourceFile(*basics, shape, is_full=not shape.is_view)
        content = path.read_bytes()
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}. Nothing was loaded.") from None
    return SourceFile(path, kind, hashlib.sha256(content).hexdigest(), len(content), 1)
