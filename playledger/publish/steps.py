"""The two steps of a deployment that commands are made of: a plan, and what it says in the tables.

files ──► planned() ──► Candidate, Plan, printed ──► carry_out() ──► rows, read back
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from loaders.errors import Exit, UserError
from loaders.progress import Progress
from playledger.dbt.build import preload_dbt
from playledger.publish.apply import publish
from playledger.publish.candidate import Candidate
from playledger.publish.plan import Plan, make_plan
from playledger.publish.plan_store import keep_plan, make_records
from playledger.publish.target import Target, with_patience
from playledger.publish.verify import read_back
from playledger.publish.view.summary import figures_of, in_one_sentence, render_plan

if TYPE_CHECKING:
    from loaders.export_order import LoadOverrides
    from loaders.source_file import SourceFile


@contextmanager
def planned(
    target: Target,
    files: list[SourceFile],
    allowed: LoadOverrides,
    prepare: Callable[[Candidate], None] | None = None,
) -> Iterator[tuple[Candidate, Plan]]:
    """A candidate that is built and holds, with the plan that it makes, printed."""
    console, settings, run = target.console, target.settings, target.run
    run.start("candidate")
    with Candidate(target.database, settings) as candidate:
        candidate.prepare = prepare
        records = sum(file.expected_records for file in files)
        with Progress(console, len(files), records) as progress:
            candidate.load(files, allowed, progress, preload_dbt)
        console.print(f"Building and testing a candidate beside `{settings.schema}` ...")
        result = candidate.build()
        if not result.is_good:
            raise UserError(
                "The candidate does not hold:\n  " + "\n  ".join(result.failures) + "\n"
                "Nothing was changed. Mend the cause and run the same command again.",
                Exit.INTEGRITY,
            )
        with target.connect() as conn:
            plan = make_plan(conn, candidate, run.run_id)
            plan.figures = figures_of(conn, candidate, plan)
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


def carry_out(target: Target, candidate: Candidate, plan: Plan) -> None:
    """Publish a plan in one transaction, read every row back, and say so.

    UserError when a table could not be made, or rows are not there as planned.
    """
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
    with target.connect() as conn:
        make_records(conn, plan.schema)
        keep_plan(conn, plan)
        other = with_patience(lambda: publish(conn, plan))
        wrong = read_back(conn, plan)
        conn.rollback()
        conn.autocommit = True
        with conn.cursor() as cur:  # the next build asks for the new rows
            cur.execute("analyze")
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
