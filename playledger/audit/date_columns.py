"""How the date columns of an export write day and month, counted apart from the models.

    cells ──► DateTally.add() ──► DateTally.order(), reason(), readable()

The models decide the same in SQL (macro `decide_date_orders`); the rule is in section 3.16 of
docs/contract.md. What only known campaigns tell is not decided here.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from loaders.files.last_modified import Order
from playledger.audit.reread_dates import Reading, both_ways, number_of_day

# Column in staging → the figure of the account that counts its values.
DATE_COLUMNS = {"start_date": "start_dates", "last_modified": "last_modified"}
NAMES = {"month_day": "month/day", "day_month": "day/month", "day_numbers": "numbers of days"}
WHY = {
    "cells": "by its cells",
    "person": "as a person says",
    "known_dates": "by known dates",
    "assumed": "assumed",
    "one_way": "every cell fits one way",
    "day_numbers": "all cells are such",
    "mixed": "its cells contradict each other",
    "against_known": "known dates contradict its cells",
}


@dataclass(slots=True)
class DateTally:
    """Cells of one column: `cells` that are filled, those that fit one order alone, and `either`.

    Dates with dots are counted apart, since they say nothing about other cells: `dots_either` are
    those that fit both orders. `sure` fit every order, `numbers` may be Excel's numbers of days.
    """

    cells: int = 0
    month_day: int = 0
    day_month: int = 0
    either: int = 0
    numbers: int = 0
    sure: int = 0
    month_dots: int = 0
    day_dots: int = 0
    dots_either: int = 0

    def add(self, cells: Iterable[str]) -> None:
        """Count some cells."""
        for cell in cells:
            if not cell.strip():
                continue
            self.cells += 1
            if read := both_ways(cell):
                self._add(read)
            elif number_of_day(cell):
                self.numbers += 1

    def _add(self, read: Reading) -> None:
        numbers = read.numbers
        has_dots = numbers is not None and numbers.sign == "."
        if read.month_first != read.day_first:
            self.either += not has_dots
            self.dots_either += has_dots
        elif numbers is None or numbers.first == numbers.second:
            self.sure += 1
        elif has_dots:
            self.day_dots += numbers.first > numbers.second
            self.month_dots += numbers.first < numbers.second
        else:
            self.day_month += numbers.first > numbers.second
            self.month_day += numbers.first < numbers.second

    def reason(self, typed: Order | None = None) -> str:
        """Why the order is what it is, as far as the cells and a person tell."""
        if self.cells and self.numbers == self.cells:
            return "day_numbers"
        is_clear = bool(self.month_day) != bool(self.day_month)
        if typed and not (is_clear and self._own() != typed):
            return "person"
        if self.month_day and self.day_month:
            return "mixed"
        if is_clear:
            return "cells"
        return "assumed" if self.either else "one_way"

    def readable(self, typed: Order | None = None) -> int:
        """How many cells give a day."""
        reason = self.reason(typed)
        if reason == "day_numbers":
            return self.numbers
        is_ordered = reason != "mixed"
        has_dot_order = reason == "person" or not (self.month_dots and self.day_dots)
        alone = self.month_day + self.day_month + self.month_dots + self.day_dots + self.sure
        return alone + self.either * is_ordered + self.dots_either * has_dot_order

    def order(self, typed: Order | None = None) -> str:
        """How cells that fit both are read; empty where they are not."""
        return {
            "day_numbers": "day_numbers",
            "person": typed or "",
            "mixed": "",
        }.get(self.reason(typed), self._own())

    def _own(self) -> Order:
        return "day_month" if self.day_month > self.month_day else "month_day"

    def as_json(self) -> dict[str, int]:
        """The counts by name."""
        return asdict(self)


def describe(order: str | None, reason: str) -> str:
    """How a column is read, and why, in words."""
    return f"{NAMES.get(order or '', 'day or month first')}, {WHY[reason]}"


def count_text(month_day: int, day_month: int, either: int) -> str:
    """The counts in words."""
    return f"{month_day:,} month/day alone, {day_month:,} day/month alone, {either:,} both"
