"""What figures were measured on: the machine, and the revision of the project."""

from __future__ import annotations

import platform
import subprocess
from pathlib import Path

import psutil

from tests.project import PROJECT

PROCESSORS = Path("/proc/cpuinfo")


def describe_machine() -> str:
    """Processors, memory, system and Python, in one line."""
    models = [
        line.partition(":")[2].strip()
        for line in (PROCESSORS.read_text().splitlines() if PROCESSORS.exists() else ())
        if line.startswith("model name")
    ]
    processor = models[0] if models else platform.processor() or platform.machine()
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{psutil.cpu_count()} x {processor}, {memory:.0f} GB of memory, "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    )


def project_revision() -> str:
    """The project's revision; empty where it is not a Git checkout."""
    asked = subprocess.run(
        ["git", "-C", str(PROJECT), "describe", "--always", "--dirty"],  # noqa: S607
        capture_output=True,
        text=True,
    )
    return asked.stdout.strip()
