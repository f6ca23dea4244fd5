"""The ledger's side of the account: what its tables hold, and staging of the counted files.

ledger, staging (SQL) ──► LedgerFigures ──► figures by name ──► make_account()
"""

from collections import Counter
from functools import partial

from psycopg2 import sql
from psycopg2.extensions import connection, cursor
from psycopg2.extras import RealDictCursor

from playledger.audit import ledger_queries, staging_queries
from playledger.audit.figures import EVERYTHING, STATUSES, TEXTS, Value
from playledger.audit.file_counts import FileCounts
from playledger.audit.kept_counts import KeptCounts

BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001))))  # no white space comes after
EXPORTS = "staging_airtable"


class LedgerFigures:
    """The account's queries, on one ledger and about some files; see `make_account`."""

    def __init__(
        self,
        conn: connection,
        schema: str,
        counts: FileCounts | None,
        staging: str = "",
        kept: KeptCounts | None = None,
    ) -> None:
        self._conn, self._counts, self._staging = conn, counts, staging
        self._kept = kept or KeptCounts()
        self._ledger = schema
        self._schemas = {
            "ledger": sql.Identifier(schema),
            "quality": sql.Identifier(f"{schema}_quality"),
        }

    def has_table(self, name: str) -> bool:
        """Whether the ledger has a table."""
        with self._conn.cursor() as cur:
            cur.execute(
                "select to_regclass(format('%%I.%%I', %s::text, %s::text))", [self._ledger, name]
            )
            return cur.fetchone()[0] is not None

    def rows(self, query: str) -> list[tuple]:
        """The rows of a query on the ledger."""
        return self._run(sql.SQL(query).format(**self._schemas))

    def figures(self) -> dict[str, Value]:
        """The ledger's side of the figures; of staging, only the counted files."""
        found: dict[str, Value] = dict.fromkeys((f"status_{name}" for name in STATUSES), 0)
        queries = [
            *(self._on_staging(*each) for each in staging_queries.BY_DATASET.items()),
            *(sql.SQL(query).format(**self._schemas) for query in ledger_queries.LEDGER),
        ]
        for query in queries:
            (row,) = self._run(query, RealDictCursor)
            found |= row
        found |= {f"status_{name}": count for name, count in self.rows(ledger_queries.STATUS)}
        return found | self._texts()

    def comparable(self) -> frozenset[str]:
        """What a difference may rest on: kinds of files of which everything that was ever loaded
        was counted, and what is not ambiguous in them.
        """
        if self._counts is None:
            return frozenset()
        counted, partial = self._counts.sha256, set()
        for dataset in staging_queries.BY_DATASET:
            files = self._run(self._on_staging(dataset, staging_queries.FILES), all=True)
            partial |= {kind for kind, sha256 in files if sha256 not in counted.get(kind, ())}
        return EVERYTHING - partial - self._counts.ambiguous

    def _on_staging(self, dataset: str, query: str) -> sql.Composed:
        return staging_queries.staging_query(query, f"{self._staging}{dataset}")

    def _texts(self) -> dict[str, int]:
        """Cells, characters and client labels of the counted exports in staging.

        A load writes a file's rows under a key of its own, and nothing changes them afterwards.
        """
        loads = self._run(self._on_staging(EXPORTS, staging_queries.EXPORT_LOADS))
        readers = {" ".join(load): partial(self._read_texts, *load) for load in loads}
        sums, labels = Counter(dict.fromkeys(("cells", *TEXTS), 0)), set()
        for _, texts in self._kept.facts("staging", readers):
            labels.update(texts["client_labels"])
            sums.update(texts["sums"])
        return {**sums, "client_labels": len(labels)}

    def _read_texts(self, sha256: str, run_key: str) -> dict[str, object]:
        query = self._on_staging(EXPORTS, staging_queries.EXPORT_TEXTS)
        (row,) = self._run(query, RealDictCursor, loaded=sha256, run_key=run_key)
        return {"client_labels": row.pop("client_labels"), "sums": row}

    def _run(self, query: sql.Composed, rows_as: type[cursor] = cursor, **values: object) -> list:
        counted = self._counts.sha256.values() if self._counts else ()
        sha256 = [one for found in counted for one in found]
        given = {"all": self._counts is None, "sha256": sha256, "blanks": BLANKS, **values}
        with self._conn.cursor(cursor_factory=rows_as) as cur:
            cur.execute(query, given)
            return cur.fetchall()
