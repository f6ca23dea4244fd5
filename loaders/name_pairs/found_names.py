"""The names that a load finds in its files, by their keys: what `refresh_pairs` compares.

    cells of exports, playlists that pages showed ──► FoundNames.add_...() ──► FoundNames.keys

Cells are looked at as they are read: to ask staging for them afterwards took five times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from loaders.cell_rules import MANY, client_labels, short_name, text_key, without_badge
from loaders.claim_rules import newly_claimed

if TYPE_CHECKING:  # slow to import
    import pyarrow as pa

KINDS = ("client", "vendor", "playlist")
LONGEST_KEY = 1_200  # bytes; two of them must fit into one row of an index, which holds 2,700
MOST = 50_000  # names of one kind; the real lists have hundreds of clients, thousands of playlists

Shown = tuple[str, str | None, str | None]  # name, curator, schema version


class FoundNames:
    """Keys of names by kind, and the SHA-256 of the `files` that they were found in.

    Of a kind with more than `MOST` names only some are here: it is not compared.
    """

    def __init__(self) -> None:
        self.files: set[str] = set()
        self.keys: dict[str, set[str]] = {kind: set() for kind in KINDS}
        self._lines: set[str] = set()
        self._shown: set[Shown] = set()

    def add_clients(self, cells: Iterable[str | None]) -> None:
        """Count the labels of Client cells."""
        self._add("client", cells, _client_keys)

    def add_vendors(self, cells: Iterable[str | None]) -> None:
        """Count Vendor cells."""
        self._add("vendor", cells, _name_key)

    def add_playlists(self, cells: Iterable[str | None]) -> None:
        """Count what Playlists cells claim: the lines of a million lists are some thousand."""
        self._add("playlist", cells, lambda cell: _keys(newly_claimed(cell, self._lines)))

    def add_lists(self, cells: pa.ChunkedArray | None) -> None:
        """Count what Playlists cells claim, in a fourth of the time."""
        for chunk in cells.chunks if cells else ():
            self.add_playlists(chunk.take(_with_new_lines(chunk, self._lines)).to_pylist())

    def add_shown(self, playlists: set[Shown]) -> None:
        """Count playlists that pages showed; those of the first scraper have no schema version."""
        for name, curator, version in playlists - self._shown:
            shown = name if version else without_badge(name, curator)
            self._add("playlist", [shown], _name_key)
        if len(self._shown) < MANY:
            self._shown |= playlists

    def merge(self, other: FoundNames) -> None:
        """Count what was found elsewhere."""
        self.files |= other.files
        for kind, keys in other.keys.items():
            self.keys[kind] |= keys

    def _add(
        self, kind: str, cells: Iterable[str | None], keys_of: Callable[[str], Iterable[str]]
    ) -> None:
        keys = self.keys[kind]
        for cell in filter(None, cells):
            if len(keys) > MOST:
                return
            keys.update(keys_of(cell))


@lru_cache(MANY)
def _client_keys(cell: str) -> tuple[str, ...]:
    return _keys(client_labels(cell))


@lru_cache(MANY)
def _name_key(cell: str) -> tuple[str, ...]:
    return _keys([short_name(cell)])


def _keys(names: Iterable[str]) -> tuple[str, ...]:
    keys = map(text_key, names)
    return tuple(key for key in keys if key and len(key.encode()) <= LONGEST_KEY)


def _with_new_lines(cells: pa.StringArray, seen: set[str]) -> pa.Int64Array:
    """The places of cells with a line that was not seen."""
    import numpy as np
    import pyarrow.compute as pc

    from loaders.arrow_arrays import number_array, numbers_of

    lists = pc.split_pattern(cells, "\n")
    lines = lists.flatten().dictionary_encode()
    is_seen = np.fromiter(map(seen.__contains__, lines.dictionary.to_pylist()), bool)
    new = np.flatnonzero(~is_seen[numbers_of(lines.indices)])
    return number_array(np.unique(numbers_of(pc.list_parent_indices(lists))[new]))
