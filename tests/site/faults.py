"""The faults of a site: which are planned, and which requests they hit.

    Faults.add(), Faults.add_random() ──► Faults.hits_on(route) ──► FaultHit ──► `applied`

A fault hits requests with one label, of one song or of any, after so many such requests, so many
times; without a number of times it lasts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sample.seeded_random import rng_for
from tests.site.fault_kinds import DEFAULT_LABEL, DEFAULT_LABELS, DEFAULT_SECONDS, TRANSIENT, Fault
from tests.site.routes import Route


@dataclass(frozen=True, slots=True)
class PlannedFault:
    """A fault to come."""

    kind: Fault
    on: str  # a label of a Route
    track_id: str | None
    times: int | None
    after: int
    seconds: float

    def matches(self, route: Route) -> bool:
        """Say whether the fault hits this request."""
        return self.on in route.labels and self.track_id in (None, route.track_id)


@dataclass(frozen=True, slots=True)
class FaultHit:
    """A fault that came: which request it hit."""

    kind: Fault
    track_id: str
    path: str
    seconds: float
    lasts: bool


class Faults:
    """The faults of one site."""

    def __init__(self) -> None:
        self.applied: list[FaultHit] = []
        self._plans: list[PlannedFault] = []
        self._share, self._seed = 0.0, 0
        self._kinds: Sequence[Fault] = TRANSIENT
        self._drawn: set[str] = set()

    def add(
        self,
        kind: Fault,
        *,
        track_id: str | None = None,
        on: str | None = None,
        times: int | None = 1,
        after: int = 0,
        seconds: float | None = None,
    ) -> None:
        """Plan a fault: `times` None lasts, `after` so many requests succeed before."""
        seconds = DEFAULT_SECONDS.get(kind, 0.0) if seconds is None else seconds
        on = on or DEFAULT_LABELS.get(kind, DEFAULT_LABEL)
        self._plans.append(PlannedFault(kind, on, track_id, times, after, seconds))

    def add_random(self, share: float, seed: int, kinds: Sequence[Fault]) -> None:
        """Plan one fault for this share of songs, of a kind that depends on seed and song."""
        self._share, self._seed, self._kinds = share, seed, kinds

    def clear(self) -> None:
        """Remove all faults."""
        self._plans.clear()
        self._share = 0.0

    def random_fault_of(self, track_id: str) -> Fault | None:
        """Return the random fault of a song."""
        chance = rng_for("fault", self._seed, track_id)
        return chance.choice(self._kinds) if chance.random() < self._share else None

    def hits_on(self, route: Route) -> list[FaultHit]:
        """Return the faults that hit this request, and count them."""
        if route.track_id and route.track_id not in self._drawn and self._share:
            self._drawn.add(route.track_id)
            if kind := self.random_fault_of(route.track_id):
                self.add(kind, track_id=route.track_id)
        hits = []
        for place, plan in enumerate(self._plans):
            if not plan.matches(route):
                continue
            if plan.after:
                self._plans[place] = replace(plan, after=plan.after - 1)
            elif plan.times != 0:
                left = None if plan.times is None else plan.times - 1
                self._plans[place] = replace(plan, times=left)
                hits.append(_hit(plan, route))
        self._plans = [plan for plan in self._plans if plan.times != 0]
        self.applied += hits
        return hits


def _hit(plan: PlannedFault, route: Route) -> FaultHit:
    return FaultHit(plan.kind, route.track_id, route.path, plan.seconds, plan.times is None)
