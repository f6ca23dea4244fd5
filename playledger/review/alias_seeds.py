"""A person's decisions about names, as rows of the seeds that dbt reads.

    accepted pair ──► <kind>_aliases.csv      rejected pair ──► rejected_matches.csv

A seed is read again before each decision, and rows of other hands stay. No alias points to another
alias, and no row is there twice.
"""

import logging
from dataclasses import dataclass
from pathlib import Path

from loaders.cell_rules import single_line, text_key
from playledger.review.seed_file import SeedTable, read_seed, require_storable, write_seed

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class EntityName:
    """The name of a client, vendor or playlist; only a playlist may have a curator."""

    name: str
    curator: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What two spellings of it have in common."""
        return text_key(self.name), text_key(self.curator)


@dataclass(frozen=True, slots=True)
class NameDecisions:
    """The decisions on one kind: keys of rejected pairs, and of aliases with their curators."""

    rejected: set[frozenset[str]]
    aliases: frozenset[tuple[str, str]]

    def cover(self, one: EntityName, two: EntityName) -> bool:
        """Whether nothing is left to ask: the pair is rejected, or one of the two is an alias."""
        is_rejected = frozenset((one.key[0], two.key[0])) in self.rejected
        return is_rejected or not self.aliases.isdisjoint((one.key, two.key))


class AliasSeeds:
    """The seeds of names in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def accept(self, kind: str, alias: EntityName, kept: EntityName) -> list[str]:
        """Merge `alias` into `kept`; what was done, a sentence each.

        Raises UserError when a seed cannot be read or written, or cannot hold a name.
        """
        require_storable(alias.name, kept.name)
        table = self._aliases(kind)
        rows = {_alias(row).key: row for row in table.rows}
        notes = []
        target, passed = kept, set()
        while target.key in rows and target.key not in passed:
            passed.add(target.key)
            target = _target(rows[target.key])
        if target.key == alias.key or alias.key in passed:
            return [f"“{alias.name}” and “{kept.name}” are merged already: nothing to write."]
        if passed:
            notes.append(f"“{kept.name}” is itself merged into “{target.name}”.")
        own = rows.get(alias.key)
        if own is None:
            own = {"alias": single_line(alias.name), "curator": single_line(alias.curator)}
            table.rows.append(own)
        elif text_key(own["name"]) != target.key[0]:
            notes.append(f"“{alias.name}” was merged into “{own['name']}” until now.")
        own["name"] = single_line(target.name)
        notes.append(
            f"Merged: “{alias.name}” → “{target.name}” (this name stays), in {table.path.name}."
        )
        for row in table.rows:
            if row is not own and _matches(_target(row), alias):
                row["name"] = own["name"]
                notes.append(f"Merged with it: “{row['alias']}” → “{target.name}”.")
        write_seed(table)
        logger.info("%s alias %r → %r", kind, alias, target)
        return notes

    def reject(self, kind: str, one: EntityName, two: EntityName) -> list[str]:
        """Store that two names are not the same; what was done, a sentence each.

        Raises UserError as `accept` does.
        """
        require_storable(one.name, two.name)
        table = self._rejected()
        if frozenset((one.key[0], two.key[0])) not in _rejected_keys(table, kind):
            names = {"name_a": single_line(one.name), "name_b": single_line(two.name)}
            table.rows.append({"kind": kind, **names})
            write_seed(table)
            logger.info("%s pair rejected: %r, %r", kind, one, two)
        return [f"Not the same: “{one.name}” and “{two.name}”, in {table.path.name}."]

    def decisions(self, kind: str) -> NameDecisions:
        """What the seeds say now, whether a build has read them or not."""
        aliases = frozenset(_alias(row).key for row in self._aliases(kind).rows)
        return NameDecisions(_rejected_keys(self._rejected(), kind), aliases)

    def _aliases(self, kind: str) -> SeedTable:
        return read_seed(self._folder / f"{kind}_aliases.csv", ("alias", "name"))

    def _rejected(self) -> SeedTable:
        return read_seed(self._folder / "rejected_matches.csv", ("kind", "name_a", "name_b"))


def _alias(row: dict[str, str]) -> EntityName:
    return EntityName(row["alias"], row.get("curator", ""))


def _target(row: dict[str, str]) -> EntityName:
    return EntityName(row["name"], row.get("curator", ""))


def _matches(target: EntityName, alias: EntityName) -> bool:
    """Whether a row's target, of its alias's curator or of no curator, is this name."""
    return target.key in (alias.key, (alias.key[0], ""))


def _rejected_keys(table: SeedTable, kind: str) -> set[frozenset[str]]:
    return {
        frozenset((text_key(row["name_a"]), text_key(row["name_b"])))
        for row in table.rows
        if text_key(row["kind"]) == kind
    }
