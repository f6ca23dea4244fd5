"""What a person decided about names, as lines of the seeds that dbt reads.

    accepted pair ──► <kind>_aliases.csv      rejected pair ──► rejected_matches.csv

A seed is read anew before each decision and written whole or not at all; what else stands in it
stays. No alias stands for an alias, and no line is there twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from loaders.cell_rules import single_line, text_key
from loaders.errors import UserError
from playledger.review.seed_file import Table, read_table, write_table

NOTHING = "null"  # dbt reads this word in a seed as an empty cell


@dataclass(frozen=True, slots=True)
class Known:
    """A client, vendor or playlist by its name; only a playlist may have a curator."""

    name: str
    curator: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What two spellings of it have in common."""
        return text_key(self.name), text_key(self.curator)


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions on one kind: keys of rejected pairs, and of aliases with their curators."""

    rejected: set[frozenset[str]]
    aliases: frozenset[tuple[str, str]]

    def cover(self, one: Known, two: Known) -> bool:
        """Whether nothing is left to ask: the pair is rejected, or one of the two is an alias."""
        is_rejected = frozenset((one.key[0], two.key[0])) in self.rejected
        return is_rejected or not self.aliases.isdisjoint((one.key, two.key))


class Seeds:
    """The seeds of one project folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def accept(self, kind: str, alias: Known, stands: Known) -> list[str]:
        """Write that one name is another's alias; what was done, a sentence each.

        Raises UserError when a seed cannot be read or written, or cannot hold a name.
        """
        refuse_nothing(alias.name, stands.name)
        table = self._aliases(kind)
        aliases = {_known(row).key: row for row in table.rows}
        said = []
        target, passed = stands, set()
        while (row := aliases.get(target.key)) and target.key not in passed:
            passed.add(target.key)
            target = _known(row, "name")
        if target.key == alias.key or alias.key in passed:
            return [f"“{alias.name}” and “{stands.name}” are one already: nothing to write."]
        if passed:
            said.append(f"“{stands.name}” is itself an alias of “{target.name}”.")
        line = aliases.get(alias.key)
        if line is None:
            cells = {"alias": single_line(alias.name), "curator": single_line(alias.curator)}
            line = table.add(cells)
        elif text_key(line["name"]) != target.key[0]:
            said.append(f"“{alias.name}” stood for “{line['name']}” until now.")
        line["name"] = single_line(target.name)
        said.append(f"“{alias.name}” stands for “{target.name}” ({table.path.name}).")
        for row in table.rows:
            if row is not line and _is_of(_known(row, "name"), alias):
                row["name"] = line["name"]
                said.append(f"“{row['alias']}” stood for it and stands for “{target.name}” now.")
        write_table(table)
        return said

    def reject(self, kind: str, one: Known, two: Known) -> list[str]:
        """Write that two names are two; what was done, a sentence each. Raises as `accept`."""
        refuse_nothing(one.name, two.name)
        table = self._rejected()
        if frozenset((one.key[0], two.key[0])) not in _rejected(table, kind):
            table.add(
                {"kind": kind, "name_a": single_line(one.name), "name_b": single_line(two.name)}
            )
            write_table(table)
        return [f"“{one.name}” and “{two.name}” are two ({table.path.name})."]

    def decisions(self, kind: str) -> Decisions:
        """What the seeds say now, whether a build has read it or not."""
        table = self._aliases(kind)
        aliases = frozenset(_known(row).key for row in table.rows)
        return Decisions(_rejected(self._rejected(), kind), aliases)

    def _aliases(self, kind: str) -> Table:
        return read_table(self._folder / f"{kind}_aliases.csv", ("alias", "name"))

    def _rejected(self) -> Table:
        return read_table(self._folder / "rejected_matches.csv", ("kind", "name_a", "name_b"))


def _known(row: dict[str, str], column: str = "alias") -> Known:
    """What a line of aliases names."""
    return Known(row[column], row.get("curator", ""))


def _is_of(given: Known, alias: Known) -> bool:
    """Whether a line's name, of its alias's curator or of anybody, means this one."""
    return given.key == alias.key or given.key == (alias.key[0], "")


def _rejected(table: Table, kind: str) -> set[frozenset[str]]:
    return {
        frozenset((text_key(row["name_a"]), text_key(row["name_b"])))
        for row in table.rows
        if text_key(row["kind"]) == kind
    }


def refuse_nothing(*names: str) -> None:
    """UserError when dbt would not read one of the names."""
    if NOTHING in map(text_key, names):
        raise UserError("dbt reads the name “null” in a seed as nothing: correct it in the sheet.")
