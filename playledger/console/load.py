"""What a load did, printed: files and records by kind, rejected records by reason, dbt's profile.

LoadResult, ProfileState, Console ──► render_load()
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from loaders.name_pairs.refresh import MOST
from loaders.scrape_results import in_words
from playledger.dbt.profiles import ProfileState

if TYPE_CHECKING:
    from rich.console import Console

    from loaders.load import LoadResult

RECORDS = {"export": "rows", "scrape": "playlist rows", "roster": "songs"}


def render_load(result: LoadResult, place: str, profile: ProfileState, console: Console) -> None:
    """Print a load into `place`, also one that found nothing new."""
    if result.loaded:
        console.print(f"Loaded into {place}:", markup=False)
    for kind, records in RECORDS.items():
        counts = result.count(kind)
        if counts["files"]:
            console.print(
                f"  {counts['files']:>6,} {_plural(kind, counts['files'])}: "
                f"{counts['records']:,} {records}, {counts['rejected']:,} rejected records"
            )
    if scraped_here := in_words(file for file in result.loaded if file.stamp):
        console.print(f"  of these, {scraped_here} of your own scrapes")
    for file in result.loaded:
        if file.shape:
            console.print(f"  {file.path.name}: {file.shape.found}", markup=False)
    _render_rejected(result, console)
    if result.known:
        start = "Skipped" if result.loaded else "Nothing new to load"
        count = len(result.known)
        console.print(f"{start}: {count:,} {_plural('file', count)} already loaded.")
    for kind in result.uncompared:
        console.print(
            f"  Over {MOST:,} {kind} names are too many to compare: `playledger review` does not "
            "show possible duplicates among them."
        )
    _render_profile(profile, console)


def _render_rejected(result: LoadResult, console: Console) -> None:
    """One line a reason, with the first record of it."""
    rejected = [(file, reject) for file in result.loaded for reject in file.rejected]
    first: dict[str, str] = {}
    for file, reject in rejected:
        first.setdefault(reject.reason, f"{file.path.name}, {reject.place}")
    for reason, count in Counter(reject.reason for _, reject in rejected).most_common():
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


def _plural(noun: str, count: int) -> str:
    return noun if count == 1 else noun + "s"
