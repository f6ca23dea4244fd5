"""The plan: which rows would change, from which files, and what it rests on. A file, and whole.

    Candidate, Change ... ──► make_plan() ──► Plan ──► save(), read_plan() ──► publish()

`plan.json` holds old and new values of every row. It may be applied as long as the files and the
live rows that it touches are what they were.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loaders.atomic_files import write_whole
from loaders.errors import UserError
from loaders.source_file import ExportFile
from playledger.publish.catalog import columns_of, keyed_tables
from playledger.publish.diff import Change, differences
from playledger.publish.exact_json import read, write

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from loaders.source_file import SourceFile
    from playledger.publish.candidate import Candidate

FORMAT = 1


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file that the plan loads: its SHA-256, kind, place, and how it is to be taken."""

    sha256: str
    kind: str
    path: str
    is_full: bool = True
    is_older: bool = False


@dataclass(slots=True)
class Plan:
    """What would change in one database; `columns` are those of each table, `lacking` what the live
    schemas do not have yet, `known` the files (SHA-256) that staging held.
    """

    run_id: str
    made_at: str
    version: str
    database: str
    schema: str
    files: list[PlannedFile]
    known: list[str]
    columns: dict[str, list[str]]
    lacking: list[str]
    figures: dict[str, int] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    format: int = FORMAT

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be written at all."""
        return not (self.changes or self.files or self.lacking)

    def counts(self) -> dict[str, Counter[str]]:
        """Rows by `schema.table` and action."""
        counts: dict[str, Counter[str]] = {}
        for change in self.changes:
            counts.setdefault(f"{change.schema}.{change.table}", Counter())[change.action] += 1
        return counts

    def save(self, path: Path) -> Path:
        """Write it whole or not at all."""
        write_whole(path, write(self))
        return path


def make_plan(conn: connection, candidate: Candidate, run_id: str) -> Plan:
    """Compare a built candidate with what is live."""
    columns, lacking, changes = {}, [], []
    for live, own, seen in candidate.places:
        for table in keyed_tables(conn, own):
            name = f"{live}.{table.name}"
            columns[name] = list(table.columns)
            present = columns_of(conn, seen, table.name)
            new = [each for each in table.columns if each not in present]
            lacking += [f"{name}.{each}" for each in new] if present else [name]
        changes += differences(conn, live, own, seen)
    return Plan(
        run_id=run_id,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        version=version("playledger"),
        database=candidate.database.address,
        schema=candidate.live,
        files=[_planned(file) for file in candidate.loaded.loaded],
        known=candidate.known,
        columns=columns,
        lacking=lacking,
        changes=changes,
    )


def read_plan(path: Path) -> Plan:
    """A plan from its file (or from the folder that it is in); UserError when it is none."""
    path = path / "plan.json" if path.is_dir() else path
    try:
        content: dict[str, Any] = read(path.read_bytes())
        if content["format"] != FORMAT:
            raise UserError(
                f"{path} is a plan of another version. Make a new one: `playledger plan`."
            )
        content["files"] = [PlannedFile(**file) for file in content["files"]]
        content["changes"] = [Change(**change) for change in content["changes"]]
        return Plan(**content)
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}.") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UserError(f"{path} is no plan. Make one: `playledger plan`.") from None


def _planned(file: SourceFile) -> PlannedFile:
    planned = PlannedFile(file.sha256, file.kind, str(file.path.resolve()))
    if isinstance(file, ExportFile):
        return replace(planned, is_full=file.is_full, is_older=file.is_older)
    return planned
