"""The account: what the ledger holds beside what its files say, with open issues and rejects.

    ledger, ledger_quality, staging (SQL) ─┐
    FileCounts (the files, read apart) ────┴─► make_account() ──► Account ──► console, JSON, pages

Reads only: a check that fails is reported and nothing is corrected.
"""

from dataclasses import asdict, dataclass
from decimal import Decimal

from psycopg2.extensions import connection

from playledger.audit import ledger_queries
from playledger.audit.date_figures import DATE_ORDERS, date_figures
from playledger.audit.figures import Figure, compare
from playledger.audit.file_counts import FileCounts
from playledger.audit.kept_counts import KeptCounts
from playledger.audit.ledger_figures import LedgerFigures

NO_VERDICT = "the ledger also keeps what earlier exports and people knew"


@dataclass(frozen=True, slots=True)
class IssueCount:
    """Issues of one reason in `data_issues` that nobody knows of, and what a person can do."""

    severity: str
    reason: str
    count: int
    suggestion: str | None


@dataclass(frozen=True, slots=True)
class RejectedCount:
    """Records of one reason in `rejected_records`."""

    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class EmptiedCount:
    """Cells of one column that are empty now, and whose earlier value the ledger keeps."""

    column: str
    count: int


@dataclass(frozen=True, slots=True)
class Account:
    """All figures in the order in which people read them, then issues, rejected records and emptied
    cells.
    """

    figures: list[Figure]
    issues: list[IssueCount]
    rejected: list[RejectedCount]
    emptied: list[EmptiedCount]

    @property
    def checks(self) -> list[Figure]:
        """The figures that pass or fail."""
        return [figure for figure in self.figures if figure.is_check]

    @property
    def failed(self) -> list[Figure]:
        """The checks that failed."""
        return [figure for figure in self.checks if figure.status != "ok"]

    @property
    def unread(self) -> list[Figure]:
        """The figures of columns of which not one cell could be read."""
        return [figure for figure in self.figures if figure.status == "unread"]

    @property
    def note(self) -> str:
        """Why some figures stand beside those of files without a verdict; empty when none does."""
        shown = [each for each in self.figures if each.status == "shown" and each.files is not None]
        return f"{len(shown):,} without a verdict: {NO_VERDICT}." if shown else ""

    def as_json(self) -> dict[str, object]:
        """Plain values; an amount of money is text, so that it stays exact."""
        return {
            "checks": len(self.checks),
            "failed": [figure.name.strip() for figure in self.failed],
            "unread": [figure.name.strip() for figure in self.unread],
            "figures": [_plain(asdict(figure)) for figure in self.figures],
            "issues": [asdict(issue) for issue in self.issues],
            "rejected": [asdict(rejected) for rejected in self.rejected],
            "emptied": [asdict(emptied) for emptied in self.emptied],
        }


def make_account(
    conn: connection,
    schema: str,
    counts: FileCounts | None,
    exports_loaded: int,
    staging: str = "",
    kept: KeptCounts | None = None,
) -> Account:
    """The account of the ledger in `schema`; figures of files are None without `counts`.

    `staging` is the prefix of the staging schemas, where those are a candidate's. `exports_loaded`
    is how many exports the ledger ever got. `kept` may know what staging holds of an export. A
    missing table is psycopg2's error: the caller sees to it that the ledger was built.
    """
    queries = LedgerFigures(conn, schema, counts, staging, kept)
    of_files = counts.figures if counts else {}
    unread = counts.unread if counts else frozenset()
    figures = compare(queries.figures(), of_files, exports_loaded, queries.comparable(), unread)
    checks = [
        Figure(
            "Integrity checks", name, actual, expected, True, "ok" if status == "ok" else "differs"
        )
        for name, expected, actual, status in queries.rows(ledger_queries.INTEGRITY_CHECKS)
    ]
    issues = [IssueCount(*row) for row in queries.rows(ledger_queries.ISSUES)]
    rejected = [RejectedCount(*row) for row in queries.rows(ledger_queries.REJECTED)]
    emptied = [EmptiedCount(*row) for row in queries.rows(ledger_queries.EMPTIED)]
    # An earlier version's ledger has none until it is built again.
    decisions = queries.rows(DATE_ORDERS) if queries.has_table("date_orders") else []
    figures += date_figures(decisions, counts)
    return Account([*figures, *checks], issues, rejected, emptied)


def _plain(values: dict[str, object]) -> dict[str, object]:
    return {
        name: str(value) if isinstance(value, Decimal) else value for name, value in values.items()
    }
