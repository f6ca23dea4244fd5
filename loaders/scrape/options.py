"""What a person asked for, and the list to work off that comes of it.

Wish, runs on disk, ledger ──► choose_work() ──► WorkList, or why there is nothing to do
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console

from loaders.scrape.worklist import Item, WorkList, fresh_results, take_up
from loaders.text import duration


@dataclass(frozen=True, slots=True)
class ScrapeOptions:
    """What a person asked for. `pace` is in pages a minute for the site, `max_age` says when a
    result is old, `only` names campaigns or tracks; `of` names the files that a list is made for,
    where it is not made for the whole ledger.
    """

    pages: int
    pace: float
    max_age: timedelta
    limit: int | None = None
    only: tuple[str, ...] = ()
    retry_failed: bool = False
    restart: bool = False
    is_list: bool = False
    of: str = ""

    @property
    def signature(self) -> dict[str, object]:
        """What tells one work list from another: a run is taken up only for the same wish."""
        of = {"of": self.of} if self.of else {}
        return {"only": sorted(self.only), "limit": self.limit, **of}


def choose_work(
    parent: Path,
    unit: str,
    options: ScrapeOptions,
    console: Console,
    find_items: Callable[[], list[Item]],
) -> WorkList | None:
    """The list to work off: one that was not finished, else a new one.

    None, said in words, when there is nothing to do or the list is only asked for; then nothing on
    disk is changed.
    """
    before = take_up(parent, options.signature)
    if options.retry_failed:
        if before is None or not before.failed:
            console.print("Nothing to do: the last run has no failures to try again.")
            return None
        if options.is_list:
            return _print([item for item, _ in before.failed], console)
        console.print(f"Trying {before.retry_failed()} failed {unit} again.")
    if before and before.left and not options.restart:
        console.print(
            f"resuming: {len(before.done)} of {len(before.items)} done, "
            f"{len(before.failed)} failed, {len(before.left)} left"
        )
        return _print(before.left, console) if options.is_list else before
    found = find_items()
    items = found if options.only else _that_are_old(found, parent, options)
    items = items[: options.limit]
    if not items:
        age = duration(options.max_age.total_seconds())
        why = f"each of {len(found)} was asked for in the last {age}" if found else "no need"
        console.print(f"Nothing to scrape: {why}.")
        return None
    console.print(f"{len(items)} of {len(found)} {unit} to scrape")
    if options.is_list:
        return _print(items, console)
    if before:
        before.close()
    return WorkList.create(parent, items, options.signature)


def _print(items: list[Item], console: Console) -> None:
    for item in items:
        console.print(f"  {item.label}", markup=False)


def _that_are_old(items: list[Item], parent: Path, options: ScrapeOptions) -> list[Item]:
    """Those that neither a result file nor the ledger has of late."""
    fresh = fresh_results(parent, options.max_age, options.of)
    now = datetime.now(UTC).replace(tzinfo=None)

    def is_old(item: Item) -> bool:
        last = item.content.get("last_scraped_at")
        return last is None or now - datetime.fromisoformat(str(last)) >= options.max_age

    return [item for item in items if item.key not in fresh and is_old(item)]
