"""The commands `plan`, `apply`, `deploy` and `undo`: what each does, in order.

files ──► Candidate ──► Plan, printed and saved ──► a person's yes ──► publish() ──► read back
"""

import logging
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
from playledger.publish.plan import Plan, PlannedFile, read_plan
from playledger.publish.stages import candidate_stage, publish_stage
from playledger.publish.target import Target, retry_on_lock
from playledger.publish.undo import choose_run, undo
from playledger.publish.view.page import write_page
from playledger.publish.view.summary import PROTECTED_COLUMNS

logger = logging.getLogger(__name__)

LEFT_SHOWN = 10  # rows
UP_TO_DATE = "Nothing to do: everything is there already."


def plan_command(target: Target, files: list[SourceFile], allowed: LoadOverrides) -> None:
    """Print and save what would change; the database is unchanged afterwards."""
    with candidate_stage(target, files, allowed) as (_, plan):
        path, page = _save(target, plan)
    if plan.is_empty:
        target.say(UP_TO_DATE)
        return
    target.say(
        f"\nNothing was changed. The plan: {path}\nThe plan as a page: {page}\n"
        f"To apply it: playledger apply {path}{target.options}"
    )


def apply_command(target: Target, path: Path) -> Exit:
    """Publish a saved plan. Raises UserError when files or rows are not what it saw."""
    plan = read_plan(path)
    if (plan.database, plan.schema) != (target.database.address, target.settings.schema):
        raise UserError(
            f"The plan is for {plan.database}, schema `{plan.schema}`; this is "
            f"{target.database.address}, schema `{target.settings.schema}`. Nothing was changed."
            "\nName the plan's database with --target or --dsn."
        )
    if plan.is_empty:
        target.say("Nothing to do: the plan changes nothing.")
        return Exit.DONE
    files = [_inspect_planned(file) for file in [*plan.files, *plan.told]]
    plan.run_id = target.run.run_id
    target.run.start("candidate")
    with Candidate.open(target.database, target.settings) as candidate:
        with Progress(target.console, len(files), 0) as progress:
            candidate.load(files, LoadOverrides(older=True, shrink=True), progress)
        target.run.end("candidate", "done", files=candidate.loaded.names())
        publish_stage(target, candidate, plan)
    index_files(files, target.settings.home)
    return Exit.DONE


def deploy_command(
    target: Target,
    files: list[SourceFile],
    allowed: LoadOverrides,
    *,
    ask: Callable[[str], bool] | None,
    may_lose: bool = False,
    prepare: Callable[[Candidate], None] | None = None,
) -> Exit:
    """Plan, guard against loss, `ask` unless that is None, publish and read back.

    `prepare` adds to the candidate what no file brings. Raises UserError, with exit code 4 when the
    candidate's tests fail or rows would be lost that `may_lose` does not allow.
    """
    with target.connect() as conn:
        require_rights(conn, target.database, target.settings.schema)
    with candidate_stage(target, files, allowed, prepare) as (candidate, plan):
        path, page = _save(target, plan)
        if plan.is_empty:
            target.say(UP_TO_DATE)
            target.run.end("publish", "skipped", message="nothing to do")
            return Exit.DONE
        with target.connect() as conn:
            lost = losses(conn, candidate, PROTECTED_COLUMNS)
        target.say(f"\nThe plan as a page: {page}")
        if lost and not may_lose:
            raise UserError(
                "The ledger would lose data:\n  " + "\n  ".join(lost) + "\nNothing was changed. "
                "To publish it all the same, add --allow-loss.",
                Exit.INTEGRITY,
            )
        if ask and not ask(f"Publish this to {target.database.address}?"):
            target.say(f"Nothing was changed. The plan: {path}")
            target.run.end("publish", "skipped", message="declined by a person")
            return Exit.NOTHING
        publish_stage(target, candidate, plan)
    index_files(files, target.settings.home)
    return Exit.DONE


def undo_command(target: Target, run_id: str | None) -> Exit:
    """Undo a published run, the last one unless named; PARTLY when rows were left as they are
    because they were changed since. Raises UserError when the run cannot be undone.
    """
    with target.connect() as conn:
        require_load_lock(conn)
        run = choose_run(conn, target.settings.schema, run_id)
        logger.info("undo of %s, published %s", run.run_id, run.published_at)
        target.run.attach(target.database)
        target.run.start("undo")
        conn.commit()  # the lock stays
        result = retry_on_lock(lambda: undo(conn, target.settings.schema, run))
        if run.files:
            refresh_pairs(conn, held_files(conn))
    outcome = "partly" if result.left else "done"
    counts = {"rows": result.count, "left": len(result.left)}
    target.run.end("undo", outcome, counts=counts, message=f"{run.run_id} undone")
    target.say(f"{run.run_id} is undone: {result.count:,} rows are as they were before.")
    if not result.left:
        return Exit.DONE
    target.say(f"Rows that were changed since and left as they are: {len(result.left):,}")
    for change, reason in result.left[:LEFT_SHOWN]:
        key = ", ".join(map(str, change.key.values()))
        target.say(f"  {change.full_table} {key}: {reason}")
    if len(result.left) > LEFT_SHOWN:
        target.say(f"  and {len(result.left) - LEFT_SHOWN:,} more")
    return Exit.PARTLY


def _save(target: Target, plan: Plan) -> tuple[Path, Path]:
    """Save plan.json and its page beside it; their paths."""
    folder = target.settings.home / "plans" / plan.run_id
    return plan.save(folder / "plan.json"), write_page(plan, folder / "plan.html")


def _inspect_planned(file: PlannedFile) -> SourceFile:
    found = inspect_file(Path(file.path), file.kind, file.encoding)
    if found.sha256 != file.sha256:
        raise UserError(
            f"{file.path} has changed since the plan was made. Nothing was changed.\n"
            "Make a new plan: `playledger plan`."
        )
    if isinstance(found, ExportFile):
        how = {"is_full": file.is_full, "is_older": file.is_older}
        return replace(found, **how, date_order=file.date_order)
    return found
