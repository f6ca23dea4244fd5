"""A scrape from its options to its report.

    ScrapeOptions, items ──► WorkList ──► Runner ──► Report, exit code

A second run continues where the first stopped. "Nothing to scrape" (exit code 0) is a different
outcome than a site that did not answer (2).
"""

from __future__ import annotations

import asyncio
import fcntl
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from loaders.errors import Exit, UserError
from loaders.scrape.browser_pool import BrowserPool
from loaders.scrape.chromium import find_chromium
from loaders.scrape.collection import Collection
from loaders.scrape.options import ScrapeOptions, select_work
from loaders.scrape.progress import RunProgress
from loaders.scrape.run_report import Report, make_report, print_report, write_report
from loaders.scrape.runner import Ending, Runner
from loaders.scrape.session import Session, describe_age
from loaders.scrape.site import Site, read_site
from loaders.scrape.throttle import Throttle
from loaders.scrape.worklist import Item, WorkList

if TYPE_CHECKING:
    from rich.console import Console

    from loaders.settings import Settings

NEXT_STEPS = {
    Ending.INTERRUPTED: "Run the same command again to continue.",
    Ending.SESSION_EXPIRED: (
        "Run `playledger login`, then the same command again: it continues where it stopped."
    ),
    Ending.LAYOUT_CHANGED: (
        "Stopped: pages lack elements that they should have. Nothing of them was stored. Compare "
        "the screenshot in the report with loaders/scrape/selectors.py."
    ),
    Ending.NO_ANSWER: (
        "Stopped: the site did not answer ({no_answer}). Nothing is known about the items that are "
        "left; run the same command again later."
    ),
}


def scrape(
    settings: Settings,
    console: Console,
    collection: Collection,
    options: ScrapeOptions,
    find_items: Callable[[], list[Item]],
    on_report: Callable[[Report], None] | None = None,
) -> Exit:
    """Collect items. `find_items` returns those that the ledger needs, most urgent first;
    `on_report` gets the run's report, and is not called when there is nothing to do.

    Raises UserError when there is no session, no browser, or another run is in progress.
    """
    parent = settings.home / "scrape" / collection.kind
    site = read_site(settings.site, settings.login_site)
    with _exclusive_run(parent):
        work = select_work(parent, collection.unit, options, console, find_items)
        if work is None:
            return Exit.DONE
        report = asyncio.run(_run(settings, site, console, collection, options, work))
    if on_report:
        on_report(report)
    return Exit(report.exit_code)


async def _run(
    settings: Settings,
    site: Site,
    console: Console,
    collection: Collection,
    options: ScrapeOptions,
    work: WorkList,
) -> Report:
    session = Session(settings.session_path)
    session.state()
    age = describe_age(session.age)
    chromium = await find_chromium(settings.chromium)
    console.print(
        f"{options.pages} pages of Chromium ({chromium.origin}) at {site.address}; session {age}"
    )
    started = time.monotonic()
    throttle = Throttle(options.pace)
    async with BrowserPool(chromium, site, session, throttle) as pool:
        runner = Runner(work, collection, pool, throttle, options.pages)
        with RunProgress(console, work, runner, collection.unit, age) as progress:
            runner.on_change = progress.refresh
            _handle_signals(runner, console)
            ending = await runner.run()
            progress.refresh()
    report = make_report(
        work,
        collection,
        runner,
        ending=ending.value,
        exit_code=_exit_code(ending, work, runner),
        next_step=_next_step(ending, work, runner),
        seconds=time.monotonic() - started,
    )
    page = write_report(report, work.folder)
    print_report(report, console)
    console.print(f"The report as a page: {page}", markup=False, soft_wrap=True)
    return report


def _handle_signals(runner: Runner, console: Console) -> None:
    def stop() -> None:
        if runner.is_stopping:
            console.print("Stopping now.")
        else:
            console.print("Finishing what is in progress; Ctrl-C again stops now.")
        runner.interrupt()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)


def _exit_code(ending: Ending, work: WorkList, runner: Runner) -> Exit:
    if ending is Ending.SESSION_EXPIRED:
        return Exit.LOGIN
    if ending is Ending.FINISHED:
        return Exit.PARTLY if work.failed else Exit.DONE
    if ending is Ending.INTERRUPTED or runner.finished:
        return Exit.PARTLY
    return Exit.NOTHING


def _next_step(ending: Ending, work: WorkList, runner: Runner) -> str:
    if ending in NEXT_STEPS:
        return NEXT_STEPS[ending].format(no_answer=runner.no_answer)
    steps = []
    if work.done:
        steps.append("run `make load` and `dbt build` to bring the results into the ledger")
    if runner.outcomes["to review"]:
        steps.append("then `playledger review --kind sfa` to decide on close matches")
    if work.failed:
        steps.append("run again with --retry-failed to retry what failed")
    text = "; ".join(steps)
    return f"{text[:1].upper()}{text[1:]}." if text else "There is nothing else to do."


@contextmanager
def _exclusive_run(parent: Path) -> Iterator[None]:
    """Hold the lock of a kind of scrape; UserError when another process holds it."""
    parent.mkdir(parents=True, exist_ok=True)
    with (parent / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UserError("Another scrape is running. Wait until it is done.") from None
        yield
