"""A ledger's weeks in any order of what can happen, made up from a seed.

    made-up weeks ──► Steps.take(): week, late export, view, seed, rule, undo, load again ──► build

`undo` does what `playledger undo` does: live rows as before the load, its files out of staging.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from pathlib import Path

from psycopg2 import sql

from loaders.export_order import LoadOverrides
from loaders.files.staging_schema import STAGING
from loaders.source_file import SourceFile, find_inputs
from playledger.publish.catalog import column_list, keyed_tables, read_columns
from sample import make_weeks
from tests.python.support.ledger import Ledger, load_into

ANYTHING = LoadOverrides(older=True, shrink=True)
MODELS = ("--resource-type", "seed", "--resource-type", "model")
VIEW = ("Campaign", "Client", "Vendor", "URL", "Goal", "Remaining", "Status", "Start Date")
PUBLISHED = ("ledger", "ledger_quality")
# A line of a seed that a person may add, by two different names of a column of an export.
ALIASES = {"client_aliases.csv": "Client", "vendor_aliases.csv": "Vendor"}
STATES = ("Canceled", "Complete", "Active", "Paused")


class Steps:
    """What happens to one ledger, which begins empty; `taken` says it in words."""

    def __init__(self, ledger: Ledger, project: Path, folder: Path, seed: int, weeks: int) -> None:
        self.ledger, self.project, self.folder = ledger, project, folder
        self.random = random.Random(seed)  # noqa: S311
        self.weeks = list(make_weeks(folder / "weeks", weeks, 40, seed, 12))
        self.late: list[Path] = []  # weeks that were passed over
        self.last: list[SourceFile] = []
        self.can_undo = False
        self.taken: list[str] = []

    def take(self, name: str) -> bool:
        """Take a step by its name and build; False when there is nothing to do."""
        step: Callable[[], bool] = getattr(self, name)
        if not step():
            return False
        self.taken.append(name)
        self.ledger.build(*MODELS, project=self.project)
        return True

    def week(self) -> bool:
        """The next week's export, scrapes and roster."""
        return bool(self.weeks) and self._load(*self._inputs(self.weeks.pop(0)))

    def pass_over(self) -> bool:
        """The week after the next one; the next comes late."""
        if len(self.weeks) < 2:
            return False
        self.late.append(self.weeks.pop(0))
        return self.week()

    def late_export(self) -> bool:
        """The export of a week that was passed over, without its scrapes."""
        if not self.late:
            return False
        return self._load(*find_inputs(self.late[0] / "export.csv", None, None))

    def late_scrapes(self) -> bool:
        if not self.late:
            return False
        week = self.late.pop(0)
        return self._load(*find_inputs(None, week / "scraped", None))

    def view(self) -> bool:
        """Some rows and columns of the next week's export."""
        if not self.weeks:
            return False
        with (self.weeks[0] / "export.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.DictReader(file) if self.random.random() < 0.4]
        path = self.folder / f"view_{len(self.taken)}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, VIEW, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
        return self._load(*find_inputs(path, None, None, is_view=True))

    def edit_seed(self) -> bool:
        """An alias of a client or vendor, or another meaning of a status."""
        chosen = self.random.choice([*ALIASES, "campaign_statuses.csv"])
        path = self.project / "seeds" / chosen
        if chosen in ALIASES:
            table = chosen.partition("_")[0]
            names = [
                name
                for (name,) in self.ledger.ask(f"select name from ledger.{table}s order by name")
            ]
            if len(names) < 2:
                return False
            with path.open("a", encoding="utf-8", newline="") as file:
                csv.writer(file).writerow(self.random.sample(names, 2))
            self.can_undo = False
            return True
        label = self.random.choice(STATES)
        lines = path.read_text("utf-8").splitlines()
        kept = [line for line in lines if not line.startswith(f"{label},")]
        state = self.random.choice(["pending", "unreleased"])
        path.write_text("\n".join([*kept, f"{label},{state}"]) + "\n", "utf-8")
        self.can_undo = False
        return True

    def edit_rule(self) -> bool:
        """How a cell is read: every number of a column is one more, or as it was."""
        path = self.project / "models" / "staging" / "airtable" / "stg_airtable__contents.sql"
        rule = "{{ parse_whole_number('weekly') }} as weekly"
        other = rule.replace(" as", " + 1 as")
        text = path.read_text("utf-8")
        edited = text.replace(rule, other) if rule in text else text.replace(other, rule)
        assert edited != text
        path.write_text(edited, "utf-8")
        self.can_undo = False
        return True

    def load_again(self) -> bool:
        return bool(self.last) and not self._load(*self.last, is_new=False)

    def undo(self) -> bool:
        """The last load and its build."""
        if not self.can_undo:
            return False
        self._restore()
        self._remove([file.sha256 for file in self.last])
        self.can_undo = False
        return True

    def _inputs(self, week: Path) -> list[SourceFile]:
        roster = week / "roster"
        place = roster if roster.exists() else None
        return find_inputs(week / "export.csv", week / "scraped", place)

    def _load(self, *files: SourceFile, is_new: bool = True) -> bool:
        """Whether anything was loaded; the live rows are kept for an undo."""
        if is_new:
            self._keep()
        result = load_into(self.ledger.database, list(files), self.ledger.home, ANYTHING)
        if is_new:
            self.last, self.can_undo = list(files), len(self.taken) > 0
        return bool(result.loaded)

    def _keep(self) -> None:
        with self.ledger.database.connect() as conn, conn.cursor() as cur:
            for schema in PUBLISHED:
                kept = sql.Identifier(f"kept_{schema}")
                cur.execute(
                    sql.SQL("drop schema if exists {0} cascade; create schema {0}").format(kept)
                )
                for table in keyed_tables(conn, schema):
                    cur.execute(
                        sql.SQL("create table {} as select {} from {}").format(
                            sql.Identifier(f"kept_{schema}", table.name),
                            column_list(table.columns),
                            sql.Identifier(schema, table.name),
                        )
                    )
            conn.commit()

    def _restore(self) -> None:
        with self.ledger.database.connect() as conn, conn.cursor() as cur:
            cur.execute("set session_replication_role = replica")  # foreign keys wait
            for schema in PUBLISHED:
                for table in keyed_tables(conn, schema):
                    cur.execute(
                        sql.SQL(
                            "delete from {0}; insert into {0} ({1}) select {1} from {2}"
                        ).format(
                            sql.Identifier(schema, table.name),
                            column_list(table.columns),
                            sql.Identifier(f"kept_{schema}", table.name),
                        )
                    )
            conn.commit()

    def _remove(self, files: list[str]) -> None:
        """Take files out of staging."""
        with self.ledger.database.connect() as conn, conn.cursor() as cur:
            present = read_columns(conn, *STAGING)
            for dataset, tables in STAGING.items():
                for table in tables:
                    if present[dataset, table]:
                        cur.execute(
                            sql.SQL("delete from {} where file_sha256 = any(%s)").format(
                                sql.Identifier(dataset, table)
                            ),
                            [files],
                        )
            conn.commit()
