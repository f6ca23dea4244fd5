"""Where the stages of a run happen: an interface, and what its steps return.

    Workspace.load() ──► LoadOutcome      .scrape() ──► ScrapeOutcome      .verify() ──► Account

There are two: the ledger itself (`ledger_workspace`), and a trial beside it (`trial.workspace`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from loaders.errors import Exit

if TYPE_CHECKING:
    from loaders.database import Database
    from loaders.load import LoadResult
    from playledger.audit.account import Account
    from playledger.dbt.build import BuildResult, Node
    from playledger.dbt.profiles import ProfileState


@dataclass(frozen=True, slots=True)
class LoadOutcome:
    """What a load did, where to (for people), and the state of `profiles.yml` after it."""

    result: LoadResult
    place: str
    profile: ProfileState


@dataclass(frozen=True, slots=True)
class ScrapeOutcome:
    """How a scrape ended; unless it is done, `message` says what to do next.

    `counts`: songs or artists `scraped` and `not_scraped` in this run, and `seconds`.
    """

    code: Exit
    counts: dict[str, float]
    message: str | None

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

    def load(self) -> LoadOutcome:
        """Load the files."""

    def build(self, on_node: Callable[[Node], None]) -> BuildResult:
        """Build once; `on_node` gets every node that has finished."""

    def scrape(self, stage: str) -> ScrapeOutcome:
        """Scrape for a stage (`sfa`, `streams`)."""

    def load_results(self) -> LoadResult:
        """Load what was scraped since the load."""

    def verify(self) -> tuple[Account, int]:
        """The account, and the number of loaded files that were not found."""
