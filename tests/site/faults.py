"""What goes wrong on the site, when, and what has gone wrong so far.

    Faults.add(), Faults.at_random() ──► Faults.hitting(visit) ──► HitBy ──► `applied`

A fault hits requests of one kind, of one song or of any, after so many such requests, and so many
times; without a number of times it lasts.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sample.seeded_random import dice
from tests.site.fault_kinds import HITS, PAGE_OF_A_SONG, PASSING, SECONDS, Fault
from tests.site.routes import Visit


@dataclass(frozen=True, slots=True)
class Plan:
    """A fault to come."""

    kind: Fault
    on: str  # a word of `Visit.kinds`
    track_id: str | None
    window: str | None
    times: int | None
    after: int
    seconds: float

    def meets(self, visit: Visit) -> bool:
        """Say whether this request is of the kind that the fault hits."""
        return (
            self.on in visit.kinds
            and self.track_id in (None, visit.track_id)
            and self.window in (None, visit.window)
        )


@dataclass(frozen=True, slots=True)
class HitBy:
    """A fault that came: which song's request it hit, and when."""

    kind: Fault
    track_id: str
    path: str
    at: float
    seconds: float
    lasts: bool


class Faults:
    """The faults of one site."""

    def __init__(self) -> None:
        self.applied: list[HitBy] = []
        self._plans: list[Plan] = []
        self._share, self._seed, self._times = 0.0, 0, 1
        self._kinds: Sequence[Fault] = PASSING
        self._drawn: set[str] = set()

    def add(
        self,
        kind: Fault,
        *,
        track_id: str | None = None,
        on: str | None = None,
        window: str | None = None,
        times: int | None = 1,
        after: int = 0,
        seconds: float | None = None,
    ) -> None:
        """Let requests fail: `times` None is for ever, `after` so many go well before."""
        seconds = SECONDS.get(kind, 0.0) if seconds is None else seconds
        on = on or HITS.get(kind, PAGE_OF_A_SONG)
        self._plans.append(Plan(kind, on, track_id, window, times, after, seconds))

    def at_random(
        self, share: float, seed: int = 1, kinds: Sequence[Fault] = PASSING, times: int | None = 1
    ) -> None:
        """Give this share of songs one fault each, of a kind that depends on seed and song."""
        self._share, self._seed, self._kinds, self._times = share, seed, kinds, times

    def clear(self) -> None:
        """Let everything go well from now on."""
        self._plans.clear()
        self._share = 0.0

    def drawn_for(self, track_id: str) -> Fault | None:
        """Return the fault that chance has for a song."""
        chance = dice("fault", self._seed, track_id)
        return chance.choice(self._kinds) if chance.random() < self._share else None

    def hitting(self, visit: Visit) -> list[HitBy]:
        """Return what hits this request; that is then used up by one."""
        if visit.track_id and visit.track_id not in self._drawn and self._share:
            self._drawn.add(visit.track_id)
            if kind := self.drawn_for(visit.track_id):
                self.add(kind, track_id=visit.track_id, times=self._times)
        hits = []
        for place, plan in enumerate(self._plans):
            if not plan.meets(visit):
                continue
            if plan.after:
                self._plans[place] = replace(plan, after=plan.after - 1)
            elif plan.times != 0:
                left = None if plan.times is None else plan.times - 1
                self._plans[place] = replace(plan, times=left)
                hits.append(_hit(plan, visit))
        self._plans = [plan for plan in self._plans if plan.times != 0]
        self.applied += hits
        return hits


def _hit(plan: Plan, visit: Visit) -> HitBy:
    lasts = plan.times is None
    return HitBy(plan.kind, visit.track_id, visit.path, time.time(), plan.seconds, lasts)
