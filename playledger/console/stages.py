"""What a run did, stage by stage, as lines for the terminal.

StageRecord ──► render_stages() ──► `4/10 Campaigns   653 campaigns, 12 new, 1.4 s`
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.text import Text

from playledger.runs.stages import BUILT, BY_NAME, title_of

if TYPE_CHECKING:
    from rich.console import Console

    from playledger.runs.table import StageRecord

LOADED = {"rows": "rows", "playlist_rows": "playlist rows", "songs": "songs"}
COLOURS = {"failed": "bold red", "interrupted": "yellow", "partly": "yellow", "skipped": "dim"}


def render_stages(records: Iterable[StageRecord], console: Console) -> None:
    """Print one line a stage, in their order."""
    records = sorted(records, key=lambda record: record.position)
    width = max(len(title_of(record.stage)) for record in records)
    for record in records:  # never wrapped: people search for such a line
        line = Text(f"{title_of(record.stage):<{width}}  ")
        line.append(in_short(record), COLOURS.get(record.outcome, ""))
        console.print(line, soft_wrap=True)


def in_short(record: StageRecord) -> str:
    """What a stage did: its outcome unless done, counts, seconds, and its message's first line."""
    parts = [] if record.outcome == "done" else [record.outcome]
    parts += _counts(record)
    if "seconds" in record.counts:
        parts.append(f"{record.counts['seconds']:.1f} s")
    line = ", ".join(parts)
    return f"{line}: {_first_line(record.message)}" if record.message else line


def _counts(record: StageRecord) -> list[str]:
    counts = record.counts
    if record.stage == "parse" and "files" in counts:
        if not counts["files"]:
            return ["nothing new"]
        read = [_count(counts[name], noun) for name, noun in LOADED.items() if counts.get(name)]
        return [*(read or ["0 rows"]), f"{counts['rejected']:,} rejected"]
    if BY_NAME.get(record.stage) in BUILT and "rows" in counts:
        rows = _count(counts["rows"], BY_NAME[record.stage].noun)
        names = ("new", "changed", "scraped", "not_scraped")
        return [rows, *(f"{counts[name]:,} {_plain(name)}" for name in names if counts.get(name))]
    return [
        f"{count:,} {_plain(name)}"
        for name, count in counts.items()
        if name != "seconds" and (count or name == "checks")
    ]


def _count(count: float, noun: str) -> str:
    return f"{count:,} {noun.removesuffix('s') if count == 1 else noun}"


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _first_line(message: str) -> str:
    return message.strip().partition("\n")[0]
