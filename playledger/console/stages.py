"""What a run did, stage by stage, as lines for the terminal.

StageRecord ──► render_stages() ──► `4/10 Campaigns   653 campaigns, 12 new, 1.4 s`
"""

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from loaders.text import first_line, plural
from playledger.runs.stages import BUILT, BY_NAME, title_of
from playledger.runs.table import StageRecord

LOADED = {"rows": "row", "playlist_rows": "playlist row", "songs": "song"}
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
    return f"{line}: {first_line(record.message)}" if record.message else line


def _counts(record: StageRecord) -> list[str]:
    counts = record.counts
    if record.stage == "parse" and "files" in counts:
        if not counts["files"]:
            return ["nothing new"]
        read = [plural(counts[name], noun) for name, noun in LOADED.items() if counts.get(name)]
        return [*(read or ["0 rows"]), f"{counts['rejected']:,} rejected"]
    if BY_NAME.get(record.stage) in BUILT and "rows" in counts:
        rows = [plural(counts["rows"], BY_NAME[record.stage].noun.removesuffix("s"))]
        shown = [name for name in ("new", "changed", "scraped", "not_scraped") if counts.get(name)]
    else:
        rows = []
        shown = [
            name for name in counts if (counts[name] and name != "seconds") or name == "checks"
        ]
    return [*rows, *(f"{counts[name]:,} {name.replace('_', ' ')}" for name in shown)]
