"""What a load did, printed: files and records by kind, rejected records by reason, dbt's profile.

LoadResult, ProfileState, Console ──► render_load()
"""

from collections import Counter

from rich.console import Console

from loaders.load import LoadResult
from loaders.name_pairs.found_names import MOST
from loaders.scrape_results import count_results
from loaders.source_file import ExportFile
from loaders.text import plural
from playledger.dbt.profiles import ProfileState

RECORDS = {"export": "rows", "scrape": "playlist rows", "roster": "songs"}


def render_load(result: LoadResult, place: str, profile: ProfileState, console: Console) -> None:
    """Print a load into `place`, also one that found nothing new."""
    if result.loaded:
        console.print(f"Loaded into {place}:", markup=False)
    for kind, records in RECORDS.items():
        counts = result.count(kind)
        if counts["files"]:
            console.print(
                f"  {plural(counts['files'], kind)}: "
                f"{counts['records']:,} {records}, {counts['rejected']:,} rejected records"
            )
    if own_runs := count_results(file for file in result.loaded if file.modified_ns):
        console.print(f"  of these, {own_runs} of your own scrapes")
    for file in result.loaded:
        if isinstance(file, ExportFile):
            console.print(f"  {file.path.name}: {file.shape.summary}", markup=False)
    _render_rejected(result, console)
    if result.known:
        start = "Skipped" if result.loaded else "Nothing new to load"
        console.print(f"{start}: {plural(len(result.known), 'file')} already loaded.")
    for file in result.told:
        words = file.date_order.replace("_", "/")
        console.print(f"  {file.path.name}: dates are read as {words}, as you say.", markup=False)
    for kind in result.uncompared:
        console.print(
            f"  Over {MOST:,} {kind} names are too many to compare: `playledger review` does not "
            "show possible duplicates among them."
        )
    _render_profile(profile, console)


def _render_rejected(result: LoadResult, console: Console) -> None:
    """One line a reason, with the first record of it."""
    first: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for file, reject in result.rejected():
        counts[reject.reason] += 1
        first.setdefault(reject.reason, f"{file.path.name}, {reject.place}")
    for reason, count in counts.most_common():
        line = f"  rejected: {reason} × {count:,} (first: {first[reason]})"
        console.print(line, markup=False)


def _render_profile(profile: ProfileState, console: Console) -> None:
    if profile is ProfileState.WRITTEN:
        console.print("profiles.yml is written: `dbt build` uses this database.")
    if profile is ProfileState.ELSEWHERE:
        console.print(
            "WARNING: profiles.yml was edited by hand and names another database than the one "
            "that was loaded.\n`dbt build` will not see this load. Delete profiles.yml and run "
            "the same command again to have it rewritten.",
            style="bold yellow",
        )
