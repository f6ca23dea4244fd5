"""The column `Last Modified` of an export: when a row was last changed, as text that sorts.

    cell ──► read_change() ──► Change (by month/day, by day/month)
    cells ──► ChangeTally.add() ──► the order that they speak for, the newest change

Which of the two readings holds is a fact of the whole file: section 3.16 of docs/contract.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from loaders.files.date_forms import Moment, read_clock, read_moment

Order = Literal["month_day", "day_month"]
MIXED = "mixed"  # in staging: an export whose cells speak for both orders
MANY = 20_000  # different cells that are worth remembering


class Change(NamedTuple):
    """A time in ISO 8601 as either order reads it, and the one order that the cell fits, if any."""

    month_day: str | None
    day_month: str | None
    only: Order | None = None

    def read(self, order: Order | None) -> str | None:
        """The time by this order; without one, only where both say the same."""
        if order is None:
            return self.month_day if self.month_day == self.day_month else None
        return self.month_day if order == "month_day" else self.day_month


NO_CHANGE = Change(None, None)


@lru_cache(MANY)
def read_change(cell: str | None) -> Change:
    """`10/16/2025 4:42pm` as `2025-10-16T16:42`; no time for what is none."""
    moment = read_moment(cell or "")
    if moment is None:
        return NO_CHANGE
    times = (_text(moment, day) for day in (moment.month_first, moment.day_first))
    return Change(*times, moment.only)


@lru_cache(MANY)
def _clock(text: str) -> str | None:
    return read_clock(text)


@dataclass(slots=True)
class ChangeTally:
    """What the cells of a file add up to.

    `month_day` and `day_month` count what fits this order alone; the rest is the newest change by
    each order, and of the cells that need none. Of a day as it is typed, the latest time decides.
    """

    month_day: int = 0
    day_month: int = 0
    newest: tuple[str, str, str] = ("", "", "")
    latest: dict[str, str] = field(default_factory=dict)

    def add(self, cells: Iterable[str | None]) -> None:
        """Count some rows. A million different cells are few days: 0.5 s, one by one 8 s."""
        for cell in filter(None, cells):
            day, _, rest = cell.partition(" ")
            clock = _clock(rest)
            if clock is None:
                self._count(read_change(cell))
            elif clock > self.latest.get(day, ""):
                self.latest[day] = clock

    def order(self, typed: Order | None = None) -> Order | None:
        """How to read the file; None if its cells speak for both.

        A person's word, `typed`, holds unless the cells can only be read in the other order.
        """
        self._count_days()
        own: Order = "day_month" if self.day_month > self.month_day else "month_day"
        if not (self.month_day and self.day_month):
            return own if self.month_day or self.day_month else typed or own
        return typed

    def newest_change(self, order: Order | None) -> str | None:
        """The newest time by this order; None without any."""
        self._count_days()
        return self.newest[("month_day", "day_month", None).index(order)] or None

    def _count_days(self) -> None:
        for day, clock in self.latest.items():
            self._count(read_change(f"{day} {clock}"))
        self.latest.clear()

    def _count(self, change: Change) -> None:
        self.month_day += change.only == "month_day"
        self.day_month += change.only == "day_month"
        sure = change.read(None)
        found = (change.month_day or "", change.day_month or "", sure or "")
        self.newest = tuple(map(max, self.newest, found))


def _text(moment: Moment, day: str) -> str:
    return f"{day}T{moment.clock or '00:00'}"
