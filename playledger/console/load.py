"""Say what a load did: files and records by kind, rejects by reason, and where dbt will look."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.console import Console

from loaders.name_pairs.refresh import MOST
from loaders.scrape_results import count_results
from loaders.source_file import ExportFile
from loaders.text import plural
from playledger.dbt.profiles import ProfileState

if TYPE_CHECKING:
    from playledger.sync.load_step import Loaded

KINDS = {"export": "rows", "scrape": "playlist rows", "roster": "songs"}


def render_load(loaded: Loaded, console: Console) -> None:
    """Print the outcome of a load; "nothing new" is said, not left out."""
    result = loaded.result
    if result.loaded:
        place = loaded.place or loaded.database.address
        console.print(f"Loaded into {place}:", markup=False)
    for kind, noun in KINDS.items():
        counts = result.count(kind)
        if counts["files"]:
            console.print(
                f"  {plural(counts['files'], kind)}: "
                f"{counts['records']:,} {noun}, {counts['rejected']:,} rejected records"
            )
    own_runs = count_results(file for file in result.loaded if file.modified_ns)
    if own_runs:
        console.print(f"  of these, {own_runs} of your own runs")
    for file in result.loaded:
        if isinstance(file, ExportFile):
            console.print(f"  {file.path.name}: {file.shape.summary}", markup=False)
    reasons = Counter(record.reason for _, record in result.rejected())
    for reason, count in reasons.most_common():
        where = next(
            f"{file.path.name}, {record.place}"
            for file, record in result.rejected()
            if record.reason == reason
        )
        console.print(f"  rejected: {reason} × {count:,} (first: {where})", markup=False)
    if result.known:
        start = "Passed over" if result.loaded else "Nothing new to load"
        console.print(f"{start}: {len(result.known):,} files that were loaded before.")
    for kind in result.uncompared:
        console.print(
            f"  Over {MOST:,} {kind} names are too many to be compared with each other: "
            "`playledger review` does not show which of them are alike."
        )
    _render_profiles(loaded.profiles, console)


def _render_profiles(state: ProfileState, console: Console) -> None:
    if state is ProfileState.WRITTEN:
        console.print("profiles.yml is written: `dbt build` meets this database.")
    if state is ProfileState.ELSEWHERE:
        console.print(
            "WARNING: profiles.yml was changed by hand and names another database than the one "
            "that was loaded.\n`dbt build` will not see this load. Delete profiles.yml and run "
            "the same command again to have it written anew.",
            style="bold yellow",
        )
