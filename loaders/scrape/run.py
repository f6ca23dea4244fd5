"""A scrape from its options to its report.

    ScrapeOptions, items ──► WorkList ──► Runner ──► Report, exit code

A second run continues where the first stopped. "Nothing to scrape" (exit code 0) is a different
outcome than a site that did not answer (2).
"""

import asyncio
import fcntl
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from loaders.errors import Exit, UserError
from loaders.scrape.browser_pool import BrowserPool
from loaders.scrape.options import ScrapeOptions, select_work
from loaders.scrape.progress import RunProgress
from loaders.scrape.run_report import Report, make_report, print_report, write_report
from loaders.scrape.runner import Collection, Runner
from loaders.scrape.session import describe_age
from loaders.scrape.site import read_site
from loaders.scrape.worklist import Item, WorkList
from loaders.settings import Settings


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
    read_site(settings.site, settings.login_site)  # a wrong address is reported before all else
    with _exclusive_run(parent):
        work = select_work(parent, collection.unit, options, console, find_items)
        if work is None:
            return Exit.DONE
        report = asyncio.run(_run(settings, console, collection, options, work))
    if on_report:
        on_report(report)
    return Exit(report.exit_code)


async def _run(
    settings: Settings,
    console: Console,
    collection: Collection,
    options: ScrapeOptions,
    work: WorkList,
) -> Report:
    started = time.monotonic()
    async with BrowserPool(settings, options.pace) as pool:
        age = describe_age(pool.session.age)
        console.print(
            f"{options.pages} pages of Chromium ({pool.chromium.origin}) at {pool.site.address}; "
            f"session {age}"
        )
        runner = Runner(work, collection, pool, options.pages)
        with RunProgress(console, runner, age) as progress:
            runner.on_change = progress.refresh
            _handle_signals(runner, console)
            ending = await runner.run()
            progress.refresh()
    report = make_report(runner, ending, time.monotonic() - started)
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
