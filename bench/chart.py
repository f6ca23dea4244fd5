"""A chart of cost against size, as SVG: one line for each kind of work.

    Record ──► svg_of() ──► SVG

Sizes that differ by a factor of 100 or more get logarithmic axes: ten times the cost for ten times
the size is then a straight line. Others, and weeks, get plain axes from zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

from bench.record import Figure, Record

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 64, 176, 32, 48  # margins; on the right are the names of the lines
COLORS = ("#1f5fa8", "#c0562b", "#2e8b57", "#7d4fa3", "#9a7b16", "#4a4a4a")
LOGARITHMIC = 100  # of the largest size to the smallest
STEPS = (1, 2, 5, 10)
LEAST_GAP = 16  # between two names
STYLE = "font: 12px system-ui, sans-serif; fill: #333"


@dataclass(frozen=True, slots=True)
class Scale:
    """Positions of values on one axis."""

    least: float
    most: float
    start: float
    end: float
    is_log: bool

    def place(self, value: float) -> float:
        """The position of a value, in units of the drawing."""
        least, most, at = self.least, self.most, value
        if self.is_log:
            least, most, at = log10(least), log10(most), log10(at)
        return self.start + (self.end - self.start) * (at - least) / (most - least)


def svg_of(record: Record) -> str:
    """The chart of a record. Raises ValueError if it has no figure."""
    lines = _lines(record)
    sizes = sorted({figure.size for line in lines.values() for figure in line})
    seconds = [figure.median for line in lines.values() for figure in line]
    is_log = max(sizes) / min(sizes) >= LOGARITHMIC and record.unit != "week"
    across = Scale(*_range(sizes, is_log), LEFT, WIDTH - RIGHT, is_log)
    up = Scale(*_range(seconds, is_log), HEIGHT - BOTTOM, TOP, is_log)
    parts = [_axes(across, up, sizes, record.unit)]
    parts += [
        _line(line, across, up, COLORS[nth % len(COLORS)])
        for nth, line in enumerate(lines.values())
    ]
    parts += _names(lines, up)
    title = escape(f"Cost of {', '.join(lines)} against {record.unit}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'style="{STYLE}">\n<title>{title}</title>\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _lines(record: Record) -> dict[str, list[Figure]]:
    lines: dict[str, list[Figure]] = {}
    for figure in sorted(record.figures, key=lambda figure: figure.size):
        lines.setdefault(figure.work, []).append(figure)
    return lines


def _range(values: list[float], is_log: bool) -> tuple[float, float]:
    """Where an axis begins and ends: at powers of ten, or at zero and a round number."""
    if is_log:
        low, high = floor(log10(min(values))), ceil(log10(max(values)))
        return 10**low, 10 ** max(high, low + 1)
    return 0, _ticks(max(values))[-1]


def _ticks(most: float) -> list[float]:
    """Four to eight round numbers from 0 to at least `most`."""
    size = 10 ** floor(log10(most or 1))
    step = next(size * step / 5 for step in STEPS if size * step >= most)
    return [step * nth for nth in range(ceil(most / step - 1e-9) + 1)]


def _axes(across: Scale, up: Scale, sizes: list[int], unit: str) -> str:
    if up.is_log:
        ticks = [10.0**power for power in range(round(log10(up.least)), round(log10(up.most)) + 1)]
    else:
        ticks = _ticks(up.most)
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    parts = [
        f'<path d="M{LEFT} {up.place(tick):.1f}H{right}" stroke="#ddd"/>'
        f'<text x="{LEFT - 8}" y="{up.place(tick) + 4:.1f}" text-anchor="end">{tick:,g}</text>'
        for tick in ticks
    ]
    parts += [
        f'<path d="M{across.place(size):.1f} {bottom}v5" stroke="#333"/>'
        f'<text x="{across.place(size):.1f}" y="{bottom + 18}" text-anchor="middle">{size:,}</text>'
        for size in sizes
    ]
    middle = (LEFT + right) / 2
    parts.append(f'<text x="{middle}" y="{HEIGHT - 10}" text-anchor="middle">{escape(unit)}</text>')
    parts.append(f'<text x="{LEFT - 8}" y="{TOP - 16}" text-anchor="end">seconds</text>')
    parts.append(f'<path d="M{LEFT} {TOP}V{bottom}H{right}" stroke="#333" fill="none"/>')
    return "\n".join(parts)


def _line(line: list[Figure], across: Scale, up: Scale, color: str) -> str:
    points = [(across.place(figure.size), up.place(figure.median), figure) for figure in line]
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y, _ in points)
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{color}">'
        f"<title>{escape(figure.work)}, {figure.size:,}: {figure.median:.1f} s</title></circle>"
        for x, y, figure in points
    )
    return f'<path d="M{path}" stroke="{color}" stroke-width="2" fill="none"/>{dots}'


def _names(lines: dict[str, list[Figure]], up: Scale) -> list[str]:
    """Each line's name beside its end, apart from the others."""
    ends = sorted(
        (up.place(line[-1].median), nth, work) for nth, (work, line) in enumerate(lines.items())
    )
    parts, above = [], 0.0
    for end, nth, work in ends:
        above = max(end + 4, above + LEAST_GAP)
        color = COLORS[nth % len(COLORS)]
        parts.append(
            f'<text x="{WIDTH - RIGHT + 10}" y="{above:.1f}" fill="{color}">{escape(work)}</text>'
        )
    return parts
