"""What checks the project, in one go, with one summary: `make test`, and `make check` for less.

    CHECKS or QUICK ──► start() ──► processes side by side ──► one summary, an exit code

Each check is a command that can also be run alone; what it printed is shown when it fails. The
quick ones (`--quick`) need no database and no browser, and look at the SQL that changed only.
THOROUGH=1 takes what repeats at length, too, and the form of the tests' SQL.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import yaml

PROJECT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
FOLDERS_OF_SQL = ("macros", "models", "tests")
FORM = {
    "form of Python (ruff check)": ["ruff", "check", "."],
    "layout of Python (ruff format)": ["ruff", "format", "--check", "."],
    "imports between rooms (import-linter)": ["lint-imports", "--no-cache"],
}
SQL = FOLDERS_OF_SQL if os.environ.get("THOROUGH") else ("macros", "models")
CHECKS = {
    "form of SQL (sqlfluff)": ["sqlfluff", "lint", "--disable-progress-bar", *SQL],
    **FORM,
    "Python tests, dbt models and dbt tests (pytest)": ["pytest", "-m", "not second"],
    "tests in a browser, and of publishing (pytest)": ["pytest", "-m", "second"],
}
# dbt reads the whole project with it, and connects to nothing.
PROFILE = {
    "type": "postgres",
    "host": "localhost",
    "port": 5432,
    "user": "nobody",
    "password": "none",
    "dbname": "none",
    "schema": "ledger",
}


@dataclass
class Running:
    """A check that was started, with what it prints."""

    process: subprocess.Popen
    output: IO[str]
    started: float
    seconds: float = 0.0


def quick_checks(place: Path) -> dict[str, list[str]]:
    """Form, imports, the tests that need no server, and whether dbt can read the project."""
    profile = {"playlist_ledger": {"target": "parse", "outputs": {"parse": PROFILE}}}
    (place / "profiles.yml").write_text(yaml.safe_dump(profile))
    folders = [f"--{name}={place}" for name in ("profiles-dir", "target-path", "log-path")]
    checks = {
        **FORM,
        "the dbt project can be read (dbt parse)": ["dbt", "--quiet", "parse", *folders],
        "tests without database or browser (pytest)": [
            "pytest", "-m", "not database and not browser",
        ],
    }  # fmt: skip
    if changed := _changed_sql():
        checks["form of the SQL that changed (sqlfluff)"] = [
            "sqlfluff", "lint", "--disable-progress-bar", *changed,
        ]  # fmt: skip
    return checks


def _changed_sql() -> list[str]:
    """The SQL files that differ from the last commit, and those that git does not know yet."""
    found: set[str] = set()
    for question in (
        ["diff", "--name-only", "--diff-filter=d", "HEAD"],
        ["ls-files", "--others", "--exclude-standard"],
    ):
        command = ["git", *question, "--", *(f"{folder}/*.sql" for folder in FOLDERS_OF_SQL)]
        answer = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)  # noqa: S603
        found.update(answer.stdout.split("\n"))
    return sorted(found - {""})


def start(command: list[str], place: Path) -> Running:
    """Start a command of the virtual environment in the project folder."""
    if command[0] == "pytest":  # two at once clear each other's folders away
        command = [*command, f"--basetemp={place / command[-1].replace(' ', '_')}"]
    # The linter takes what the tests leave of the processor: they take longest.
    politely = ["nice", "-n", "15"] if command[0] == "sqlfluff" else []
    output = tempfile.TemporaryFile("w+")  # noqa: SIM115 (read when the check has ended)
    process = subprocess.Popen(  # noqa: S603
        [*politely, BIN / command[0], *command[1:]],
        cwd=PROJECT,
        stdout=output,
        stderr=subprocess.STDOUT,
    )
    return Running(process, output, time.monotonic())


def main(arguments: list[str]) -> int:
    """Run the checks; 0 when each of them passes."""
    is_quick = "--quick" in arguments
    if not is_quick:
        browser = subprocess.run([sys.executable, "-m", "tests.browser"], cwd=PROJECT, check=False)
        if browser.returncode:
            return 1
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        checks = quick_checks(place) if is_quick else CHECKS
        running = {name: start(command, place) for name, command in checks.items()}
        _wait(running)
    return _report(running)


def _wait(running: dict[str, Running]) -> None:
    waiting = set(running)
    while waiting:
        for name in sorted(waiting):
            check = running[name]
            if check.process.poll() is not None:
                check.seconds = time.monotonic() - check.started
                waiting.discard(name)
        time.sleep(0.2)


def _report(running: dict[str, Running]) -> int:
    """Print what the checks said; 0 when each of them passed."""
    failed = [name for name, check in running.items() if check.process.returncode]
    write = sys.stdout.write
    for name, check in running.items():
        check.output.seek(0)
        text = check.output.read()
        if name in failed:
            write(f"\n=== {name} ===\n{text}\n")
        elif "pytest" in name:
            write(text)
    write("\n")
    for name, check in running.items():
        write(f"  {'FAILED' if name in failed else 'ok':<7} {check.seconds:5.0f} s  {name}\n")
    write(f"\n{len(running) - len(failed)} passed, {len(failed)} failed\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
