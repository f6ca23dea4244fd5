"""What a build costs as the list grows: 10,000, 100,000 and 1,000,000 campaigns.

    files of a size ──► first build, nothing new, 1% of the rows edited, a day of scrapes

The builds follow each other in one database, or in copies of the loaded one where each is measured
several times. The files are made once below PLAYLEDGER_HOME.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from bench.costs import Cost, measured_build, measured_command
from bench.databases import empty_database
from bench.growth_files import GrowthFiles, growth_files
from bench.record import Limit, Record
from bench.tables import lines_of
from loaders.embedded_postgres import stop_embedded
from loaders.settings import read_settings
from tests.profiles import kept_profiles

if TYPE_CHECKING:
    from loaders.database import Database
    from loaders.settings import Settings

SIZES = (10_000, 100_000, 1_000_000)
LOAD, FIRST, NOTHING, EDITS, DAY = (
    "first load", "first build", "nothing new", "1% edits", "a day of scrapes",
)  # fmt: skip
REACH_EDITS, REACH_GROWTH = 0.10, 1.1  # of the first build; of the growth in campaigns


def measure(
    sizes: Sequence[int] = SIZES, times: int = 1, file: Path | None = None
) -> Iterator[str]:
    """Measure these sizes; yields lines. The record is kept in a file, after each size."""
    settings = read_settings()
    settings = replace(settings, home=settings.home / "bench" / "growth", database_url=None)
    record, sizes = Record("growth", "campaigns"), sorted(sizes)
    file = file or settings.home / f"growth_{'_'.join(map(str, sizes))}.json"
    try:
        with kept_profiles():
            for size in sizes:
                yield f"growth   {size:,} campaigns"
                files = growth_files(settings.home / f"files_{size}", size)
                _measure_size(record, settings, files, size, times)
                record.compare(_limits(sizes))
                record.save(file)
    finally:
        stop_embedded(settings)
    yield from lines_of(record)
    yield f"kept in {file}"


def _limits(sizes: list[int]) -> list[Limit]:
    limits = []
    for size in sizes:
        for work, reach in ((NOTHING, None), (EDITS, REACH_EDITS), (DAY, None)):
            name = f"{work} / first build, {size:,} campaigns"
            limits.append(Limit(name, (work, size), (FIRST, size), reach))
    for smaller, larger in pairwise(sizes):
        name = f"first build of {larger:,} / of {smaller:,} campaigns"
        reach = round(REACH_GROWTH * larger / smaller, 1)
        limits.append(Limit(name, (FIRST, larger), (FIRST, smaller), reach))
    return limits


def _measure_size(
    record: Record, settings: Settings, files: GrowthFiles, size: int, times: int
) -> None:
    """Add the figures of one size to the record."""
    loaded = empty_database(settings, "grown")
    first = files.first
    options = (
        "--csv", first / "campaigns_export.csv", "--scraped", first / "scraped",
        "--roster", first / "roster",
    )  # fmt: skip
    record.figure(LOAD, size).add(_load(settings, loaded, *options))
    for _ in range(times):
        database = empty_database(settings, "measured", loaded) if times > 1 else loaded
        build = measured_build(settings, database)
        record.nodes[f"{size}, {FIRST}"] = build.nodes
        record.figure(FIRST, size).add(build)
        record.figure(NOTHING, size).add(measured_build(settings, database))
        _load(settings, database, "--csv", files.edited)
        build = measured_build(settings, database)
        record.nodes[f"{size}, {EDITS}"] = build.nodes
        record.figure(EDITS, size).add(build)
        record.figure(EDITS, size).changed = files.changed
        _load(settings, database, "--scraped", files.day)
        build = measured_build(settings, database)
        record.nodes[f"{size}, {DAY}"] = build.nodes
        record.figure(DAY, size).add(build)


def _load(settings: Settings, database: Database, *options: object) -> Cost:
    return measured_command(settings, database, "playledger", "load", *options)
