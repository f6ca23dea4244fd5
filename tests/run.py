"""Everything that checks the project, in one go, with one summary: `make test`.

The form of SQL and Python is looked at while the tests run. Each check is a command that can also
be run alone; what it printed is shown when it fails. THOROUGH=1 takes what repeats at length, too,
and the form of the tests' SQL, which `make lint` looks at as well.
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

PROJECT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

SQL = ("models", "tests") if os.environ.get("THOROUGH") else ("models",)
CHECKS = {
    "form of SQL (sqlfluff)": ["sqlfluff", "lint", "--disable-progress-bar", *SQL],
    "form of Python (ruff check)": ["ruff", "check", "."],
    "layout of Python (ruff format)": ["ruff", "format", "--check", "."],
    "Python tests, dbt models and dbt tests (pytest)": ["pytest", "-m", "not second"],
    "tests in a browser, and of publishing (pytest)": ["pytest", "-m", "second"],
}


@dataclass
class Running:
    """A check that was started, with what it prints."""

    process: subprocess.Popen
    output: IO[str]
    started: float
    seconds: float = 0.0


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


def main() -> int:
    """Run all checks; 0 when each of them holds."""
    browser = subprocess.run([sys.executable, "-m", "tests.browser"], cwd=PROJECT, check=False)
    if browser.returncode:
        return 1
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        running = {name: start(command, Path(place)) for name, command in CHECKS.items()}
        _wait(running)
    return _tell(running)


def _wait(running: dict[str, Running]) -> None:
    waiting = set(running)
    while waiting:
        for name in sorted(waiting):
            check = running[name]
            if check.process.poll() is not None:
                check.seconds = time.monotonic() - check.started
                waiting.discard(name)
        time.sleep(0.2)


def _tell(running: dict[str, Running]) -> int:
    """Print what the checks said; 0 when each of them holds."""
    failed = [name for name, check in running.items() if check.process.returncode]
    say = sys.stdout.write
    for name, check in running.items():
        check.output.seek(0)
        text = check.output.read()
        if name in failed:
            say(f"\n=== {name} ===\n{text}\n")
        elif "pytest" in name:
            say(text)
    say("\n")
    for name, check in running.items():
        say(f"  {'FAILED' if name in failed else 'ok':<7} {check.seconds:5.0f} s  {name}\n")
    say(f"\n{len(running) - len(failed)} passed, {len(failed)} failed\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
