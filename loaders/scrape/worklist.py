"""The work list of one run, on disk: what to collect, what is done, what failed.

    items ──► WorkList.create() ──► worklist.json, results/<key>.json, failures.jsonl

The result files prove what is done; each is written whole or not at all. A killed process leaves
them as they are, and the next one continues with the rest.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

import orjson

from loaders.atomic_files import write_whole
from loaders.errors import UserError

KEY = re.compile(r"[0-9A-Za-z_-]+")
FOLDER_NAME = "%Y%m%dT%H%M%SZ"
RESUMABLE_FOR = timedelta(days=2)  # an older list no longer says what is needed
SCOPE = "of"  # the key of ScrapeOptions.scope in worklist.json


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to collect: `key` names its file, `label` is shown, `content` is the collection's
    input (JSON). Raises ValueError when the key does not fit a file name.
    """

    key: str
    label: str
    content: dict[str, object]

    def __post_init__(self) -> None:
        if not KEY.fullmatch(self.key):
            raise ValueError(f"a key must fit a file name: {self.key!r}")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an item could not be collected; `cause` is a key of errors.ERRORS_BY_CAUSE."""

    key: str
    cause: str
    detail: str
    attempts: int
    at: str  # ISO 8601, UTC


class WorkList:
    """One run's list; made by `create()` or `resume()`."""

    def __init__(self, folder: Path, items: list[Item]) -> None:
        self.folder, self.items = folder, items
        self.results = folder / "results"
        self.done = {path.stem for path in self.results.glob("*.json")}
        self.failures = {failure.key: failure for failure in _read_failures(folder)}

    @classmethod
    def create(cls, parent: Path, items: list[Item], options: dict[str, object]) -> Self:
        """A new run in its own folder under `parent`, named by its start (UTC)."""
        now = datetime.now(UTC)
        while (folder := parent / now.strftime(FOLDER_NAME)).exists():
            now += timedelta(seconds=1)
        (folder / "results").mkdir(parents=True)
        write_json(folder / "worklist.json", {"options": options, "items": items})
        return cls(folder, items)

    @property
    def left(self) -> list[Item]:
        """What is neither done nor failed, in the order of the list."""
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
        write_json(path, content)
        self.done.add(item.key)
        self.failures.pop(item.key, None)
        return path

    def fail(self, item: Item, cause: str, detail: str, attempts: int) -> None:
        """Record why an item could not be collected."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        failure = Failure(item.key, cause, detail, attempts, at)
        self.failures[item.key] = failure
        with (self.folder / "failures.jsonl").open("ab") as file:
            file.write(orjson.dumps(failure, option=orjson.OPT_APPEND_NEWLINE))

    def retry_failed(self) -> int:
        """Put failed items back on the list; returns how many."""
        count = len(self.failed)
        self.failures.clear()
        (self.folder / "failures.jsonl").unlink(missing_ok=True)
        return count

    def close(self) -> None:
        """Mark the list so that nobody resumes it."""
        (self.folder / "closed").touch()


def run_folders(parent: Path) -> list[Path]:
    """The folders of the runs, newest first."""
    return sorted((path for path in parent.glob("*Z") if _started_at(path)), reverse=True)


def resume(parent: Path, options: dict[str, object]) -> WorkList | None:
    """The newest run with these options; None when there is none, or it is closed or too old."""
    for folder in run_folders(parent):
        if datetime.now(UTC) - _started_at(folder) > RESUMABLE_FOR:
            return None
        previous_options, items = _read_list(folder)
        if previous_options == options:
            return None if (folder / "closed").exists() else WorkList(folder, items)
    return None


def fresh_results(parent: Path, max_age: timedelta, scope: str = "") -> set[str]:
    """The keys with a result younger than `max_age`, in any run of the whole ledger or of `scope`.

    Another trial's results do not count: a trial searches for some of an artist's campaigns only.
    """
    now = datetime.now(UTC)
    fresh: set[str] = set()
    for folder in run_folders(parent):
        if now - _started_at(folder) > max_age + RESUMABLE_FOR:
            break
        previous_options, _ = _read_list(folder)
        if previous_options.get(SCOPE, scope) != scope:
            continue
        for path in folder.glob("results/*.json"):
            if now.timestamp() - path.stat().st_mtime < max_age.total_seconds():
                fresh.add(path.stem)
    return fresh


def write_json(path: Path, content: object) -> None:
    """Write a file of a run as JSON; raises as write_file."""
    write_file(path, orjson.dumps(content, option=orjson.OPT_INDENT_2))


def write_file(path: Path, content: bytes) -> None:
    """Write a file of a run whole or not at all; UserError when it cannot be written."""
    try:
        write_whole(path, content)
    except OSError as error:
        raise UserError(
            f"{path} cannot be written: {error.strerror}. Free some space, then run the same "
            "command again: it continues where it stopped."
        ) from None


def _read_failures(folder: Path) -> Iterator[Failure]:
    try:
        lines = (folder / "failures.jsonl").read_bytes().splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        try:
            yield Failure(**orjson.loads(line))
        except (ValueError, TypeError):
            continue  # the last line of a killed process


def _read_list(folder: Path) -> tuple[dict[str, object], list[Item]]:
    """A run's options and items; none when it was killed while it was created."""
    try:
        content = orjson.loads((folder / "worklist.json").read_bytes())
        return dict(content["options"]), [Item(**item) for item in content["items"]]
    except (OSError, ValueError, KeyError, TypeError):
        return {}, []


def _started_at(folder: Path) -> datetime | None:
    try:
        return datetime.strptime(folder.name, FOLDER_NAME).replace(tzinfo=UTC)
    except ValueError:
        return None
