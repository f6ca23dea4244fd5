"""Find the browser: the one that is named, an installed Chromium, or Playwright's own download."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import async_playwright

from loaders.errors import UserError

INSTALLED = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")


@dataclass(frozen=True, slots=True)
class Chromium:
    """A browser to start; `whose` says in words where it came from."""

    path: Path
    whose: str

    @property
    def arguments(self) -> list[str]:
        """Command-line switches: quiet in the background, and startable as root."""
        quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
        return [
            *quiet,
            "--no-first-run",
            "--disable-quic",
            "--disable-gpu",
            "--disable-extensions",
            *(["--no-sandbox"] if _is_root() else []),
        ]


async def find_chromium(named: Path | None) -> Chromium:
    """The browser to use; UserError with the commands that install one when there is none."""
    if named:
        if not named.is_file():
            raise UserError(f"PLAYLEDGER_CHROMIUM names {named}, which is not there.")
        return Chromium(named, "named by PLAYLEDGER_CHROMIUM")
    for name in INSTALLED:
        if found := shutil.which(name):
            return Chromium(Path(found), "installed on this machine")
    async with async_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    if own.is_file():
        return Chromium(own, "downloaded by Playwright")
    raise UserError(
        "There is no Chromium. Run `.venv/bin/playwright install chromium` (on Debian as root "
        "also: `apt-get install chromium`), or name one in PLAYLEDGER_CHROMIUM."
    )


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
