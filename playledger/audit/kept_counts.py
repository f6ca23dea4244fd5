"""What the account counted before, so that each file is read once.

    file ──► KeptCounts.facts() ──► read, or recalled from the store ──► sums

What a file of one SHA-256 says never changes, unless other code reads it. Kept are facts that can
be added up, small and by file, as JSON; sums are made anew each time.
"""

import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Self, TypeVar

import loaders
from loaders.file_index import hash_file
from playledger.audit.counts_store import CountsStore

Facts = TypeVar("Facts")  # plain values, as JSON has them

LOADERS = Path(loaders.__file__).parent
COUNTING = (Path(__file__).parent, LOADERS, LOADERS / "files")
LIBRARIES = ("playledger", "pandas", "orjson")
SETTLED = 2_000_000_000  # ns; a file may change twice within one tick of a file system's clock


class KeptCounts:
    """What is kept in a home, in `with`; nothing without one. `is_anew` forgets all that was."""

    def __init__(self, home: Path | None = None, *, is_anew: bool = False) -> None:
        self._store = CountsStore(home, code_digest() if home else "")
        self._store.forget(everything=is_anew)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._store.close()

    def facts(
        self, kind: str, readers: Mapping[str, Callable[[], Facts]]
    ) -> Iterator[tuple[str, Facts]]:
        """(key, facts) of each file, in no order: what is kept, else what its reader finds."""
        left = dict(readers)
        for key, facts in self._store.rows(kind):
            if left.pop(key, None):
                yield key, json.loads(facts)
        for key, read in left.items():
            facts = read()
            self.keep(kind, key, facts)
            yield key, facts

    def recall(self, kind: str, key: str) -> Facts | None:
        """What is kept; None when nothing is."""
        facts = self._store.find(kind, key)
        return None if facts is None else json.loads(facts)

    def keep(self, kind: str, key: str, facts: Facts) -> None:
        """Keep facts in place of earlier ones."""
        self._store.keep(kind, key, json.dumps(facts).encode())

    def sha256_of(self, path: Path) -> str:
        """The SHA-256 of a file; it is read unless its size, times and place on the disk are those
        of the last reading. OSError when it cannot be found or read.
        """
        seen = path.stat()
        changed = max(seen.st_mtime_ns, seen.st_ctime_ns)
        stamp = f"{seen.st_size} {seen.st_mtime_ns} {seen.st_ctime_ns} {seen.st_ino} {seen.st_dev}"
        known, _, sha256 = self._hashed.get(str(path), "").rpartition(" ")
        if known == stamp:
            return sha256
        is_settled = time.time_ns() - changed > SETTLED
        sha256 = hash_file(path)
        if is_settled:
            self._store.keep("file", str(path), f"{stamp} {sha256}".encode())
        return sha256

    @cached_property
    def _hashed(self) -> dict[str, str]:
        return {path: seen.decode() for path, seen in self._store.rows("file")}


@cache
def code_digest() -> str:
    """A hash of the code that counts: this room's, the readers' that it uses, and libraries'."""
    digest = hashlib.sha256(sys.version.encode())
    for library in LIBRARIES:
        digest.update(version(library).encode())
    for folder in COUNTING:
        for path in sorted(folder.glob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()
