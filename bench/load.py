"""Loading: an export of a million rows, and 20,000 scraped files, beside PostgreSQL's own COPY.

    a sample, made once ──► `playledger load` into an empty database ──► seconds, memory
                        └─► COPY of the same bytes into columns of text ──► the limit

A load is a whole process: it starts, inspects every file, loads, and compares names. The sample is
made once below PLAYLEDGER_HOME.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import monotonic
from typing import TYPE_CHECKING

from bench.databases import address_of, empty_database
from bench.measured import Took, line, run
from loaders.embedded_postgres import stop_embedded
from loaders.files.staging_schema import EXPORT_COLUMNS
from loaders.settings import read_settings
from sample import make_sample
from tests.profiles import kept_profiles

if TYPE_CHECKING:
    from loaders.database import Database
    from loaders.settings import Settings

SCRAPED = 20_000
TIMES = 3
EXPORT_REACH, SCRAPED_REACH = 2.5, 2.5  # times what COPY takes


def measure(rows: int) -> Iterator[str]:
    """Lines with what was measured, for an export of so many rows."""
    settings = read_settings()
    settings = replace(settings, home=settings.home / "bench" / "load", database_url=None)
    files = settings.home / f"sample_{rows}"
    if not (files / "truth.json").exists():
        yield f"load     making a sample once: {rows:,} campaigns, {SCRAPED:,} scraped files"
        make_sample(files, rows, scraped_files=SCRAPED)
    documents = _in_one_file(files)
    try:
        with kept_profiles():
            export = files / "campaigns_export.csv"
            header = list(EXPORT_COLUMNS)
            loads = _loads(settings, "--csv", export)
            copies = _copies(settings, export, header, "csv, header")
            yield from _lines("load", f"export of {rows:,} rows", loads, copies, EXPORT_REACH)
            loads = _loads(settings, "--scraped", files / "scraped")
            copies = _copies(settings, documents, ["document"], "csv")
            yield from _lines("", f"{SCRAPED:,} scraped files", loads, copies, SCRAPED_REACH)
    finally:
        stop_embedded(settings)


def _in_one_file(files: Path) -> Path:
    """All scraped files as the rows of one CSV column, which COPY takes at once."""
    documents = files / "documents.csv"
    if not documents.exists():
        with documents.open("w", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL)
            for path in sorted((files / "scraped").iterdir()):
                text = path.read_text(errors="backslashreplace")
                writer.writerow([text.replace("\0", "\\0")])
    return documents


def _loads(settings: Settings, *what: object) -> list[Took]:
    def load() -> Took:
        database = empty_database(settings, "loaded")
        surroundings = {"PLAYLEDGER_HOME": str(settings.home), "DATABASE_URL": address_of(database)}
        return run("playledger", "load", *what, **surroundings)

    return [load() for _ in range(TIMES)]


def _copies(settings: Settings, path: Path, columns: list[str], form: str) -> list[float]:
    return [_copy(empty_database(settings, "copied"), path, columns, form) for _ in range(TIMES)]


def _copy(database: Database, path: Path, columns: list[str], form: str) -> float:
    with closing(database.open()) as conn, conn.cursor() as cur, path.open("rb") as file:
        cur.execute(f"create table copied ({', '.join(f'{name} text' for name in columns)})")
        conn.commit()
        started = monotonic()
        cur.copy_expert(f"copy copied from stdin with (format {form})", file)
        conn.commit()
        return monotonic() - started


def _lines(
    name: str, what: str, loads: list[Took], copies: list[float], reach: float
) -> Iterator[str]:
    limit = median(copies)
    seconds = median(each.seconds for each in loads)
    yield line(name, f"{what}, {reach} x COPY", seconds, reach * limit)
    memory = max(each.megabytes for each in loads)
    yield f"{'':<8} {seconds / limit:.1f} x COPY ({limit:.1f} s), {memory:.0f} MB at the most"
