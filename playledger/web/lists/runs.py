"""The list of runs of the main job, and of what was published."""

from playledger.runs.log import OUTCOMES
from playledger.runs.table import STAGES
from playledger.web.listing import Column, Filter, Listing

TABLE = "{quality}.sync_runs"
# As `playledger.runs.log.outcome_of`: the first of OUTCOMES that a stage came to. A stage that was
# skipped has no place there, and a run of such stages alone is done.
WORST_FIRST = f"array{list(OUTCOMES)}"
RUN = f"""
    select
        run_id,
        min(started_at) as started_at,
        case
            when count(*) = count(ended_at)
            then round(extract(epoch from max(ended_at) - min(started_at)), 1)
        end as seconds,
        ({WORST_FIRST})[
            coalesce(min(array_position({WORST_FIRST}, outcome)), {len(OUTCOMES)})
        ] as outcome
    from ({STAGES}) as stages
    group by run_id
"""
# As `playledger.runs.history.Run.brought`.
RESULTS = f"""
    select
        sum(jsonb_array_length(files)) as files,
        coalesce(sum((counts ->> 'new')::numeric) filter (where stage = 'campaigns'), 0)
            as new_campaigns,
        coalesce(sum((counts ->> 'changed')::numeric) filter (where stage = 'campaigns'), 0)
            as changed_campaigns,
        (
            array_agg(trim(split_part(ltrim(message, E' \\n'), E'\\n', 1)) order by position)
            filter (where outcome not in ('done', 'skipped') and message <> '')
        )[1] as message
    from {TABLE}
    where run_id = runs.run_id
"""

RUNS = Listing(
    path="/runs",
    title="Runs",
    singular="run",
    plural="runs",
    description="Runs of playledger sync, the latest first. Each links to its stages.",
    empty_hint="Run playledger sync.",
    table=f"({RUN}) as runs",
    key=("runs.run_id",),
    aggregates={"results": RESULTS},
    columns=(
        Column("run", "Run", "runs.run_id", link="/runs/{run}"),
        Column("started_at", "Started", "runs.started_at", "time"),
        Column(
            "seconds", "Seconds", "runs.seconds", "number",
            hint="From the start of the first stage to the end of the last",
        ),
        Column("outcome", "Outcome", "runs.outcome", "status"),
        Column("files", "Files", "results.files", "number", hint="Files loaded"),
        Column("new_campaigns", "New campaigns", "results.new_campaigns", "number"),
        Column("changed_campaigns", "Changed campaigns", "results.changed_campaigns", "number"),
        Column(
            "message", "Message", "results.message", is_sorted=False,
            hint="Of the first stage that is not done",
        ),
    ),
    order="-started_at",
    filters=(
        Filter(
            "outcome",
            "Outcome",
            choices={each: f"runs.outcome = '{each}'" for each in reversed(OUTCOMES)},
        ),
    ),
    required_table=TABLE,
)  # fmt: skip
