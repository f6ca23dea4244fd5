"""The files that this project's own scraper wrote: found, and recognised without being read.

    PLAYLEDGER_HOME/scrape/{streams,sfa}/<run>/results/*.json ──► find_results() ──► SourceFile ...

A file that was loaded before is recognised by path, size and time of change, as the index has them:
a load is run every day, and most results are long known.
"""

import logging
import os
import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from loaders.errors import UserError
from loaders.file_index import FileStamp, indexed_below, indexed_results
from loaders.source_file import Kind, SourceFile, inspect_file
from loaders.text import plural

COLLECTIONS: dict[str, Kind] = {"streams": "scrape", "sfa": "roster"}
NOUNS: dict[Kind, str] = {"scrape": "scraped song", "roster": "roster result"}
log = logging.getLogger(__name__)


def find_results(home: Path) -> list[SourceFile]:
    """Every result of every run, by run and name; files of the run itself are no results.

    Hidden files are those that are being written. Raises UserError when a folder or file cannot be
    read.
    """
    known = indexed_results(home)
    found = []
    for collection, kind in COLLECTIONS.items():
        for folder in sorted((home / "scrape" / collection).glob("*/results")):
            if folder.is_dir():
                found += [_describe(*each, kind, known) for each in _json_files(folder)]
    log.debug("%d results of scraping, %d of them in the index", len(found), len(known))
    return found


def known_results(home: Path) -> set[str]:
    """The SHA-256 of every result that was ever loaded, there or not."""
    return indexed_below(home, home / "scrape")


def set_aside(results: list[SourceFile], loaded: set[str], home: Path) -> list[SourceFile]:
    """Move the runs with results that were loaded into the sample's folder; return the others'.

    They are of songs that were made up, and must not be loaded again beside a person's own.
    """
    aside = {file.path.parent.parent for file in results if file.sha256 in loaded}
    for run in aside:
        place = home / "sample" / "scrape" / run.parent.name
        place.mkdir(parents=True, exist_ok=True)
        shutil.move(run, place)
        log.info("%s was scraped for the sample and is moved to %s", run, place)
    return [file for file in results if file.path.parent.parent not in aside]


def count_results(files: Iterable[SourceFile]) -> str:
    """How many of which kind, like `12 scraped songs and 3 roster results`; empty for none."""
    counts = Counter(file.kind for file in files)
    return " and ".join(plural(counts[kind], noun) for kind, noun in NOUNS.items() if counts[kind])


def _json_files(folder: Path) -> list[tuple[str, os.stat_result]]:
    """(path, size and times) by name."""
    try:
        with os.scandir(folder) as entries:
            return sorted(
                (entry.path, entry.stat())
                for entry in entries
                if entry.name.endswith(".json")
                and not entry.name.startswith(".")
                and entry.is_file()
            )
    except OSError as error:
        raise UserError(f"{folder} cannot be read: {error.strerror}. Nothing was loaded.") from None


def _describe(
    path: str, seen: os.stat_result, kind: Kind, known: dict[FileStamp, str]
) -> SourceFile:
    if sha256 := known.get((path, seen.st_size, seen.st_mtime_ns)):
        return SourceFile(Path(path), kind, sha256, seen.st_size, seen.st_mtime_ns)
    return replace(inspect_file(Path(path), kind), modified_ns=seen.st_mtime_ns)
