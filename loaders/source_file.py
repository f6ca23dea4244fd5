"""The files that a person names, found and inspected before anything is written.

    --csv, --scraped, --roster (each a file or a folder) ──► find_inputs() ──► SourceFile ...

A SourceFile only describes: reading one is loaders/file_reader.py.
"""

import hashlib
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path
from typing import Literal

from loaders.errors import UserError
from loaders.files.encoding import known_encoding
from loaders.files.export import ExportShape, inspect_export
from loaders.files.last_modified import Order

Kind = Literal["export", "scrape", "roster"]
DATASETS: dict[Kind, str] = {
    "export": "staging_airtable",
    "scrape": "staging_spotify",
    "roster": "staging_spotify",
}
SUFFIXES: dict[Kind, str] = {"export": ".csv", "scrape": ".json", "roster": ".json"}


# What people and their computers leave in folders, and is nobody's data.
NO_DATA = {".yml", ".yaml", ".md", ".ini", ".db"}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One input file: `size` in bytes, `sha256` of its content.

    `modified_ns` is set for a result of the project's own scraper: its time of change, taken before
    it was read.
    """

    path: Path
    kind: Kind
    sha256: str
    size: int
    modified_ns: int | None = None

    @property
    def dataset(self) -> str:
        """The staging schema that this kind of file goes into."""
        return DATASETS[self.kind]

    @property
    def expected_records(self) -> int:
        """An estimate of its records, to scale progress by."""
        return 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFile(SourceFile):
    """A campaign export. `is_full` tells the whole list from a filtered view of it.

    `is_older` says that it is loaded although newer exports are: their values stay. `date_order` is
    the order of day and month that a person named for it.
    """

    shape: ExportShape
    is_full: bool
    is_older: bool = False
    date_order: Order | None = None

    @property
    def told_encoding(self) -> str | None:
        """Its encoding by Python's name, where a person named it."""
        return self.shape.encoding.codec if self.shape.encoding.is_told else None

    @property
    def expected_records(self) -> int:
        """Its line ends: cells with line breaks make it a little high."""
        return self.shape.encoding.lines


def find_inputs(
    csv: Path | None,
    scraped: Path | None,
    roster: Path | None,
    *,
    is_view: bool = False,
    encoding: str | None = None,
    date_order: Order | None = None,
) -> list[SourceFile]:
    """Every file that was named, inspected; UserError when one is missing or is no export.

    `is_view` says that the exports are filtered views, also where their columns do not tell;
    `date_order` is how they write day and month, whatever their cells say; `encoding` is theirs, as
    a person named it.
    """
    named: dict[Kind, Path | None] = {"export": csv, "scrape": scraped, "roster": roster}
    told = known_encoding(encoding) if encoding else None
    found: list[SourceFile] = []
    for kind, place in named.items():
        exports = {file.path for file in found if file.kind == "export"}
        paths = _list(place, kind) if place else []
        found += [inspect_file(path, kind, told) for path in paths if path not in exports]
    return [
        replace(file, is_full=file.is_full and not is_view, date_order=date_order)
        if isinstance(file, ExportFile)
        else file
        for file in found
    ]


def inspect_file(path: Path, kind: Kind, encoding: str | None = None) -> SourceFile:
    """The description of one file; UserError when it cannot be read or is no export.

    `encoding` is an export's, by Python's name, where a person named it.
    """
    try:
        if kind == "export":
            return describe_export(inspect_export(path, encoding))
        content = path.read_bytes()
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}. Nothing was loaded.") from None
    return SourceFile(path, kind, hashlib.sha256(content).hexdigest(), len(content))


def describe_export(shape: ExportShape) -> ExportFile:
    """The description of an export that was inspected."""
    basics = (shape.path, "export", shape.encoding.sha256, shape.encoding.size)
    return ExportFile(*basics, shape=shape, is_full=not shape.is_view)


def _list(place: Path, kind: Kind) -> list[Path]:
    """The file itself, or the files of a kind in a folder and below.

    Passed over are hidden files, notes, and those of a scraper's run (below its `worklist.json`)
    that are no results. Whatever else lies among JSON files, such as `songs.jsonl`, is loaded as
    one of them: it is read, or rejected with its name.
    """
    suffix = SUFFIXES[kind]
    try:
        if place.is_file():
            return [place]
        if not place.is_dir():
            raise UserError(f"There is no file or folder {place}. Nothing was loaded.")
        depth = len(place.parts)
        found = [
            path
            for path in place.rglob("*")
            if _belongs(path, path.parts[depth:], suffix) and path.is_file()
        ]
        found.sort(key=attrgetter("parts"))
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UserError(f"{place} cannot be searched: {why}. Nothing was loaded.") from None
    runs = {path.parent for path in found if path.name == "worklist.json"}
    found = [path for path in found if not _is_of_run(path, runs)]
    if not any(path.suffix.lower() == suffix for path in found):
        raise UserError(f"The folder {place} holds no {suffix} file. Nothing was loaded.")
    return found


def _belongs(path: Path, below: tuple[str, ...], suffix: str) -> bool:
    """Whether a file, by the parts of its path `below` the named folder, is loaded with those of a
    suffix.
    """
    own = path.suffix.lower()
    if own == suffix or suffix != ".json":
        return own == suffix and path.name[0] != "."
    return own not in NO_DATA and not any(part[0] == "." for part in below)


def _is_of_run(path: Path, runs: set[Path]) -> bool:
    """Whether a file lies in a scraper's run, outside the folder of its results."""
    return any(
        run in path.parents and path.parent.relative_to(run).parts[:1] != ("results",)
        for run in runs
    )
