"""The plan: which rows would change, from which files, and what it assumes; also as plan.json.

    Candidate, Change ... ──► make_plan() ──► Plan ──► save(), read_plan() ──► publish()

`plan.json` holds the old and new values of every row. It can be applied as long as the files and
the live rows that it touches are what they were.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from psycopg2.extensions import connection

from loaders.atomic_files import write_whole
from loaders.errors import UserError
from loaders.files.last_modified import Order
from loaders.source_file import ExportFile, SourceFile
from playledger.publish.candidate import Candidate
from playledger.publish.catalog import keyed_tables, read_columns
from playledger.publish.diff import Change, differences
from playledger.publish.exact_json import dumps, loads

FORMAT = 1


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file that the plan loads: its SHA-256, kind (`export`, `scrape`, `roster`) and path; of an
    export, whether it is the full list, whether it is older than the last one, and the encoding and
    the order of day and month that a person named for it.
    """

    sha256: str
    kind: str
    path: str
    is_full: bool = True
    is_older: bool = False
    encoding: str | None = None
    date_order: Order | None = None


@dataclass(slots=True)
class Plan:
    """What would change in one database. The fields are those of plan.json, and fixed by `format`.

    `made_at` is ISO 8601 in UTC, `known` the SHA-256 of the files that staging held, `columns`
    those of each `schema.table`, parents first; `lacking` are the tables and columns that the live
    schemas do not have yet, `figures` what rows do not say: words → count. `told` are exports of
    `known` for which a person named another order of day and month.
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
    told: list[PlannedFile] = field(default_factory=list)
    format: int = FORMAT

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be written at all."""
        return not (self.changes or self.files or self.lacking or self.told)

    def counts(self) -> dict[str, Counter[str]]:
        """Rows by `schema.table` and action."""
        counts: dict[str, Counter[str]] = {}
        for change in self.changes:
            counts.setdefault(change.full_table, Counter())[change.action] += 1
        return counts

    def save(self, path: Path) -> Path:
        """Write plan.json, whole or not at all; its path."""
        write_whole(path, dumps(self))
        return path


def make_plan(conn: connection, candidate: Candidate, run_id: str) -> Plan:
    """Compare a built candidate with the live tables."""
    columns, lacking, changes = {}, [], []
    for live, own, seen in candidate.schemas:
        copied = read_columns(conn, seen)
        for table in keyed_tables(conn, own):
            name, present = f"{live}.{table.name}", copied[seen, table.name]
            columns[name] = list(table.columns)
            new = [each for each in table.columns if each not in present]
            lacking += [f"{name}.{each}" for each in new] if present else [name]
            changes += differences(conn, table, live, seen, present)
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
        told=[_planned(file) for file in candidate.loaded.told if file.sha256 in candidate.known],
    )


def read_plan(path: Path) -> Plan:
    """A plan from plan.json, or the folder that holds it. Raises UserError when it is not one."""
    path = path / "plan.json" if path.is_dir() else path
    try:
        content: dict[str, Any] = loads(path.read_bytes())
        if content["format"] != FORMAT:
            raise UserError(
                f"{path} was made by another version. Make a new plan: `playledger plan`."
            )
        content["files"] = [PlannedFile(**file) for file in content["files"]]
        content["told"] = [PlannedFile(**file) for file in content.get("told", ())]
        content["changes"] = [Change(**change) for change in content["changes"]]
        return Plan(**content)
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}.") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UserError(f"{path} is not a plan. Make one: `playledger plan`.") from None


def _planned(file: SourceFile) -> PlannedFile:
    planned = PlannedFile(file.sha256, file.kind, str(file.path.resolve()))
    if isinstance(file, ExportFile):
        how = {"is_full": file.is_full, "is_older": file.is_older}
        named = {"date_order": file.date_order, "encoding": file.told_encoding}
        return replace(planned, **how, **named)
    return planned
