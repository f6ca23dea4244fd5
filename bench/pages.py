"""`python -m bench chart FILE...`: kept records into docs/performance.md and its charts.

    FILE.json ──► write_pages() ──► docs/performance/: the record, its chart; a section of the page

The words around the sections are a person's. A section is between two comments of the page, so that
it can be written again; a page that lacks them is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench.chart import svg_of
from bench.record import Figure, Record, read_record
from tests.project import PROJECT

PAGE = PROJECT / "docs" / "performance.md"
SLOWEST = 10


def write_pages(files: list[Path], page: Path = PAGE) -> Iterator[str]:
    """Write the section, the chart and the record of each file; yields what was written.

    Raises SystemExit if the page has no place for one.
    """
    folder = page.with_suffix("")
    folder.mkdir(exist_ok=True)
    for file in files:
        record, content = read_record(file), file.read_bytes()
        text = page.read_text("utf-8")
        page.write_text(with_section(text, record), "utf-8")
        (folder / f"{record.bench}.svg").write_text(svg_of(record), "utf-8")
        (folder / f"{record.bench}.json").write_bytes(content)
        yield f"{page.name}, {folder.name}/{record.bench}.svg: from {file}"


def with_section(page: str, record: Record) -> str:
    """The page with the section of this record written anew."""
    begin, end = f"<!-- {record.bench}: begin -->", f"<!-- {record.bench}: end -->"
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if not pattern.search(page):
        raise SystemExit(f"The page has no comments `{begin}` and `{end}` around a section.")
    section = "\n".join([begin, "", *section_of(record), "", end])
    return pattern.sub(lambda _: section, page)


def section_of(record: Record) -> Iterator[str]:
    """What a record says, as Markdown."""
    yield f"![Cost against {record.unit}](performance/{record.bench}.svg)"
    yield ""
    yield f"Measured on {record.measured_on}, revision `{record.revision}`: {record.machine}."
    yield ""
    yield f"| work | {record.unit} | seconds | processor s | rows written | campaigns written |"
    yield "|---|---:|---:|---:|---:|---:|"
    yield from map(_figure, record.figures)
    yield ""
    yield "| ratio | by the clock | by processor time | to reach |"
    yield "|---|---:|---:|---:|"
    for ratio in record.ratios:
        reach = "" if ratio.reach is None else f"{ratio.reach:g}"
        yield f"| {ratio.name} | {ratio.seconds:.3f} | {ratio.processor:.3f} | {reach} |"
    for size, nodes in record.nodes.items():
        yield ""
        yield from _nodes(f"{record.unit} {size}", nodes)


def _figure(figure: Figure) -> str:
    spread = f" ({min(figure.seconds):.1f} to {max(figure.seconds):.1f})"
    seconds = f"{figure.median:.1f}" + (spread if len(figure.seconds) > 1 else "")
    processor = f"{median(figure.processor):.1f}" if figure.processor else ""
    rows = f"{median(figure.rows):,.0f}" if figure.rows else ""
    campaigns = "" if figure.campaigns is None else f"{figure.campaigns:,}"
    if figure.changed is not None:
        campaigns += f" ({figure.changed:,} rows changed)"
    return f"| {figure.work} | {figure.size:,} | {seconds} | {processor} | {rows} | {campaigns} |"


def _nodes(title: str, nodes: dict[str, float]) -> Iterator[str]:
    """Where the time of one build goes, folded."""
    total = sum(nodes.values())
    slowest = sorted(nodes.items(), key=lambda node: (-node[1], node[0]))[:SLOWEST]
    yield f"<details><summary>{title}: {len(nodes)} nodes took {total:.1f} s</summary>"
    yield ""
    yield "| node | seconds | share |"
    yield "|---|---:|---:|"
    for name, seconds in slowest:
        yield f"| {name} | {seconds:.2f} | {seconds / (total or 1):.0%} |"
    yield ""
    yield "</details>"
