"""The macros of `macros/parse` on their own: one query over many texts, on a built ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jinja2 import Environment

from loaders.database import Database
from tests.project import PROJECT


def read_in_sql(database: Database, rule: str, cells: Sequence[str]) -> list[Any]:
    """What a rule gives for each text; `rule` is Jinja over a column `cell`."""
    macros = "".join(path.read_text() for path in sorted(PROJECT.glob("macros/parse/*.sql")))
    rendered = Environment().from_string(macros + "{{ '\x1e' }}{{ " + rule + " }}")  # noqa: S701
    names = {"target": {"schema": "ledger"}}
    expression = rendered.render(names).rpartition("\x1e")[2].replace("%", "%%")
    query = f"select {expression} from unnest(%s) with ordinality as cells (cell, at) order by at"
    with database.connect() as conn, conn.cursor() as cursor:
        cursor.execute(query, [list(cells)])
        return [value for (value,) in cursor.fetchall()]
