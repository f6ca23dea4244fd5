"""The account: what the ledger holds beside what its files say, and everything doubtful.

    ledger, ledger_quality, staging (SQL) ─┐
    FileCounts (the files, counted apart) ─┴─► make_account() ──► Account ──► render, JSON

Reads only. What a check finds is told, never mended.
"""

from __future__ import annotations

import string
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from psycopg2 import sql

from playledger.audit import ledger_queries, staging_queries
from playledger.audit.figures import EVERYTHING, STATUSES, Figure, Value, compare, judge

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from playledger.audit.file_counts import FileCounts

BLANKS = string.whitespace + (
    "\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u2028\u2029\u202f\u205f\u3000"
)
UNPROVEN = "the ledger also keeps what earlier exports and people knew"
DATASETS = ("staging_airtable", "staging_spotify")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Doubts of one reason in `data_issues`, and what a person can do about them."""

    severity: str
    reason: str
    count: int
    suggestion: str | None


@dataclass(frozen=True, slots=True)
class Reject:
    """Records of one reason in `rejected_records`."""

    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class Account:
    """All figures in the order in which people read them, then doubts and rejected records."""

    figures: list[Figure]
    doubts: list[Doubt]
    rejects: list[Reject]

    @property
    def checks(self) -> list[Figure]:
        """The figures that must hold."""
        return [figure for figure in self.figures if figure.is_check]

    @property
    def failed(self) -> list[Figure]:
        """The checks that do not hold."""
        return [figure for figure in self.checks if figure.status != "ok"]

    @property
    def told(self) -> str:
        """Why some figures stand beside those of files without a verdict; empty when none does."""
        shown = [each for each in self.figures if not each.is_check and each.files is not None]
        return f"{len(shown):,} without a verdict: {UNPROVEN}." if shown else ""

    def as_json(self) -> dict[str, object]:
        """Plain values; an amount of money is text, so that it stays exact."""
        return {
            "checks": len(self.checks),
            "failed": [figure.name.strip() for figure in self.failed],
            "figures": [_plain(asdict(figure)) for figure in self.figures],
            "doubts": [asdict(doubt) for doubt in self.doubts],
            "rejects": [asdict(reject) for reject in self.rejects],
        }


def make_account(
    conn: connection,
    schema: str,
    counts: FileCounts | None,
    exports_loaded: int,
    staging: str = "",
) -> Account:
    """The account of the ledger in `schema`; figures of files are None without `counts`.

    `staging` stands before the names of the staging schemas, where those are a candidate's.
    `exports_loaded` is how many exports the ledger ever got. A missing table is psycopg2's error:
    the caller sees to it that the ledger was built.
    """
    asked = _Asked(conn, schema, counts, staging)
    figures = compare(
        asked.ledger(), counts.figures if counts else {}, exports_loaded, asked.complete()
    )
    doubts = [Doubt(*row) for row in asked.rows(ledger_queries.DOUBTS)]
    rejects = [Reject(*row) for row in asked.rows(ledger_queries.REJECTS)]
    return Account([*figures, *asked.orphans(), *asked.integrity()], doubts, rejects)


class _Asked:
    """The questions, put to one schema about some files."""

    def __init__(
        self, conn: connection, schema: str, counts: FileCounts | None, staging: str
    ) -> None:
        self._opened = conn
        self._counts = counts
        self._datasets = [f"{staging}{dataset}" for dataset in DATASETS]
        self._schemas = {"ledger": schema, "quality": f"{schema}_quality"}

    def rows(self, query: str, **names: str) -> list[tuple]:
        """The rows of a query whose `{names}` are schemas, tables or columns."""
        known = {name: sql.Identifier(text) for name, text in {**self._schemas, **names}.items()}
        return self._ask(sql.SQL(query).format(**known))[1]

    def ledger(self) -> dict[str, Value]:
        """The ledger's side of the figures; staging is asked about the counted files alone."""
        found: dict[str, Value] = dict.fromkeys((f"status_{name}" for name in STATUSES), 0)
        questions = [
            staging_queries.ask_staging(query, dataset)
            for dataset, query in zip(
                self._datasets, (staging_queries.EXPORTS, staging_queries.PAGES), strict=True
            )
        ]
        schema = sql.Identifier(self._schemas["ledger"])
        questions += [sql.SQL(query).format(ledger=schema) for query in ledger_queries.LEDGER]
        for question in questions:
            columns, (row,) = self._ask(question, is_about_all=self._counts is None)
            found |= zip(columns, row, strict=True)
        found |= {f"status_{name}": count for name, count in self.rows(ledger_queries.STATUS)}
        return found

    def complete(self) -> frozenset[str]:
        """Kinds of files of which everything that was ever loaded was counted."""
        if self._counts is None:
            return frozenset()
        known, partial = self._counts.sha256, set()
        for dataset in self._datasets:
            _, files = self._ask(
                staging_queries.ask_staging(staging_queries.FILES, dataset), is_about_all=True
            )
            partial |= {kind for kind, sha256 in files if sha256 not in known.get(kind, ())}
        return EVERYTHING - partial - self._counts.doubtful

    def orphans(self) -> Iterable[Figure]:
        """Rows whose parent is missing, by foreign key: there must be none."""
        for child, column, parent, key in ledger_queries.FOREIGN_KEYS:
            names = {"child": child, "column": column, "parent": parent, "key": key}
            ((count,),) = self.rows(ledger_queries.ORPHANS, **names)
            yield judge("Orphans", f"{child}.{column} without its {parent}", count, None)

    def integrity(self) -> Iterable[Figure]:
        """The truths that the build itself has checked."""
        for name, expected, actual, status in self.rows(ledger_queries.INTEGRITY):
            verdict = "ok" if status == "ok" else "differs"
            yield Figure("Integrity checks", name, actual, expected, True, verdict)

    def _ask(
        self, question: sql.Composed, is_about_all: bool = False
    ) -> tuple[list[str], list[tuple]]:
        """(names of the columns, rows)."""
        given = self._counts.sha256.values() if self._counts else ()
        sha256 = [one for found in given for one in found]
        values = {"all": is_about_all, "sha256": sha256, "blanks": BLANKS}
        with self._opened.cursor() as cursor:
            cursor.execute(question, values)
            return [column.name for column in cursor.description], cursor.fetchall()


def _plain(values: dict[str, object]) -> dict[str, object]:
    return {
        name: str(value) if isinstance(value, Decimal) else value for name, value in values.items()
    }
