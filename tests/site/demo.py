"""Demonstrate the scraper: `make scrape-demo`.

    sample ──► ledger ──► simulated site ◄── scrape sfa, scrape streams ──► ledger

It uses its own folder and database.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.profiles import kept_profiles
from tests.project import PROJECT
from tests.site.behaviour import Behaviour
from tests.site.sample_content import SampleContent
from tests.site.simulated_site import SimulatedSite

HOME = PROJECT / ".playledger" / "demo"
BIN = Path(sys.executable).parent
SONG_SECONDS = 1.0
STEPS = (
    "playledger load",
    "dbt --quiet build",
    "playledger scrape sfa --limit 24",
    "playledger load",
    "dbt --quiet build",
    "playledger scrape streams --limit 24",
    "playledger load",
    "dbt --quiet build",
    "playledger verify",
    "playledger stop",
)


def main() -> int:
    """Run the steps; returns the exit code of the first that fails. Keeps `profiles.yml`."""
    HOME.mkdir(parents=True, exist_ok=True)
    content, behaviour = SampleContent(), Behaviour(SONG_SECONDS)
    with kept_profiles(), SimulatedSite(content, behaviour) as site:
        return _run_steps(site)


def _run_steps(site: SimulatedSite) -> int:
    site.write_session(HOME / "session.json")
    environment = {
        **os.environ,
        "PLAYLEDGER_HOME": str(HOME),
        "PLAYLEDGER_SITE": site.address,
        "PLAYLEDGER_LOGIN_SITE": site.login_address,
        "PLAYLEDGER_SESSION": str(HOME / "session.json"),
    }
    for step in STEPS:
        sys.stdout.write(f"\n$ {step}\n")
        sys.stdout.flush()
        program, *arguments = step.split()
        command = [str(BIN / program), *arguments]
        done = subprocess.run(command, cwd=PROJECT, env=environment, check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
