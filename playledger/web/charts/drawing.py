"""Bar charts as positions of bars, ticks and labels, in units of the drawing; y grows downward.

    labels, Series ──► columns(), bars() ──► Drawing ──► templates/charts.html.jinja ──► SVG

Colours and fonts are the style sheet's: a page's headers allow no inline style.
"""

from dataclasses import dataclass
from typing import NamedTuple

WIDTH = 520  # a phone shows a drawing at two thirds
MARGIN = 10
AXIS = 30  # height below the bars, for labels
COLUMN_HEIGHT, WIDEST_COLUMN = 220, 90
BAR_HEIGHT, BAR_GAP = 15, 14
LETTER = 8.5  # width of a letter on a phone, where fonts are the largest
LONGEST_LABEL = 20  # letters of a name beside a bar; the table has all of it


@dataclass(frozen=True, slots=True)
class Series:
    """One colour of a chart: its number, its name, and a value for each label."""

    color: int
    name: str
    values: tuple[float, ...]


class Bar(NamedTuple):
    """A rectangle; `title` is its tooltip."""

    x: float
    y: float
    width: float
    height: float
    color: int
    title: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything that is drawn: `ticks` and `labels` are (position on their axis, text).

    Where `is_horizontal`, bars lie, ticks are along x and labels along y; else the other way round.
    """

    is_horizontal: bool
    left: float
    bottom: float
    bars: list[Bar]
    ticks: list[tuple[float, str]]
    labels: list[tuple[float, str]]
    width: int = WIDTH
    margin: int = MARGIN
    axis: int = AXIS


def columns(
    labels: list[str], series: list[Series], unit: str = "", top: float | None = None
) -> Drawing:
    """Columns side by side, the series stacked in each; `top` is the end of the scale."""
    ticks = _ticks(top or max(map(sum, zip(*(each.values for each in series), strict=True))))
    left, bottom = _width([short(tick) + unit for tick in ticks]), MARGIN + COLUMN_HEIGHT
    step = (WIDTH - left) / len(labels)
    # The last label stays within the drawing.
    step -= max(MARGIN, (_width([labels[-1]]) - step) / 2) / len(labels)
    width = min(0.8 * step, WIDEST_COLUMN)
    drawn = []
    for nth, label in enumerate(labels):
        y = float(bottom)
        for each in series:
            if (height := COLUMN_HEIGHT * each.values[nth] / ticks[-1]) > 0:
                y -= height
                x = left + step * (nth + 0.5) - width / 2
                drawn.append(Bar(x, y, width, height, each.color, _title(label, each, nth, unit)))
    every = -(-len(labels) // 4)  # four labels fit; the last one is always there
    return Drawing(
        False, left, bottom, drawn,
        [(bottom - COLUMN_HEIGHT * tick / ticks[-1], short(tick) + unit) for tick in ticks],
        [
            (left + step * (nth + 0.5), label)
            for nth, label in enumerate(labels)
            if (len(labels) - 1 - nth) % every == 0
        ],
    )  # fmt: skip


def bars(labels: list[str], series: list[Series], unit: str = "") -> Drawing:
    """Bars that lie one below the other, a group for each label."""
    ticks = _ticks(max(value for each in series for value in each.values))
    names = [_shortened(label) for label in labels]
    left, group = _width(names), len(series) * BAR_HEIGHT + BAR_GAP
    length = WIDTH - left - _width([short(ticks[-1]) + unit]) / 2
    drawn = []
    for nth, label in enumerate(labels):
        y = MARGIN + group * nth + BAR_GAP / 2
        for each in series:
            if (width := length * each.values[nth] / ticks[-1]) > 0:
                title = _title(label, each, nth, unit)
                drawn.append(Bar(left, y, width, BAR_HEIGHT - 1, each.color, title))
            y += BAR_HEIGHT
    return Drawing(
        True, left, MARGIN + group * len(labels), drawn,
        [(left + length * tick / ticks[-1], short(tick) + unit) for tick in ticks],
        [(MARGIN + group * (nth + 0.5), name) for nth, name in enumerate(names)],
    )  # fmt: skip


def short(value: float) -> str:
    """A number for an axis: `950`, `12k`, `1.2M`."""
    for size, letter in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:.1f}".removesuffix(".0") + letter
    return f"{value:g}"


def _title(label: str, series: Series, nth: int, unit: str) -> str:
    return f"{label}, {series.name}: {series.values[nth]:,.0f}{unit}"


def _width(texts: list[str]) -> float:
    """Of the longest of these texts, with a margin."""
    return MARGIN + LETTER * max(map(len, texts))


def _ticks(top: float) -> list[int]:
    """Round numbers at equal distances, from 0 to at least `top`: two to six."""
    size = 1
    while True:
        for step in (size, 2 * size, 2.5 * size, 5 * size):
            if step * 5 >= top and step == int(step):
                return [int(step) * nth for nth in range(max(1, -int(-top // step)) + 1)]
        size *= 10


def _shortened(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1].rstrip()}…"
