"""The ledger built from nothing beside the live one, compared with it, and dropped.

    staging, what the ledger remembers ──► Rebuild.build() ──► Rebuild.compare()

It has schemas of its own, `<ledger>_rebuild` and those beside it. Live schemas and staging are only
read. One that a killed run left behind is dropped by the next. No load and no run of `sync` works
on the database meanwhile.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from psycopg2 import sql
from psycopg2.extensions import connection

from loaders.database import Database
from loaders.errors import UserError
from loaders.locks import RUN_LOCK, require_load_lock, try_advisory_lock
from loaders.settings import Settings
from playledger.audit.verification import require_ledger
from playledger.dbt.build import BuildResult, Node
from playledger.dbt.build_on import build_on
from playledger.publish.schema_copies import drop_schemas
from playledger.rebuild.ledgers import Comparison, compare_ledgers
from playledger.rebuild.memory import copy_memory, drop_unused

TARGET = "rebuild"
NO_TESTS = ("--resource-type", "seed", "--resource-type", "model")
SCHEMAS = """
    select nspname from pg_namespace
    where nspname = %(schema)s or starts_with(nspname::text, %(schema)s || '_')
"""


class Rebuild:
    """`with Rebuild.open(database, settings) as rebuild: ...`, one at a time on a database."""

    def __init__(self, conn: connection, database: Database, settings: Settings) -> None:
        self.conn = conn  # holds the locks
        self.database, self.settings = database, settings
        self.live = settings.schema
        self.schema = f"{settings.schema}_rebuild"

    @classmethod
    @contextmanager
    def open(cls, database: Database, settings: Settings) -> Iterator[Self]:
        """A rebuild without tables, dropped at the end.

        Raises UserError when there is no ledger, or a load or a run of `sync` works on it.
        """
        with database.connect() as conn:
            require_ledger(conn, settings.schema)
            if not try_advisory_lock(conn, RUN_LOCK):
                raise UserError("A run works on this database. Try again when it is done.")
            require_load_lock(conn)
            conn.commit()
            rebuild = cls(conn, database, settings)
            rebuild.drop()
            try:
                yield rebuild
            finally:
                if not conn.closed:
                    conn.rollback()
                    rebuild.drop()

    def drop(self) -> None:
        """Drop every schema of a rebuild, this one's or one that was left behind. Commits."""
        drop_schemas(self.conn, SCHEMAS, self.schema)

    def build(
        self, on_node: Callable[[Node], None] | None = None, project: Path | None = None
    ) -> BuildResult:
        """Build every table from nothing but staging, the seeds and what the ledger remembers."""
        with self.conn.cursor() as cur:
            cur.execute(sql.SQL("create schema {}").format(sql.Identifier(self.schema)))
        copy_memory(self.conn, self.live, self.schema)
        place = self.database, self.schema, TARGET, self.settings.home / TARGET
        result = build_on(*place, *NO_TESTS, project=project, on_node=on_node)
        if result.is_good:
            drop_unused(self.conn, self.schema)
        return result

    def compare(self, most: int = 5) -> list[Comparison]:
        """The tables that are not the same, with up to `most` rows each, as values flow."""
        return list(compare_ledgers(self.conn, self.live, self.schema, most))
