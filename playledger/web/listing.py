"""What a list is: columns, filters, an order, and what a search looks at.

lists/ ──► Listing ──► asking.py ──► Page
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from playledger.web.search import Search

Kind = Literal[
    "text", "number", "money", "date", "time", "status", "yes_no", "severity", "playlist", "outside"
]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in addresses and files, its header, where its value comes from.

    `link` is the address of what the value stands for, from the row's columns in braces; `is_late`
    says that it needs the listing's `late` joins; `is_hidden` that only links need it.
    """

    name: str
    label: str
    sql: str
    kind: Kind = "text"
    link: str = ""
    is_late: bool = False
    is_hidden: bool = False
    is_sorted: bool = True
    hint: str = ""

    @property
    def is_number(self) -> bool:
        """Whether it stands at the right."""
        return self.kind in ("number", "money")


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: `condition` with `{value}` for what was chosen.

    `walked` says the same for one row by itself, where the rows are met one by one.
    `conditions`, one for each words of a choice, take the place of `condition`; `options` is a
    question for (value, words) of all choices, `named` one for the words of a single {value}, where
    there may be too many to list.
    """

    name: str
    label: str
    condition: str = ""
    kind: Literal["choice", "date", "id", "number"] = "choice"
    conditions: dict[str, str] = field(default_factory=dict)
    options: str = ""
    named: str = ""
    walked: str = ""

    def condition_of(self, value: str, *, is_walked: bool) -> str:
        """The condition for a value that `playledger.web.list_params` let pass, under the filter's name."""
        condition = self.conditions.get(value, self.condition)
        chosen = (is_walked and self.walked) or condition
        return chosen.replace("{value}", f"%({self.name})s")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of one kind of thing. `table` has one row for each, known by `key`."""

    path: str
    title: str
    one: str
    many: str
    table: str
    key: str
    columns: tuple[Column, ...]
    order: str  # a column's name, with a minus sign in front for the largest first
    long_order: str = ""  # the order of more rows than `COUNTED`: one that an index has
    joins: str = ""
    late: str = ""
    kept: str = ""  # a question whose answer is kept while nothing is written: JSON, {kept} above
    search: Search | None = None
    search_hint: str = ""
    tracks: str = ""  # a condition for {tracks}, Spotify ids found in what was typed
    filters: tuple[Filter, ...] = ()
    lead: str = ""
    empty: str = ""  # what to do when there is none at all
    needs: str = ""  # a table that is made by its first row

    def column(self, name: str) -> Column | None:
        """The column of that name that can be sorted by."""
        return next((each for each in self.columns if each.name == name and each.is_sorted), None)

    @property
    def shown(self) -> tuple[Column, ...]:
        """The columns that people see."""
        return tuple(each for each in self.columns if not each.is_hidden)
