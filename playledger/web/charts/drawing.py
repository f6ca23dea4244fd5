"""Bars as SVG: pygal lays them out, and only plain shapes and words of that reach a page.

    labels, Series ──► pygal ──► what is allowed of it ──► SVG without style, script or id

Colours, fonts and lines are the style sheet's, by class; a page's safety headers allow no other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from markupsafe import Markup

if TYPE_CHECKING:
    from pygal.graph.graph import Graph

WIDTH = 520  # of the drawing's own units: a phone shows them at two thirds
LABEL_SIZE = 15
LETTERS = 20  # of a name beside a bar; the table has all of it
SHAPES = ("svg", "g", "rect", "text", "path")
PLACES = ("x", "y", "width", "height", "transform", "d", "viewBox")
UNSEEN = {"background", "titles", "tooltip-overlay", "overlay", "tooltip"}
XMLNS = "http://www.w3.org/2000/svg"
NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LONG_NUMBER = re.compile(r"-?\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Series:
    """One colour of a chart: its place among the colours, its name, a value for each label."""

    color: int
    name: str
    values: tuple[float, ...]


def short(value: float) -> str:
    """A number for an axis: `950`, `12k`, `1.2M`."""
    for size, letter in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:.1f}".removesuffix(".0") + letter
    return f"{value:g}"


def columns(
    labels: list[str], series: list[Series], told: str, unit: str = "", ends: float | None = None
) -> Markup:
    """Columns that stand side by side, series piled up in each; `ends` is where the scale does."""
    import pygal

    top = ends or max(map(sum, zip(*(each.values for each in series), strict=True)))
    graph = pygal.StackedBar(
        **_plain(260, top, unit), x_labels=_thinned(labels), range=(0, _ticks(top)[-1])
    )
    graph._series_margin = max(0.06, 0.5 - 0.1 * len(labels))  # a single column is no wall
    return _draw(graph, labels, series, told, unit)


def bars(labels: list[str], series: list[Series], told: str, unit: str = "") -> Markup:
    """Bars that lie one below the other, a group for each label."""
    import pygal

    top = max(value for each in series for value in each.values)
    shown = [_cut(label) for label in reversed(labels)]
    turned = [Series(each.color, each.name, tuple(reversed(each.values))) for each in series]
    height = 50 + len(labels) * (len(series) * 16 + 12)
    graph = pygal.HorizontalBar(
        **_plain(height, top, unit), x_labels=shown, range=(0, _ticks(top)[-1])
    )
    return _draw(graph, labels[::-1], turned, told, unit)


def _plain(height: int, top: float, unit: str) -> dict[str, object]:
    from pygal.style import Style

    return {
        "width": WIDTH,
        "height": height,
        "margin": 8,
        "margin_right": 22,
        "truncate_label": -1,
        "show_legend": False,
        "js": (),
        "css": (),
        "no_prefix": True,
        "style": Style(label_font_size=LABEL_SIZE, major_label_font_size=LABEL_SIZE),
        "y_labels": _ticks(top),
        "value_formatter": lambda value: short(value) + unit,
    }


def _draw(graph: Graph, labels: list[str], series: list[Series], told: str, unit: str) -> Markup:
    for each in series:
        values = [
            {"value": value, "label": _clean(f"{label}, {each.name}: {value:,.0f}{unit}")}
            for label, value in zip(labels, each.values, strict=True)
        ]
        graph.add(_clean(each.name), values)
    drawn = _allowed(graph.render_tree(), [each.color for each in series])
    drawn.attrib |= {"xmlns": XMLNS, "role": "img", "aria-label": _clean(told)}
    # Every text and attribute was escaped on the way into the tree's own writer.
    return Markup(ElementTree.tostring(drawn, encoding="unicode"))  # noqa: S704


def _allowed(found: ElementTree.Element, colors: list[int]) -> ElementTree.Element:
    """A copy with shapes, words and places only, and classes for the style sheet."""
    kept = ElementTree.Element(_name(found))
    for place in PLACES:
        if place in found.attrib:
            kept.set(place, LONG_NUMBER.sub(_rounded, found.get(place)))
    classes = found.get("class", "").split()
    number = next((each for each in classes if re.fullmatch(r"serie-\d+", each)), None)
    if number is not None:
        classes = ["series", f"kind-{colors[int(number.removeprefix('serie-'))]}"]
    classes = [each for each in classes if each not in ("reactive", "tooltip-trigger")]
    if classes:
        kept.set("class", " ".join(classes))
    kept.text = found.text
    for part in found:
        is_shape = isinstance(part.tag, str) and _name(part) in SHAPES
        if is_shape and not UNSEEN.intersection(part.get("class", "").split()):
            child = _allowed(part, colors)
            if child.tag != "g" or len(child):
                kept.append(child)
        elif isinstance(part.tag, str) and part.get("class") == "label":
            ElementTree.SubElement(kept, "title").text = part.text
    return kept


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _rounded(number: re.Match) -> str:
    return f"{float(number[0]):.1f}".removesuffix(".0")


def _ticks(top: float) -> list[float]:
    """Round numbers from 0 to at least `top`, six at most."""
    size = 1
    while True:
        for step in (size, 2 * size, 2.5 * size, 5 * size):
            if step * 5 >= top and step == int(step):
                count = max(1, -int(-top // step))
                return [int(step) * place for place in range(count + 1)]
        size *= 10


def _thinned(labels: list[str]) -> list[str]:
    """No more labels than fit below a chart; the last one always."""
    step = -(-len(labels) // 4)
    last = len(labels) - 1
    return [_clean(each) if (last - nth) % step == 0 else "" for nth, each in enumerate(labels)]


def _cut(label: str) -> str:
    text = _clean(label)
    return text if len(text) <= LETTERS else f"{text[: LETTERS - 1].rstrip()}…"


def _clean(text: str) -> str:
    """Without letters that XML cannot hold."""
    return NOT_XML.sub("", text)
