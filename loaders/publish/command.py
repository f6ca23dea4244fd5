"""The commands `plan`, `apply`, `deploy` and `undo`: what each does, in order.

files ──► Candidate ──► Plan, printed and saved ──► a person's yes ──► publish() ──► read back
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg2
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from loaders.build import get_ready
from loaders.errors import Exit, UserError
from loaders.inputs import SourceFile, inspect_file
from loaders.load import lock
from loaders.progress import Progress
from loaders.publish.candidate import Candidate
from loaders.publish.exact import exactly
from loaders.publish.guards import losses, require_rights
from loaders.publish.plan import Plan, make_plan, read_plan
from loaders.publish.publish import LOCKED, known_files, publish
from loaders.publish.readback import read_back
from loaders.publish.records import keep_plan, make_records
from loaders.publish.undo import choose_run, undo
from loaders.report.plan.page import write_page
from loaders.report.plan.words import figures_of, in_one_sentence, render_plan
from loaders.review.staging import refresh_pairs
from loaders.succession import Permissions
from loaders.whereabouts import remember

if TYPE_CHECKING:
    from psycopg2.extensions import connection
    from rich.console import Console

    from loaders.config import Settings
    from loaders.database import Database
    from loaders.runs import RunLog

TRIES = 6
LEFT_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Target:
    """The database that is planned for or published to, and the log of what is done to it."""

    settings: Settings
    database: Database
    console: Console
    run: RunLog
    named_by: str = ""  # the options that name this database again

    @contextmanager
    def connect(self) -> Iterator[connection]:
        """A connection that commits only where it is told to."""
        try:
            opened = self.database.open()
            try:
                exactly(opened)
                yield opened
            finally:
                opened.close()
        except (psycopg2.OperationalError, psycopg2.InterfaceError) as error:
            raise UserError(
                f"{self.database.address} stopped in the middle of the work "
                f"({str(error).strip().partition(chr(10))[0]}).\nAll of it was written, or "
                "nothing: `playledger plan` shows what is left to do."
            ) from None


def plan_command(target: Target, files: list[SourceFile], allowed: Permissions) -> Plan:
    """Print and save what would change; the database is as it was afterwards."""
    with planned(target, files, allowed) as (_, plan):
        path = _save(target, plan)
    if plan.is_empty:
        target.console.print("Nothing to do: everything is there already.")
        return plan
    target.console.print(
        f"\nNothing was changed. The plan: {path}\nThe same as a page: {_page_of(path)}\n"
        f"To do exactly that: playledger apply {path}{target.named_by}",
        markup=False,
        soft_wrap=True,
    )
    return plan


def apply_command(target: Target, path: Path) -> Exit:
    """Publish a plan that was saved; UserError when files or rows are not what it saw."""
    plan = read_plan(path)
    if (plan.database, plan.schema) != (target.database.address, target.settings.schema):
        raise UserError(
            f"The plan is for {plan.database}, schema `{plan.schema}`; this is "
            f"{target.database.address}, schema `{target.settings.schema}`. Nothing was changed."
            "\nName the plan's database with --target or --dsn."
        )
    if plan.is_empty:
        target.console.print("Nothing to do: the plan changes nothing.")
        return Exit.DONE
    files = [_as_planned(file) for file in plan.files]
    plan.run_id = target.run.run_id
    target.run.start("candidate")
    with Candidate(target.database, target.settings) as candidate:
        with Progress(target.console, len(files), 0) as progress:
            candidate.load(files, Permissions(older=True, shrink=True), progress)
        target.run.end("candidate", "done", files=candidate.loaded.names())
        _publish(target, candidate, plan)
    remember(files, target.settings.home)
    return Exit.DONE


def deploy_command(
    target: Target,
    files: list[SourceFile],
    allowed: Permissions,
    *,
    may_lose: bool = False,
    is_sure: bool = False,
    ask: object = None,
    prepare: Callable[[Candidate], None] | None = None,
) -> Exit:
    """Plan, guard against loss, show, ask, publish and read back.

    `prepare` puts into the candidate what no file brings, before it is built.
    """
    with target.connect() as opened:
        require_rights(opened, target.database, target.settings.schema)
    with planned(target, files, allowed, prepare) as (candidate, plan):
        path = _save(target, plan)
        if plan.is_empty:
            target.console.print("Nothing to do: everything is there already.")
            target.run.end("publish", "skipped", message="nothing to do")
            return Exit.DONE
        with target.connect() as opened:
            lost = losses(opened, candidate)
        target.console.print(
            f"\nThe plan as a page: {_page_of(path)}", markup=False, soft_wrap=True
        )
        if lost and not may_lose:
            raise UserError(
                "There would be less than now:\n  " + "\n  ".join(lost) + "\nNothing was changed. "
                "If that is meant, add --allow-loss.",
                Exit.INTEGRITY,
            )
        if not is_sure and not ask(f"Publish this to {target.database.address}?"):
            target.console.print(f"Nothing was changed. The plan: {path}", soft_wrap=True)
            target.run.end("publish", "skipped", message="a person did not want it")
            return Exit.NOTHING
        _publish(target, candidate, plan)
    remember(files, target.settings.home)
    return Exit.DONE


def undo_command(target: Target, run_id: str | None) -> Exit:
    """Take a published run back; 1 when rows that moved since were left as they are."""
    with target.connect() as opened:
        lock(opened)
        run = choose_run(opened, target.settings.schema, run_id)
        target.run.attach(target.database)
        target.run.start("undo")
        opened.commit()  # the lock stays
        done = with_patience(lambda: undo(opened, target.settings.schema, run))
        if run.files:
            refresh_pairs(opened, known_files(opened))
    outcome = "partly" if done.left else "done"
    counts = {"rows": done.count, "left": len(done.left)}
    target.run.end("undo", outcome, counts=counts, message=f"{done.run_id} taken back")
    target.console.print(f"{done.run_id} is undone: {done.count:,} rows are as they were before.")
    if not done.left:
        return Exit.DONE
    target.console.print(f"Left as they are, since they moved: {len(done.left)}")
    for change, why in done.left[:LEFT_SHOWN]:
        key = ", ".join(map(str, change.key.values()))
        target.console.print(f"  {change.schema}.{change.table} {key}: {why}", markup=False)
    if len(done.left) > LEFT_SHOWN:
        target.console.print(f"  and {len(done.left) - LEFT_SHOWN} more")
    return Exit.PARTLY


@contextmanager
def planned(
    target: Target,
    files: list[SourceFile],
    allowed: Permissions,
    prepare: Callable[[Candidate], None] | None = None,
) -> Iterator[tuple[Candidate, Plan]]:
    """A candidate that is built and holds, with the plan that it makes, printed."""
    console, settings, run = target.console, target.settings, target.run
    run.start("candidate")
    with Candidate(target.database, settings) as candidate:
        candidate.prepare = prepare
        records = sum(file.expected_records for file in files)
        with Progress(console, len(files), records) as progress:
            candidate.load(files, allowed, progress, get_ready)
        console.print(f"Building and testing a candidate beside `{settings.schema}` ...")
        result = candidate.build()
        if not result.is_good:
            raise UserError(
                "The candidate does not hold:\n  " + "\n  ".join(result.failures) + "\n"
                "Nothing was changed. Mend the cause and run the same command again.",
                Exit.INTEGRITY,
            )
        with target.connect() as opened:
            plan = make_plan(opened, candidate, run.run_id)
            plan.figures = figures_of(opened, candidate, plan)
        run.end(
            "candidate",
            "done",
            counts={"rows_to_write": len(plan.changes)},
            files=candidate.loaded.names(),
            load_ids=candidate.loaded.load_ids,
            dbt_invocation_id=result.invocation_id,
        )
        render_plan(plan, console)
        yield candidate, plan


def _publish(target: Target, candidate: Candidate, plan: Plan) -> None:
    console, run = target.console, target.run
    run.attach(target.database)
    run.start("publish")
    if plan.lacking:
        console.print("Making the tables and columns that are new ...")
        with Progress(console, 0, 0) as progress:
            made = candidate.make_structure(progress)
        if not made.is_good:
            raise UserError(
                "They could not be made:\n  " + "\n  ".join(made.failures) + "\nNo row was written."
            )
    with target.connect() as opened:
        make_records(opened, plan.schema)
        keep_plan(opened, plan)
        other = with_patience(lambda: publish(opened, plan))
        wrong = read_back(opened, plan)
        opened.rollback()
        opened.autocommit = True
        with opened.cursor() as asked:  # the next build asks for the new rows
            asked.execute("analyze")
    if wrong:
        raise UserError(
            f"{wrong} rows are not there as planned: somebody else has changed them since.",
            Exit.INTEGRITY,
        )
    counts = Counter(change.action for change in plan.changes)
    run.end("publish", "done", counts=dict(counts), message=in_one_sentence(plan))
    if other:
        console.print(f"Into {other:,} rows triggers there wrote other values than planned.")
    console.print(
        f"Published to {target.database.address}: {in_one_sentence(plan)}\n"
        f"Every row was read back. To take it back: playledger undo {plan.run_id}{target.named_by}",
        markup=False,
        soft_wrap=True,
    )


def with_patience(work: object) -> object:
    """Try again where another's lock is in the way; nobody waits for ours meanwhile."""
    patient = Retrying(
        retry=retry_if_exception_type(LOCKED),
        stop=stop_after_attempt(TRIES),
        wait=wait_random_exponential(max=10),
        reraise=True,
    )
    try:
        return patient(work)
    except LOCKED:
        raise UserError(
            f"Somebody else holds rows or tables that must be written; {TRIES} tries were in vain."
            "\nNothing was written. Run the same command again."
        ) from None


def _save(target: Target, plan: Plan) -> Path:
    """Where the plan is; its page stands beside it."""
    path = plan.save(target.settings.home / "plans" / plan.run_id / "plan.json")
    write_page(plan, _page_of(path))
    return path


def _page_of(plan: Path) -> Path:
    return plan.with_name("plan.html")


def _as_planned(file: object) -> SourceFile:
    found = inspect_file(Path(file.path), file.kind)
    if found.sha256 != file.sha256:
        raise UserError(
            f"{file.path} has changed since the plan was made. Nothing was changed.\n"
            "Make a new plan: `playledger plan`."
        )
    found.is_full, found.is_older = file.is_full, file.is_older
    return found
