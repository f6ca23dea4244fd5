"""What a list is: columns, filters, an order, and what a search looks at.

lists/ ──► Listing ──► list_query.py ──► Page
"""

from dataclasses import dataclass, field
from typing import Literal

from playledger.web.search import Search

Kind = Literal[
    "text", "number", "money", "date", "time", "status", "yes_no", "severity", "playlist", "outside"
]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in addresses and files, its header, where its value comes from.

    `link` is an address with names of the row's columns in braces; `is_hidden` says that only links
    use it.
    """

    name: str
    label: str
    sql: str
    kind: Kind = "text"
    link: str = ""
    is_hidden: bool = False
    is_sorted: bool = True
    hint: str = ""

    @property
    def is_number(self) -> bool:
        """Whether it is aligned to the right."""
        return self.kind in ("number", "money")


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: a `condition` with `{value}` for what was chosen, or one for each of `choices`;
    `default` is one for when nothing was, in words `nothing`.

    `options` is a query for (value, label) of all choices; `label_query` one for the label of a
    single {value}, where there are too many to list.
    """

    name: str
    label: str
    condition: str = ""
    kind: Literal["choice", "date", "id", "number"] = "choice"
    choices: dict[str, str] = field(default_factory=dict)
    options: str = ""
    label_query: str = ""
    default: str = ""
    nothing: str = "any"

    def condition_of(self, value: str) -> str:
        """The condition on a value that `read_params` accepted; its placeholder is the name."""
        return self.choices.get(value, self.condition).replace("{value}", f"%({self.name})s")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: `table` has one row for each entry, known by `key` (SQL expressions).

    `joins` are made for all rows; `aggregates`, lateral queries by alias that sum up other tables,
    for those of a page only. The answer of the query `cached` is kept until the ledger changes, and
    is JSON in the placeholder {cached} of `table` or `joins`.
    """

    path: str
    title: str
    singular: str
    plural: str
    table: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    order: str  # a column's name, with a minus in front for descending
    large_order: str = ""  # the order of more rows than are counted: one that an index has
    joins: str = ""
    aggregates: dict[str, str] = field(default_factory=dict)
    cached: str = ""
    search: Search | None = None
    search_hint: str = ""
    track_condition: str = ""  # for {tracks}, Spotify track ids found in what was typed
    filters: tuple[Filter, ...] = ()
    description: str = ""
    empty_hint: str = ""  # what to do when there are no rows at all
    required_table: str = ""  # a table that may not be there yet

    def column(self, name: str) -> Column | None:
        """The column of that name that can be sorted by."""
        return next((each for each in self.columns if each.name == name and each.is_sorted), None)

    def is_aggregate(self, column: Column) -> bool:
        """Whether the value of a column needs the aggregates."""
        return column.sql.partition(".")[0] in self.aggregates

    @property
    def aggregate_joins(self) -> str:
        """The aggregates as joins."""
        found = self.aggregates.items()
        return " ".join(f"left join lateral ({query}) as {name} on true" for name, query in found)

    @property
    def shown(self) -> tuple[Column, ...]:
        """The columns that people see."""
        return tuple(each for each in self.columns if not each.is_hidden)
