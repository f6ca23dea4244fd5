"""What was measured, on what machine: figures, ratios and the nodes of builds, kept as JSON.

Record ──► save() ──► FILE.json ──► read_record() ──► bench.tables, bench.chart
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from statistics import median

import orjson

from bench.costs import Build, Cost
from bench.machine import describe_machine, project_revision


@dataclass(slots=True)
class Figure:
    """A kind of work at a size (a week, a number of campaigns): one value for each measurement.

    Seconds of the clock and of all processors; `rows` are those that a build wrote, `campaigns` the
    campaigns among them, and `changed` how many campaigns its files changed.
    """

    work: str
    size: int
    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    campaigns: int | None = None
    changed: int | None = None

    def add(self, cost: Cost) -> None:
        """Add one measurement."""
        self.seconds.append(cost.seconds)
        self.processor.append(cost.processor)
        if isinstance(cost, Build):
            self.rows.append(cost.rows_written)
            self.campaigns = cost.campaigns_written

    @property
    def median(self) -> float:
        """Seconds."""
        return median(self.seconds)


SECOND = Figure("a second", 0, [1.0], [1.0])


@dataclass(frozen=True, slots=True)
class Ratio:
    """One figure beside another of the same run: by the clock and by processor time.

    `reach` is what it is to be at most, if that was said.
    """

    name: str
    seconds: float
    processor: float
    reach: float | None


@dataclass(frozen=True, slots=True)
class Limit:
    """What to compare: (work, size) beside (work, size), or beside one second."""

    name: str
    of: tuple[str, int]
    to: tuple[str, int] | None
    reach: float | None = None


@dataclass(slots=True)
class Record:
    """One run of a measurement. `unit` is what sizes count; `nodes` are seconds by size, name."""

    bench: str
    unit: str
    figures: list[Figure] = field(default_factory=list)
    ratios: list[Ratio] = field(default_factory=list)
    nodes: dict[str, dict[str, float]] = field(default_factory=dict)
    machine: str = ""
    measured_on: str = ""
    revision: str = ""

    def figure(self, work: str, size: int) -> Figure:
        """The figure of this work at this size; made if it is new."""
        for figure in self.figures:
            if (figure.work, figure.size) == (work, size):
                return figure
        self.figures.append(Figure(work, size))
        return self.figures[-1]

    def compare(self, limits: list[Limit]) -> None:
        """Work out the ratios of what was measured."""
        known = {(figure.work, figure.size): figure for figure in self.figures if figure.seconds}
        self.ratios = [
            _ratio(limit, known[limit.of], known[limit.to] if limit.to else SECOND)
            for limit in limits
            if limit.of in known and (limit.to is None or limit.to in known)
        ]

    def save(self, path: Path) -> None:
        """Write it, with the machine and the day."""
        self.machine, self.measured_on = describe_machine(), date.today().isoformat()
        self.revision = project_revision()
        path.parent.mkdir(parents=True, exist_ok=True)
        options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
        path.write_bytes(orjson.dumps(asdict(self), option=options))


def read_record(path: Path) -> Record:
    """A record that was saved. Raises TypeError or ValueError if it is none."""
    content = orjson.loads(path.read_bytes())
    figures = [Figure(**figure) for figure in content.pop("figures")]
    ratios = [Ratio(**ratio) for ratio in content.pop("ratios")]
    return Record(figures=figures, ratios=ratios, **content)


def _ratio(limit: Limit, figure: Figure, other: Figure) -> Ratio:
    processor = 0.0
    if figure.processor and other.processor:
        processor = median(figure.processor) / median(other.processor)
    return Ratio(limit.name, figure.median / other.median, processor, limit.reach)
