"""Screenshots of the pages for the README and docs/, of made-up data: `make screenshots`.

    sample, and the export of a week later ──► ledger ──► playledger web ──► docs/*.png

Everything happens in a temporary folder, with a database of its own. Queries choose the pages, so
a second run gives the same pictures except for times.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from loaders.database import open_database
from loaders.settings import read_settings
from tests.browser import see_to_chromium
from tests.profiles import kept_profiles
from tests.project import PROJECT

DOCS = PROJECT / "docs"
BIN = Path(sys.executable).parent
DESK = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"}
PHONE = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}
STEPS = (
    "sample --evolve --out {home}/files",
    "sync --csv {home}/files/campaigns_export.csv --scraped {home}/files/scraped "
    "--roster {home}/files/roster",
    "sync --csv {home}/files/later/campaigns_export.csv",
)
# A campaign close to its goal whose song was scraped more than once, and that an export changed.
CAMPAIGN = """
    select campaigns.campaign_id
    from ledger.campaigns
    inner join ledger.campaign_playlists as placements using (campaign_id)
    where
        campaigns.status in ('active', 'complete')
        and exists (
            select from ledger.campaign_changes as changes
            where changes.campaign_id = campaigns.campaign_id
        )
        and (
            select count(distinct scraped_at) from ledger.playlist_streams
            where track_id = coalesce(campaigns.sfa_track_id, campaigns.track_id)
        ) > 1
    group by campaigns.campaign_id
    having sum(streams_28d) <= goal
    order by sum(streams_28d) / goal desc, campaigns.campaign_id
    limit 1
"""
# A vendor's playlist that was scraped on several days.
PLAYLIST = """
    select playlist_id
    from ledger.playlist_streams
    inner join ledger.playlists using (playlist_id)
    where kind = 'vendor'
    group by playlist_id
    order by count(distinct scraped_at::date) desc, sum(streams) desc, playlist_id
    limit 1
"""


@dataclass(frozen=True, slots=True)
class Screenshot:
    """A file in docs/, the address that it shows, and its height at most, in pixels."""

    name: str
    address: str
    height: int = 1000
    is_phone: bool = False


def main() -> int:
    """Make all screenshots; the exit code of the first step that fails. `profiles.yml` is kept."""
    with tempfile.TemporaryDirectory(prefix="screenshots-") as folder, kept_profiles():
        environment = {**os.environ, "PLAYLEDGER_HOME": folder, "DATABASE_URL": ""}
        try:
            for step in STEPS:
                command = [BIN / "playledger", *step.format(home=folder).split()]
                finished = subprocess.run(command, cwd=PROJECT, env=environment, check=False)
                if finished.returncode:
                    return finished.returncode
            with _served(environment) as address:
                _take(_screenshots(Path(folder), address))
        finally:
            subprocess.run([BIN / "playledger", "stop"], env=environment, check=False)
    return 0


def _screenshots(home: Path, address: str) -> list[Screenshot]:
    settings = replace(read_settings(), home=home, database_url=None)
    with open_database(settings).connect() as conn, conn.cursor() as cur:
        cur.execute(CAMPAIGN)
        campaign = f"{address}campaigns/{cur.fetchone()[0]}"
        cur.execute(PLAYLIST)
        playlist = f"{address}playlists/{cur.fetchone()[0]}"
    return [
        Screenshot("overview", address, 1245),
        Screenshot("campaigns", f"{address}campaigns?status=active&sort=-goal"),
        Screenshot("campaign", campaign, 960),
        Screenshot("vendors", f"{address}vendors", 660),
        Screenshot("playlist", playlist),
        Screenshot("issues", f"{address}issues", 900),
        Screenshot("report", (home / "report.html").as_uri()),
        Screenshot("overview-phone", address, 970, is_phone=True),
        Screenshot("campaign-phone", campaign, 970, is_phone=True),
    ]


def _take(screenshots: list[Screenshot]) -> None:
    DOCS.mkdir(exist_ok=True)
    chromium = see_to_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.path, args=chromium.arguments)
        for screenshot in screenshots:
            _take_one(browser, screenshot)
        browser.close()


def _take_one(browser: Browser, screenshot: Screenshot) -> None:
    page = browser.new_page(**(PHONE if screenshot.is_phone else DESK))
    page.goto(screenshot.address)
    page.get_by_text("is being counted").wait_for(state="detached")
    whole = page.evaluate("document.documentElement.scrollHeight")
    size = {"width": page.viewport_size["width"], "height": min(whole, screenshot.height)}
    path = DOCS / f"{screenshot.name}.png"
    page.screenshot(path=path, full_page=True, clip={"x": 0, "y": 0, **size})
    page.close()
    sys.stdout.write(f"{path.relative_to(PROJECT)}: {path.stat().st_size / 1000:.0f} kB\n")


@contextmanager
def _served(environment: dict[str, str]) -> Iterator[str]:
    """Serve the pages; yields their address."""
    command = [BIN / "playledger", "web", "--port", "0"]
    served = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        yield served.stdout.readline().rpartition(" ")[2].strip()
    finally:
        served.terminate()
        served.wait()


if __name__ == "__main__":
    sys.exit(main())
