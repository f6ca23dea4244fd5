"""See to a browser for the tests, and say which: `python -m tests.browser`.

An installed Chromium, else Playwright's own download, else, as root on Debian, the package.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys

from loaders.errors import UserError
from loaders.scrape.chromium import Chromium, find_chromium
from loaders.settings import read_settings

INSTALL = (["apt-get", "update", "-qq"], ["apt-get", "install", "-qq", "-y", "chromium"])


def see_to_chromium() -> Chromium:
    """The browser that the tests use; UserError when there is none and none can be installed."""
    try:
        return _find()
    except UserError:
        apt = shutil.which("apt-get")
        if apt is None or os.geteuid() != 0:
            raise
    sys.stdout.write("There is no Chromium: installing Debian's package ...\n")
    sys.stdout.flush()
    quiet = {
        "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        "stdout": subprocess.DEVNULL,
    }
    for command in INSTALL:
        subprocess.run([apt, *command[1:]], check=False, **quiet)  # noqa: S603
    return _find()


def _find() -> Chromium:
    return asyncio.run(find_chromium(read_settings().chromium))


if __name__ == "__main__":
    try:
        found = see_to_chromium()
    except UserError as error:
        sys.exit(str(error))
    sys.stdout.write(f"Browser: {found.path}, {found.origin}\n")
