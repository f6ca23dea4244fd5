"""The work list of one run, on disk: what is to be collected, what is done, what failed.

    items ──► WorkList.create() ──► worklist.json, results/<key>.json, failures.jsonl

The result files are the proof of what is done; they are written whole or not at all. A process that
is killed leaves them as they are, and the next one goes on with the rest.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson

from loaders import atomic_files
from loaders.errors import UserError

KEY_LETTERS = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-")
STAMP = "%Y%m%dT%H%M%SZ"
TAKEN_UP_WITHIN = timedelta(days=2)  # an older list no longer says what is needed


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to collect: `key` names its file, `label` is for people, `content` is what the
    collection needs (JSON).
    """

    key: str
    label: str
    content: dict[str, object]

    def __post_init__(self) -> None:
        if not self.key or not KEY_LETTERS.issuperset(self.key):
            raise ValueError(f"a key must be fit for a file's name: {self.key!r}")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an item could not be collected; `cause` is one of trouble.CAUSES."""

    key: str
    cause: str
    detail: str
    attempts: int
    at: str


class WorkList:
    """One run's list; made by `create()` or `take_up()`."""

    def __init__(self, folder: Path, items: list[Item]) -> None:
        self.folder, self.items = folder, items
        self.results = folder / "results"
        self.done = {path.stem for path in self.results.glob("*.json")}
        self.failures = {failure.key: failure for failure in _read_failures(folder)}

    @classmethod
    def create(cls, parent: Path, items: list[Item], options: dict[str, object]) -> WorkList:
        """A new run in a folder of its own under `parent`, named by its start (UTC)."""
        now = datetime.now(UTC)
        while (folder := parent / now.strftime(STAMP)).exists():
            now += timedelta(seconds=1)
        (folder / "results").mkdir(parents=True)
        content = {"options": options, "items": [asdict(item) for item in items]}
        write_whole(folder / "worklist.json", orjson.dumps(content, option=orjson.OPT_INDENT_2))
        return cls(folder, items)

    @property
    def left(self) -> list[Item]:
        """What is neither done nor failed, in the order of need."""
        settled = self.done | self.failures.keys()
        return [item for item in self.items if item.key not in settled]

    @property
    def failed(self) -> list[tuple[Item, Failure]]:
        """What failed and was not done since."""
        return [
            (item, self.failures[item.key])
            for item in self.items
            if item.key in self.failures and item.key not in self.done
        ]

    def finish(self, item: Item, content: dict[str, object]) -> Path:
        """Write an item's result; from then on it is done."""
        path = self.results / f"{item.key}.json"
        write_whole(path, orjson.dumps(content, option=orjson.OPT_INDENT_2))
        self.done.add(item.key)
        self.failures.pop(item.key, None)
        return path

    def fail(self, item: Item, cause: str, detail: str, attempts: int) -> None:
        """Note why an item could not be collected."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        failure = Failure(item.key, cause, detail, attempts, at)
        self.failures[item.key] = failure
        with (self.folder / "failures.jsonl").open("ab") as file:
            file.write(orjson.dumps(asdict(failure)) + b"\n")

    def retry_failed(self) -> int:
        """Put what failed back on the list; how many that is."""
        count = len(self.failed)
        self.failures.clear()
        (self.folder / "failures.jsonl").unlink(missing_ok=True)
        return count

    def close(self) -> None:
        """Say that nobody goes on with what is left."""
        (self.folder / "closed").touch()


def runs(parent: Path) -> Iterator[Path]:
    """The folders of the runs, newest first."""
    folders = (path for path in parent.glob("*Z") if _started(path))
    return iter(sorted(folders, key=lambda path: path.name, reverse=True))


def take_up(parent: Path, options: dict[str, object]) -> WorkList | None:
    """The newest run with these options, to go on with; None when there is none, it is closed, or
    it is too old.
    """
    for folder in runs(parent):
        if datetime.now(UTC) - _started(folder) > TAKEN_UP_WITHIN:
            return None
        try:
            content = orjson.loads((folder / "worklist.json").read_bytes())
            items = [Item(**item) for item in content["items"]]
        except (OSError, ValueError, KeyError, TypeError):
            continue  # killed while it was made; its results still count as files
        if content.get("options") == options:
            return None if (folder / "closed").exists() else WorkList(folder, items)
    return None


def fresh_results(parent: Path, max_age: timedelta, of: str = "") -> set[str]:
    """The keys with a result younger than `max_age`, of whatever run of the whole ledger or `of`.

    A trial asks for some campaigns of an artist: that leaves the others to be asked for.
    """
    now = datetime.now(UTC)
    fresh: set[str] = set()
    for folder in runs(parent):
        if now - _started(folder) > max_age + TAKEN_UP_WITHIN:
            break
        if _options(folder).get("of", of) != of:
            continue
        for path in folder.glob("results/*.json"):
            if now.timestamp() - path.stat().st_mtime < max_age.total_seconds():
                fresh.add(path.stem)
    return fresh


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; UserError when it cannot be written."""
    try:
        atomic_files.write_whole(path, content)
    except OSError as error:
        raise UserError(
            f"{path} cannot be written: {error.strerror}. Make room, then run the same command "
            "again: it goes on where it stood."
        ) from None


def _read_failures(folder: Path) -> Iterator[Failure]:
    try:
        lines = (folder / "failures.jsonl").read_bytes().splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        try:
            yield Failure(**json.loads(line))
        except (ValueError, TypeError):
            continue  # the last line of a process that was killed


def _options(folder: Path) -> dict[str, object]:
    try:
        return dict(orjson.loads((folder / "worklist.json").read_bytes())["options"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _started(folder: Path) -> datetime | None:
    try:
        return datetime.strptime(folder.name, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
