"""Measure a command as a whole process, and print a figure beside its limit."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.project import PROJECT

BIN = Path(sys.executable).parent
MEGABYTE = 1024  # kilobytes, the kernel's unit of `ru_maxrss`


@dataclass(frozen=True, slots=True)
class Took:
    """The cost of one command: seconds, the peak memory of its largest process in MB, and the
    seconds of processor time of its processes; a database server's are not among them.
    """

    seconds: float
    megabytes: float
    processor: float


def run(*command: object, **environment: str) -> Took:
    """Run a command of the virtual environment in the project. Raises SystemExit if it fails."""
    words = [str(BIN / str(command[0])), *map(str, command[1:])]
    started = time.monotonic()
    running = subprocess.Popen(
        words, cwd=PROJECT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(running.pid, 0)
    seconds = time.monotonic() - started
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise SystemExit(f"`{' '.join(words[:2])} ...` ended with exit code {running.returncode}.")
    return Took(seconds, used.ru_maxrss / MEGABYTE, used.ru_utime + used.ru_stime)


def line(name: str, what: str, seconds: float, limit: float) -> str:
    """One figure beside its limit, and the ratio of both."""
    ratio = seconds / limit
    return f"{name:<8} {what:<42} {seconds:8.3f} s, limit {limit:6.3f} s, ratio {ratio:.2f}"
