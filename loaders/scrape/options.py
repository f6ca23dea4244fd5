"""The options of a scrape, and the work list that they select.

ScrapeOptions, runs on disk, ledger ──► select_work() ──► WorkList, or None with the reason printed
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console

from loaders.scrape.worklist import SCOPE, Item, WorkList, fresh_results, resume
from loaders.text import duration


@dataclass(frozen=True, slots=True)
class ScrapeOptions:
    """Options of a scrape.

    `pages` are open at once, `pace` is the most pages a minute; results younger than `max_age` are
    fresh. `only` names campaigns or tracks. `scope` identifies the input of a trial, whose work
    lists are kept apart from those of the whole ledger.
    """

    pages: int
    pace: float
    max_age: timedelta
    limit: int | None = None
    only: tuple[str, ...] = ()
    retry_failed: bool = False
    restart: bool = False
    list_only: bool = False
    scope: str = ""

    @property
    def signature(self) -> dict[str, object]:
        """What must be equal for a run to be resumed."""
        scope = {SCOPE: self.scope} if self.scope else {}
        return {"only": sorted(self.only), "limit": self.limit, **scope}


def select_work(
    parent: Path,
    unit: str,
    options: ScrapeOptions,
    console: Console,
    find_items: Callable[[], list[Item]],
) -> WorkList | None:
    """The unfinished list of an earlier run, else a new one; prints which.

    None when there is nothing to do or `list_only` is set; then nothing on disk changes.
    """
    before = resume(parent, options.signature)
    if options.retry_failed:
        if before is None or not before.failed:
            console.print("Nothing to do: the last run has no failures to retry.")
            return None
        if options.list_only:
            return _print([item for item, _ in before.failed], console)
        console.print(f"Retrying {before.retry_failed()} failed {unit}.")
    if before and before.left and not options.restart:
        console.print(
            f"resuming: {len(before.done)} of {len(before.items)} done, "
            f"{len(before.failed)} failed, {len(before.left)} left"
        )
        return _print(before.left, console) if options.list_only else before
    found = find_items()
    items = found if options.only else _without_fresh(found, parent, options)
    items = items[: options.limit]
    if not items:
        age = duration(options.max_age.total_seconds())
        fresh = f"all {len(found)} {unit} were scraped in the last {age}"
        console.print(f"Nothing to scrape: {fresh if found else f'no {unit} are wanted'}.")
        return None
    console.print(f"{len(items)} of {len(found)} {unit} to scrape")
    if options.list_only:
        return _print(items, console)
    if before:
        before.close()
    return WorkList.create(parent, items, options.signature)


def _print(items: list[Item], console: Console) -> None:
    for item in items:
        console.print(f"  {item.label}", markup=False)


def _without_fresh(items: list[Item], parent: Path, options: ScrapeOptions) -> list[Item]:
    """Without items that a result file or the ledger has a fresh result of."""
    fresh = fresh_results(parent, options.max_age, options.scope)
    now = datetime.now(UTC).replace(tzinfo=None)

    def is_due(item: Item) -> bool:
        last = item.content.get("last_scraped_at")
        return last is None or now - datetime.fromisoformat(str(last)) >= options.max_age

    return [item for item in items if item.key not in fresh and is_due(item)]
