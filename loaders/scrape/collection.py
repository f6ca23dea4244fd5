"""What a run collects, as the runner sees it: streams_collection.py and sfa_collection.py."""

from __future__ import annotations

from collections import Counter
from typing import Protocol

from loaders.scrape.page import BrowserPage
from loaders.scrape.worklist import Item


class Collection(Protocol):
    """What a run collects: `kind` names its folder, `unit` is the plural of its items."""

    kind: str
    unit: str

    async def check(self, page: BrowserPage, item: Item) -> None:
        """Check that the item's page has its usual layout; raises a ScrapeError."""

    async def collect(self, page: BrowserPage, item: Item) -> dict[str, object]:
        """The content of the item's result file; raises a ScrapeError."""

    def outcomes(self, content: dict[str, object]) -> Counter[str]:
        """Counts of what a result holds, by their label in the report."""
