"""The files that this project's own scraper wrote: found, and known again without being read.

    PLAYLEDGER_HOME/scrape/{streams,sfa}/<run>/results/*.json ──► find_results() ──► SourceFile ...

A file that was loaded before is known by its path, size and time of change, as `whereabouts` noted
them: most are long known, and a load is run every day. Such a file is not opened.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from loaders.errors import UserError
from loaders.file_index import noted_below, noted_contents
from loaders.source_file import SourceFile, inspect_file

COLLECTIONS = {"streams": "scrape", "sfa": "roster"}
IN_WORDS = {"scrape": "scraped song", "roster": "roster result"}


def find_results(home: Path) -> list[SourceFile]:
    """Every result of every run, by run and name; files of the run itself are not results.

    A name that begins with a dot is a file that is being written. Raises UserError when a folder
    or file cannot be read.
    """
    contents = noted_contents(home)
    found = []
    for collection, kind in COLLECTIONS.items():
        for folder in _result_folders(home / "scrape" / collection):
            try:
                with os.scandir(folder) as entries:
                    names = sorted(
                        (entry.name, entry.path, entry.stat())
                        for entry in entries
                        if entry.name.endswith(".json")
                        and not entry.name.startswith(".")
                        and entry.is_file()
                    )
            except OSError as error:
                raise UserError(
                    f"{folder} cannot be looked at: {error.strerror}. Nothing was loaded."
                ) from None
            for _, path, looked in names:
                stamp = (looked.st_size, looked.st_mtime_ns)
                sha256 = contents.get((path, *stamp))
                if sha256:
                    file = SourceFile(Path(path), kind, sha256, looked.st_size, 1)
                else:
                    file = inspect_file(Path(path), kind)
                file.stamp = stamp
                found.append(file)
    return found


def known_results(home: Path) -> set[str]:
    """The SHA-256 of every result that was ever loaded, there or not."""
    return noted_below(home, home / "scrape")


def set_aside(results: list[SourceFile], loaded: set[str], home: Path) -> list[SourceFile]:
    """Put the runs that were loaded beside the sample with it; the results of the others.

    They are of songs that were made up, and must not be loaded again beside a person's own.
    """
    aside = {file.path.parent.parent for file in results if file.sha256 in loaded}
    for run in aside:
        place = home / "sample" / "scrape" / run.parent.name
        place.mkdir(parents=True, exist_ok=True)
        shutil.move(run, place)
    return [file for file in results if file.path.parent.parent not in aside]


def in_words(results: Iterable[SourceFile]) -> str:
    """How many of which kind, like `12 scraped songs and 3 roster results`; empty for none."""
    counts = Counter(file.kind for file in results)
    return " and ".join(
        f"{counts[kind]:,} {noun}{'' if counts[kind] == 1 else 's'}"
        for kind, noun in IN_WORDS.items()
        if counts[kind]
    )


def _result_folders(collection: Path) -> list[Path]:
    return sorted(folder for folder in collection.glob("*/results") if folder.is_dir())
