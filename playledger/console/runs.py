"""Past runs as lines for the terminal.

Run ──► render_runs(), render_run()
"""

from rich.console import Console

from loaders.text import plural
from playledger.console.stages import render_stages
from playledger.runs.history import Run

FILES_SHOWN = 3


def render_runs(runs: list[Run], console: Console) -> None:
    """Print one line a run, in local time."""
    if not runs:
        console.print("No run yet. `playledger sync` makes one.")
        return
    width = max(len(run.run_id) for run in runs)
    layout = f"{{:<{width}}}  {{:<16}}  {{:>9}}  {{:<11}}  {{}}"
    lines = [layout.format("run", "when", "took", "outcome", "brought")]
    for run in runs:
        took = "" if run.seconds is None else f"{run.seconds:,.1f} s"
        when = f"{run.started_at.astimezone():%Y-%m-%d %H:%M}"
        brought = [
            plural(count, name.replace("_", " ").removesuffix("s"))
            for name, count in run.brought.items()
            if count
        ]
        brought = ", ".join(brought) or "nothing new"
        lines.append(layout.format(run.run_id, when, took, run.outcome, brought))
    console.print("\n".join(lines), markup=False, soft_wrap=True)


def render_run(run: Run, console: Console) -> None:
    """Print what each stage of a run did."""
    when = f"{run.started_at.astimezone():%Y-%m-%d %H:%M:%S}"
    took = "" if run.seconds is None else f", {run.seconds:.1f} s"
    console.print(f"Run {run.run_id}: {run.outcome}; {when}{took}", markup=False)
    render_stages(run.stages, console)
    if names := [file["name"] for stage in run.stages for file in stage.files]:
        more = f" and {len(names) - FILES_SHOWN:,} more" if len(names) > FILES_SHOWN else ""
        console.print(f"Files: {', '.join(names[:FILES_SHOWN])}{more}", markup=False)
