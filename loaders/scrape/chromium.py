"""Find the browser: the configured one, an installed Chromium, or Playwright's own download."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from playwright.async_api import async_playwright

from loaders.errors import UserError

INSTALLED = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")


@dataclass(frozen=True, slots=True)
class Chromium:
    """A browser to start; `origin` says where it came from."""

    path: Path
    origin: str
    # Playwright's own switches let it run as root, and without background traffic.
    arguments: ClassVar[list[str]] = ["--disable-quic", "--disable-gpu"]


async def find_chromium(configured: Path | None) -> Chromium:
    """The browser to use; UserError with the commands that install one when there is none."""
    if configured:
        if not configured.is_file():
            raise UserError(f"PLAYLEDGER_CHROMIUM is {configured}, which does not exist.")
        return Chromium(configured, "from PLAYLEDGER_CHROMIUM")
    for name in INSTALLED:
        if found := shutil.which(name):
            return Chromium(Path(found), "installed on this machine")
    async with async_playwright() as playwright:
        downloaded = Path(playwright.chromium.executable_path)
    if downloaded.is_file():
        return Chromium(downloaded, "downloaded by Playwright")
    raise UserError(
        "There is no Chromium. Run `.venv/bin/playwright install chromium` (on Debian as root "
        "also: `apt-get install chromium`), or set PLAYLEDGER_CHROMIUM to the path of one."
    )
