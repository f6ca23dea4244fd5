"""A week's work at the real size, in weeks 2, 52 and 156: its load, its build, and its `sync`.

    sample of weeks ──► ledger of the weeks before ──► copies ──► load, build, build again; sync

All weeks are loaded one by one into one database, and built only in the week before a measured one,
so that a measured build has one week's increment. Each figure is the median of measurements on
fresh copies of that database. The files are made once below PLAYLEDGER_HOME.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench.costs import measured_build, measured_command
from bench.databases import empty_database
from bench.ledger import load_files
from bench.record import Limit, Record
from bench.tables import lines_of
from loaders.embedded_postgres import stop_embedded
from loaders.settings import read_settings
from loaders.source_file import find_inputs
from sample import make_weeks
from tests.profiles import kept_profiles

if TYPE_CHECKING:
    from loaders.database import Database
    from loaders.settings import Settings

WEEKS, TIMES = (2, 52, 156), 3
BUILD, NOTHING, LOAD, HABIT, SYNC = (
    "dbt build", "dbt build, nothing new", "playledger load", "load, then dbt build",
    "playledger sync",
)  # fmt: skip
REACH = {52: 1.15, 156: 1.3}  # times the build of week 2
REACH_NOTHING = 0.6
REACH_SECONDS = 10.0  # of a week's whole work


def measure(
    weeks: Sequence[int] = WEEKS, times: int = TIMES, file: Path | None = None
) -> Iterator[str]:
    """Measure in these weeks; yields lines. The record is kept in a file, after each week."""
    settings = read_settings()
    settings = replace(settings, home=settings.home / "bench" / "weeks", database_url=None)
    record, weeks = Record("weeks", "week"), sorted(weeks)
    file = file or settings.home / f"weeks_{'_'.join(map(str, weeks))}.json"
    folders = _folders(settings.home / "files", weeks[-1])
    try:
        with kept_profiles():
            database, loaded = empty_database(settings, "weeks"), 0
            for week in weeks:
                yield f"weeks    loading weeks {loaded + 1} to {week - 1}, then measuring {week}"
                for folder in folders[loaded : week - 1]:
                    load_files(settings, database, find_inputs(*_parts(folder)))
                loaded = week - 1
                measured_build(settings, database)
                _measure_week(record, settings, database, folders, week, times)
                record.compare(_limits(weeks))
                record.save(file)
    finally:
        stop_embedded(settings)
    yield from lines_of(record)
    yield f"kept in {file}"


def _limits(weeks: list[int]) -> list[Limit]:
    first, limits = weeks[0], []
    for week in weeks:
        if week != first:
            name = f"build of week {week} / of week {first}"
            limits.append(Limit(name, (BUILD, week), (BUILD, first), REACH.get(week, REACH[156])))
        name = f"nothing new in week {week} / build of week {first}"
        limits.append(Limit(name, (NOTHING, week), (BUILD, first), REACH_NOTHING))
    for work in (HABIT, SYNC):
        limits += [
            Limit(f"{work}, week {week}, in seconds", (work, week), None, REACH_SECONDS)
            for week in weeks
        ]
    return limits


def _measure_week(
    record: Record,
    settings: Settings,
    database: Database,
    folders: list[Path],
    week: int,
    times: int,
) -> None:
    """Add the figures of one week to the record; `database` has the weeks before."""
    options, builds = _options(folders[week - 1]), []
    for _ in range(times):
        copy = empty_database(settings, "measured", database)
        load = measured_command(settings, copy, "playledger", "load", *options)
        build, again = measured_build(settings, copy), measured_build(settings, copy)
        copy = empty_database(settings, "measured", database)
        sync = measured_command(settings, copy, "playledger", "sync", *options)
        costs = {LOAD: load, BUILD: build, NOTHING: again, HABIT: load + build, SYNC: sync}
        for work, cost in costs.items():
            record.figure(work, week).add(cost)
        builds.append(build.nodes)
    record.figure(BUILD, week).changed = changed_rows(*folders[week - 2 : week])
    record.nodes[str(week)] = {
        name: median(nodes.get(name, 0.0) for nodes in builds) for name in builds[0]
    }


def _folders(files: Path, weeks: int) -> list[Path]:
    """The folders of at least so many weeks."""
    known = sorted(files.glob("week_*"))
    return known if len(known) >= weeks else list(make_weeks(files, weeks))


def _parts(folder: Path) -> tuple[Path, Path, Path | None]:
    """A week's export, scraped files and roster results, if there are any."""
    roster = folder / "roster"
    return folder / "export.csv", folder / "scraped", roster if roster.exists() else None


def _options(folder: Path) -> list[object]:
    named = zip(("--csv", "--scraped", "--roster"), _parts(folder), strict=True)
    return [word for option, path in named if path for word in (option, path)]


def changed_rows(before: Path, after: Path) -> int:
    """How many rows of a week's export are not in the one before: new and edited campaigns."""
    earlier, later = (Counter(_rows(folder)) for folder in (before, after))
    return (later - earlier).total()


def _rows(folder: Path) -> Iterator[tuple[str, ...]]:
    with (folder / "export.csv").open(encoding="utf-8-sig", newline="") as file:
        yield from map(tuple, csv.reader(file))
