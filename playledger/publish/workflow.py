"""The commands `plan`, `apply`, `deploy` and `undo`: what each does, in order.

files ──► Candidate ──► Plan, printed and saved ──► a person's yes ──► publish() ──► read back
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from loaders.errors import Exit, UserError
from loaders.export_order import LoadOverrides
from loaders.file_index import index_files
from loaders.locks import require_load_lock
from loaders.name_pairs.refresh import refresh_pairs
from loaders.progress import Progress
from loaders.source_file import ExportFile, SourceFile, inspect_file
from loaders.staging import held_files
from playledger.publish.candidate import Candidate
from playledger.publish.guards import losses, require_rights
from playledger.publish.plan import Plan, read_plan
from playledger.publish.steps import carry_out, planned
from playledger.publish.target import Target, with_patience
from playledger.publish.undo import choose_run, undo
from playledger.publish.view.page import write_page

LEFT_SHOWN = 10


def plan_command(target: Target, files: list[SourceFile], allowed: LoadOverrides) -> Plan:
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
            candidate.load(files, LoadOverrides(older=True, shrink=True), progress)
        target.run.end("candidate", "done", files=candidate.loaded.names())
        carry_out(target, candidate, plan)
    index_files(files, target.settings.home)
    return Exit.DONE


def deploy_command(
    target: Target,
    files: list[SourceFile],
    allowed: LoadOverrides,
    *,
    may_lose: bool = False,
    is_sure: bool = False,
    ask: object = None,
    prepare: Callable[[Candidate], None] | None = None,
) -> Exit:
    """Plan, guard against loss, show, ask, publish and read back.

    `prepare` puts into the candidate what no file brings, before it is built.
    """
    with target.connect() as conn:
        require_rights(conn, target.database, target.settings.schema)
    with planned(target, files, allowed, prepare) as (candidate, plan):
        path = _save(target, plan)
        if plan.is_empty:
            target.console.print("Nothing to do: everything is there already.")
            target.run.end("publish", "skipped", message="nothing to do")
            return Exit.DONE
        with target.connect() as conn:
            lost = losses(conn, candidate)
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
        carry_out(target, candidate, plan)
    index_files(files, target.settings.home)
    return Exit.DONE


def undo_command(target: Target, run_id: str | None) -> Exit:
    """Take a published run back; 1 when rows that moved since were left as they are."""
    with target.connect() as conn:
        require_load_lock(conn)
        run = choose_run(conn, target.settings.schema, run_id)
        target.run.attach(target.database)
        target.run.start("undo")
        conn.commit()  # the lock stays
        done = with_patience(lambda: undo(conn, target.settings.schema, run))
        if run.files:
            refresh_pairs(conn, held_files(conn))
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
    if isinstance(found, ExportFile):
        return replace(found, is_full=file.is_full, is_older=file.is_older)
    return found
