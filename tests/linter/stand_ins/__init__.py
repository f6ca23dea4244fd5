"""What the SQL linter takes for the project's macros: `name(arguments)`, a call on one line.

    macros/**/*.sql ──► the names of their macros ──► a function of each name

sqlfluff reports nothing that a macro writes, yet it parses all of it, and compiles every macro anew
for each file: both took four fifths of its time. Arguments stay, so that what they refer to counts
as used. What is no expression is in GIVEN: what a model loops over has a few entries of the
real one.
"""

import re
from pathlib import Path

MACROS = Path(__file__).resolve().parents[3] / "macros"
NAME = re.compile(r"{%-? *macro (\w+)\(")
GIVEN = {
    "campaign_cells": {
        "url": {"cell": "url", "raw": "url", "header": "url"},
        "goal": {"cell": "goal", "raw": "goal_cell", "header": "goal"},
    },
    "campaign_columns": [
        ("name", "name", "text"),
        ("start_date", "start_date", "date"),
        ("extra", "extra", "jsonb"),
    ],
    "cell_limits": {"client": 2000, "url": 5000},
    "export_columns": ["campaign", "client"],
    # A condition that begins with `and`: {1} and {0} are its arguments, rows and column.
    "unless_known": "and not exists (select 1 from known where known.{0} = {1}.{0})",
    # They ask dbt's graph of models, which a linter does not have.
    "cleared_cells": {},
    "foreign_keys": [],
    "keyed_tables": [],
    "live_tables": [],
}


class StandIn:
    """A macro that gives its own call as text, or its entry in GIVEN; as an argument, its name."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __str__(self) -> str:
        return self.name

    def __call__(self, *values: object, **named: object) -> object:
        if self.name in GIVEN:
            given = GIVEN[self.name]
            return given.format(*values) if isinstance(given, str) else given
        return f"{self.name}({', '.join(map(str, (*values, *named.values())))})"


for _file in MACROS.rglob("*.sql"):
    for _name in NAME.findall(_file.read_text()):
        globals()[_name] = StandIn(_name)
