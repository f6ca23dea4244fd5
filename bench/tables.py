"""Tables of a record: figures with their ratios, and the nodes that took longest.

Record ──► figure_lines(), ratio_lines(), node_lines() ──► lines
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from bench.record import Figure, Record

SLOWEST = 25


def lines_of(record: Record) -> Iterator[str]:
    """Everything that a record says."""
    yield f"{record.bench}: medians, seconds"
    yield from figure_lines(record)
    yield ""
    yield from ratio_lines(record)
    for size in record.nodes:
        yield ""
        yield from node_lines(record, size)


def figure_lines(record: Record) -> Iterator[str]:
    """One line for each kind of work at each size."""
    yield (
        f"{'work':<32} {record.unit:>9} {'seconds':>9} {'from':>7} {'to':>7} {'processor':>9} "
        f"{'rows written':>12} {'campaigns written':>17}"
    )
    for figure in record.figures:
        least, most = min(figure.seconds), max(figure.seconds)
        processor = f"{median(figure.processor):.1f}" if figure.processor else ""
        rows = f"{median(figure.rows):,.0f}" if figure.rows else ""
        yield (
            f"{figure.work:<32} {figure.size:>9,} {figure.median:>9.2f} {least:>7.2f} "
            f"{most:>7.2f} {processor:>9} {rows:>12} {_campaigns(figure):>17}"
        ).rstrip()


def ratio_lines(record: Record) -> Iterator[str]:
    """Each ratio beside what it is to be."""
    yield f"{'ratio':<60} {'seconds':>9} {'processor':>9} {'to reach':>9}"
    for ratio in record.ratios:
        reach = "" if ratio.reach is None else f"{ratio.reach:.2f}"
        yield f"{ratio.name:<60} {ratio.seconds:>9.3f} {ratio.processor:>9.3f} {reach:>9}".rstrip()


def node_lines(record: Record, size: str, most: int = SLOWEST) -> Iterator[str]:
    """The nodes of the build at one size that took longest, and what all took."""
    nodes = record.nodes[size]
    total = sum(nodes.values())
    yield f"nodes of the build, {record.unit} {size}: {len(nodes)} took {total:.1f} s"
    slowest = sorted(nodes.items(), key=lambda node: (-node[1], node[0]))[:most]
    for name, seconds in slowest:
        yield f"  {name:<75} {seconds:>8.2f} s {seconds / (total or 1):>6.1%}"
    if len(nodes) > most:
        rest = total - sum(seconds for _, seconds in slowest)
        yield f"  {f'the other {len(nodes) - most}':<75} {rest:>8.2f} s {rest / (total or 1):>6.1%}"


def _campaigns(figure: Figure) -> str:
    if figure.campaigns is None:
        return ""
    changed = "" if figure.changed is None else f" of {figure.changed:,}"
    return f"{figure.campaigns:,}{changed}"
