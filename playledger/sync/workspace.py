"""Where the stages of a run happen: an interface, and what its steps return.

    Workspace.load() ──► LoadResult      .scrape() ──► StageOutcome      .verify() ──► Account

There are two: the ledger itself (`ledger_workspace`), and a trial beside it (`trial.workspace`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from loaders.database import Database
from loaders.errors import Exit
from loaders.load import LoadResult
from playledger.audit.account import Account
from playledger.dbt.build import BuildResult, Node


@dataclass(frozen=True, slots=True)
class StageOutcome:
    """How a scrape or deployment ended; unless it is done, `message` says what to do next.

    `counts`, of a scrape: songs or artists `scraped` and `not_scraped` in this run, and `seconds`.
    """

    code: Exit
    message: str | None = None
    counts: dict[str, float] = field(default_factory=dict)

    @property
    def outcome(self) -> str:
        """The run log's word for it."""
        return {Exit.DONE: "done", Exit.PARTLY: "partly"}.get(self.code, "failed")


class Workspace(Protocol):
    """A database with the ledger's schema, and its name for people.

    Each step raises UserError when it cannot start.
    """

    name: str
    database: Database
    schema: str

    def load(self) -> LoadResult:
        """Load the files, and print what was loaded."""

    def build(self, on_node: Callable[[Node], None]) -> BuildResult:
        """Build once; `on_node` gets every node that has finished."""

    def scrape(self, stage: str) -> StageOutcome:
        """Scrape for a stage (`sfa`, `streams`)."""

    def load_results(self) -> LoadResult:
        """Load what was scraped since the load."""

    def verify(self) -> tuple[Account, int]:
        """The account, and the number of loaded files that were not found."""
