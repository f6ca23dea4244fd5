"""What a person decided about SFA URLs, as lines of a seed that dbt reads.

    accepted page, rejected page ──► sfa_decisions.csv

The seed is read anew before each decision and written whole or not at all. A page stands there once
for the campaigns of one name and client, and of their pages one at most is accepted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from loaders.cell_rules import sfa_ids, single_line, text_key
from playledger.review.alias_seeds import refuse_nothing
from playledger.review.seed_file import read_table, write_table

COLUMNS = ("campaign", "client", "sfa_url", "decision", "decided_on")
FORMULA = re.compile("'*[=+@-]")  # begins one in a spreadsheet; with a quote before it, it does not


@dataclass(frozen=True, slots=True)
class Called:
    """The campaigns of one name and Client cell; searches know them by no more."""

    campaign: str
    client: str

    @property
    def key(self) -> tuple[str, str]:
        """What two spellings of it have in common."""
        return text_key(self.campaign), text_key(self.client)


class Decisions:
    """The seed of one project folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "sfa_decisions.csv"

    def write(self, called: Called, sfa_url: str, decision: str, day: date) -> list[str]:
        """Write that a page is `accepted` or `rejected` for campaigns; what was done, in sentences.

        Raises UserError when the seed cannot be read or written, or cannot hold a name.
        """
        refuse_nothing(called.campaign, called.client)
        table = read_table(self._path, COLUMNS)
        said = []
        line = None
        for row in [row for row in table.rows if _called(row).key == called.key]:
            if _track(row["sfa_url"]) == _track(sfa_url):
                line = row
            elif decision == row["decision"] == "accepted":
                table.rows.remove(row)
                said.append(f"{row['sfa_url']} was theirs until now.")
        if line is None:
            line = table.add({"campaign": _guarded(called.campaign)})
            line["client"] = _guarded(called.client)
        line.update(sfa_url=sfa_url, decision=decision, decided_on=day.isoformat())
        write_table(table)
        return [*said, f"{sfa_url} is {decision} ({self._path.name})."]

    def by_campaign(self) -> dict[tuple[str, str], dict[str, str]]:
        """The decisions by `Called.key` and track, whether a build has read them or not."""
        found: dict[tuple[str, str], dict[str, str]] = {}
        for row in read_table(self._path, COLUMNS).rows:
            found.setdefault(_called(row).key, {})[_track(row["sfa_url"])] = row["decision"]
        return found


def _called(row: dict[str, str]) -> Called:
    return Called(*(re.sub("^'(?='*[=+@-])", "", row[name]) for name in ("campaign", "client")))


def _guarded(name: str) -> str:
    text = single_line(name)
    return f"'{text}" if FORMULA.match(text) else text


def _track(sfa_url: str) -> str:
    ids = sfa_ids(sfa_url)
    return ids[1] if ids else sfa_url
