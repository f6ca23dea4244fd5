"""The two stages of a deployment that commands are made of, as the run log has them.

files ──► candidate_stage() ──► Candidate, Plan, printed ──► publish_stage() ──► rows, read back
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from psycopg2 import Error
from psycopg2.extensions import connection

from loaders.errors import Exit, UserError
from loaders.export_order import LoadOverrides
from loaders.progress import Progress
from loaders.source_file import SourceFile
from loaders.text import first_line
from playledger.dbt.build import preload_dbt
from playledger.publish.apply import publish
from playledger.publish.candidate import Candidate, require_good
from playledger.publish.plan import Plan, make_plan
from playledger.publish.plan_store import create_plan_tables, store_plan
from playledger.publish.read_once import return_read_once
from playledger.publish.target import Target, retry_on_lock
from playledger.publish.verify import read_back
from playledger.publish.view.summary import count_figures, print_plan, summarise

logger = logging.getLogger(__name__)


@contextmanager
def candidate_stage(
    target: Target,
    files: list[SourceFile],
    allowed: LoadOverrides,
    prepare: Callable[[Candidate], None] | None = None,
) -> Iterator[tuple[Candidate, Plan]]:
    """Build and test a candidate with these files, and print the plan that it makes.

    `prepare` adds to the candidate what no file brings, before it is built. Raises UserError when a
    file cannot be loaded or a test of the candidate fails.
    """
    run = target.run
    run.start("candidate")
    with Candidate.open(target.database, target.settings) as candidate:
        records = sum(file.expected_records for file in files)
        with Progress(target.console, len(files), records) as progress:
            candidate.load(files, allowed, progress, preload_dbt)
        target.say(f"Building and testing a candidate beside `{candidate.live}` ...")
        result = candidate.build(prepare)
        require_good(
            *(result, "The candidate failed"),
            "Nothing was changed. Fix the cause and run the same command again.",
        )
        with target.connect() as conn:
            plan = make_plan(conn, candidate, run.run_id)
            plan.figures = count_figures(conn, candidate, plan)
        logger.info("plan %s: %s", plan.run_id, plan.counts())
        run.end(
            "candidate",
            "done",
            counts={"rows_to_write": len(plan.changes)},
            files=candidate.loaded.names(),
            load_ids=candidate.loaded.load_ids,
            dbt_invocation_id=result.invocation_id,
        )
        print_plan(plan, target.console)
        yield candidate, plan


def publish_stage(target: Target, candidate: Candidate, plan: Plan) -> None:
    """Publish a plan in one transaction, read every row back, and print the result.

    Raises UserError when a table could not be created, the plan is stale, or a row that was read
    back is not as planned.
    """
    run = target.run
    run.attach(target.database)
    run.start("publish")
    if plan.lacking:
        target.say("Creating the new tables and columns ...")
        with Progress(target.console, 0, 0) as progress:
            result = candidate.create_live_structure(progress)
        failed = "The new tables and columns could not be created"
        require_good(result, failed, "No row was written.", Exit.NOTHING)
    with target.connect() as conn:
        create_plan_tables(conn, plan.schema)
        store_plan(conn, plan)
        triggered = retry_on_lock(lambda: publish(conn, plan))
        wrong = read_back(conn, plan)
        conn.rollback()
        conn.autocommit = True
        with conn.cursor() as cur:  # the next build queries the new rows
            cur.execute("analyze")
        conn.autocommit = False
        if candidate.is_built:
            _keep_what_was_read(conn, candidate)
    if wrong:
        raise UserError(
            f"Published, but {wrong} rows are not as planned: somebody changed them since.",
            Exit.INTEGRITY,
        )
    counts = Counter(change.action for change in plan.changes)
    run.end("publish", "done", counts=dict(counts), message=summarise(plan))
    if triggered:
        target.say(f"Triggers gave {triggered:,} rows other values than planned.")
    target.say(
        f"Published to {target.database.address}: {summarise(plan)}\n"
        f"Every row was read back. To undo it: playledger undo {plan.run_id}{target.options}"
    )


def _keep_what_was_read(conn: connection, candidate: Candidate) -> None:
    """Let the next candidate go on with this one's tables; the rows are published either way."""
    try:
        count = return_read_once(conn, candidate.schema, candidate.live)
        logger.info("%d tables that read each file once were kept", count)
    except Error as error:
        logger.warning("the next candidate reads these files again: %s", first_line(error))
