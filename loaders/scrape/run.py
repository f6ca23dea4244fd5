"""The commands `playledger scrape streams` and `playledger scrape sfa`: a list, a run, a report.

    ledger ──► items ──► WorkList, new or unfinished ──► Runner ──► Report, exit code

A second run goes on where the first stood. Where all was scraped lately there is nothing to do,
which is another answer than not having been able to ask.
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
from loaders.scrape.browser_pool import Browser
from loaders.scrape.chromium import find_chromium
from loaders.scrape.options import ScrapeOptions, choose_work
from loaders.scrape.progress import Display
from loaders.scrape.run_report import Report, make_report, render_report, write_report
from loaders.scrape.runner import Collection, Ending, Runner
from loaders.scrape.session import Session, age_in_words
from loaders.scrape.site import Site, read_site
from loaders.scrape.throttle import Pace
from loaders.scrape.worklist import Item, WorkList

if TYPE_CHECKING:
    from rich.console import Console

    from loaders.settings import Settings

NEXT = {
    Ending.INTERRUPTED: "Run the same command again to go on.",
    Ending.SESSION_ENDED: "Run `playledger login`, then the same command again: it goes on here.",
    Ending.LAYOUT_CHANGED: (
        "Stopped: pages lack what they should have. Nothing of them was stored. Compare the "
        "picture in the report with loaders/scrape/selectors.py."
    ),
    Ending.NO_ANSWER: (
        "Stopped: the site could not be asked ({no_answer}). Nothing is known of what is left; run "
        "the same command again later."
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
    """Collect what is needed. `find_items` gives what the ledger asks for, in the order of need;
    `on_report` gets what came of a run, and is not called when there was nothing to do.

    Raises UserError when there is no session, no browser, or another run is on.
    """
    parent = settings.home / "scrape" / collection.kind
    site = read_site(settings.site, settings.login_site)
    with _alone(parent):
        work = choose_work(parent, collection.unit, options, console, find_items)
        if work is None:
            return Exit.DONE
        session = Session(settings.session_path)
        session.state()
        report = asyncio.run(
            _run(settings.chromium, site, session, console, collection, options, work)
        )
    if on_report:
        on_report(report)
    return Exit(report.exit_code)


async def _run(
    named: Path | None,
    site: Site,
    session: Session,
    console: Console,
    collection: Collection,
    options: ScrapeOptions,
    work: WorkList,
) -> Report:
    chromium = await find_chromium(named)
    age = age_in_words(session.age)
    console.print(
        f"{options.pages} pages of Chromium ({chromium.whose}) at {site.address}; session {age}"
    )
    started = time.monotonic()
    pace = Pace(options.pace)
    with Display(console, work, collection.unit, age) as display:
        async with Browser(chromium, site, session, pace) as browser:
            runner = Runner(work, collection, browser, pace, options.pages, display.changed)
            display.watch(runner)
            _heed_signals(runner, display)
            ending = await runner.run()
        display.changed()
    exit_code = _exit_code(ending, work, runner)
    report = make_report(
        work,
        kind=collection.kind,
        unit=collection.unit,
        ending=ending.value,
        exit_code=exit_code,
        next_step=_next_step(ending, work, runner),
        seconds=time.monotonic() - started,
        finished_now=runner.finished,
        outcomes=runner.outcomes,
        retries=runner.retries,
    )
    page = write_report(report, work.folder)
    render_report(report, console)
    console.print(f"The report as a page: {page}", markup=False, soft_wrap=True)
    return report


def _heed_signals(runner: Runner, display: Display) -> None:
    def stop() -> None:
        if runner.is_stopping:
            display.say("Stopping now.")
        else:
            display.say("Finishing what is in flight; Ctrl-C again stops now.")
        runner.interrupt()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)


def _exit_code(ending: Ending, work: WorkList, runner: Runner) -> Exit:
    if ending is Ending.SESSION_ENDED:
        return Exit.LOGIN
    if ending is Ending.FINISHED:
        return Exit.PARTLY if work.failed else Exit.DONE
    if ending is Ending.INTERRUPTED or runner.finished:
        return Exit.PARTLY
    return Exit.NOTHING


def _next_step(ending: Ending, work: WorkList, runner: Runner) -> str:
    if ending in NEXT:
        return NEXT[ending].format(no_answer=runner.no_answer)
    steps = []
    if work.done:
        steps.append("Run `make load` and `dbt build` to bring the results into the ledger")
    if runner.outcomes["to review"]:
        steps.append("then `playledger review --kind sfa` for what is close and not sure")
    if work.failed:
        steps.append("run again with --retry-failed for what failed")
    said = "; ".join(steps)
    return f"{said[:1].upper()}{said[1:]}." if said else "There is nothing else to do."


@contextmanager
def _alone(parent: Path) -> Iterator[None]:
    """One run of a kind at a time; UserError when another process has begun one."""
    parent.mkdir(parents=True, exist_ok=True)
    with (parent / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UserError("Another scrape is running. Wait until it is done.") from None
        yield
