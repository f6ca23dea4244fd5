"""The cost of one command on a database, as a whole process, and what it did there.

    settings, Database ──► measured_command() ──► Cost: seconds, processor time
                       ──► measured_build() ──► Build: and rows written, nodes

Processor time is that of the command and of the database server's sessions; it moves less than
seconds where others use the machine. Rows written are all that the server counted: inserted,
updated and deleted ones, of every table that was made or changed.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

import orjson
import psutil
from psycopg2 import sql

from bench.databases import address_of
from bench.measured import run

if TYPE_CHECKING:
    from loaders.database import Database
    from loaders.settings import Settings

WRITTEN = """
    select tup_inserted + tup_updated + tup_deleted, clock_timestamp()
    from pg_stat_database where datname = current_database()
"""
CAMPAIGNS = "select count(*) from {}.campaigns where updated_at >= %s"
COUNTING = 1.5  # seconds until a server has counted what sessions did that ended


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds, and seconds of processor time."""

    seconds: float
    processor: float

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.seconds + other.seconds, self.processor + other.processor)


@dataclass(frozen=True, slots=True)
class Build(Cost):
    """The cost of a build; `nodes` are seconds by kind and name, as dbt measured them.

    `running` are the seconds in which dbt ran nodes; the rest is its start and its parser.
    """

    running: float
    rows_written: int
    campaigns_written: int
    nodes: dict[str, float] = field(repr=False)


@dataclass(slots=True)
class _Served:
    """What a server did meanwhile: rows written, seconds of processor time; since when."""

    rows: int = 0
    processor: float = 0.0
    since: datetime = datetime.min


def measured_command(settings: Settings, database: Database, *command: object) -> Cost:
    """Run a command of the virtual environment. Raises SystemExit if it fails."""
    return _measured(settings, database, command)[0]


def measured_build(settings: Settings, database: Database) -> Build:
    """Run `dbt build`. Raises SystemExit if it fails."""
    target, logs = settings.home / "target", settings.home / "logs"
    words = ("dbt", "--quiet", "build", "--target-path", target, "--log-path", logs)
    cost, served = _measured(settings, database, words)
    results = orjson.loads((target / "run_results.json").read_bytes())
    with closing(database.open()) as conn, conn.cursor() as cur:
        cur.execute(sql.SQL(CAMPAIGNS).format(sql.Identifier(settings.schema)), [served.since])
        (campaigns,) = cur.fetchone()
    nodes = {_name(each["unique_id"]): each["execution_time"] for each in results["results"]}
    return Build(
        cost.seconds, cost.processor, results["elapsed_time"], served.rows, campaigns, nodes
    )


def _measured(
    settings: Settings, database: Database, command: tuple[object, ...]
) -> tuple[Cost, _Served]:
    surroundings = {"PLAYLEDGER_HOME": str(settings.home), "DATABASE_URL": address_of(database)}
    with _counted(settings, database) as served:
        took = run(*command, **surroundings)
    return Cost(took.seconds, took.processor + served.processor), served


@contextmanager
def _counted(settings: Settings, database: Database) -> Iterator[_Served]:
    """Counts what the server does meanwhile; filled in at the end."""
    (rows, since), processor = _counters(database), _server_seconds(settings)
    served = _Served(since=since)
    yield served
    time.sleep(COUNTING)
    served.processor = _server_seconds(settings) - processor
    served.rows = _counters(database)[0] - rows


def _counters(database: Database) -> tuple[int, datetime]:
    with closing(database.open()) as conn, conn.cursor() as cur:
        cur.execute(WRITTEN)
        return cur.fetchone()


def _server_seconds(settings: Settings) -> float:
    """The processor time of the server's sessions that have ended."""
    pid = int((settings.home / "postgres" / "postmaster.pid").read_text().split()[0])
    used = psutil.Process(pid).cpu_times()
    return used.children_user + used.children_system


def _name(unique_id: str) -> str:
    kind, _, name = unique_id.split(".", 2)
    return f"{kind} {name}"
