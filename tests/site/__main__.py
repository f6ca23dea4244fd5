"""Run the simulated site until Ctrl-C: `python -m tests.site`.

It prints the addresses, and the variables of the environment that lead the scraper to it.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import click

from tests.site import (
    Behaviour,
    EdgeCaseContent,
    Fault,
    Latency,
    SampleContent,
    SimulatedSite,
)
from tests.site.fault_kinds import PASSING

KINDS = [kind.name.lower() for kind in Fault]


@click.command(help=__doc__)
@click.option("--campaigns", default=653, show_default=True, help="Of the sample to show.")
@click.option("--seed", default=1, show_default=True, help="Of the sample to show.")
@click.option("--awkward", is_flag=True, help="Show the awkward cases in place of a sample.")
@click.option("--port", default=8765, show_default=True, help="Of the site; 0 is any.")
@click.option("--login-port", default=8766, show_default=True, help="Of the log-in; 0 is any.")
@click.option("--song-seconds", default=0.0, help="Seconds of the server for each song.")
@click.option("--language", help="Of the account: addresses without one are redirected.")
@click.option("--fault-share", default=0.0, help="Share of songs that have one fault.")
@click.option("--fault-seed", default=1, show_default=True, help="Which songs, which faults.")
@click.option("--fault-kind", multiple=True, type=click.Choice(KINDS), help="Only these kinds.")
@click.option("--session-ends-at-song", type=int, help="End the session at the nth song.")
@click.option("--session-end", type=click.Choice(["redirect", "in place"]), default="redirect")
@click.option("--write-session", type=click.Path(path_type=Path), help="Write a session here.")
def main(
    campaigns: int,
    seed: int,
    awkward: bool,
    port: int,
    login_port: int,
    song_seconds: float,
    language: str | None,
    fault_share: float,
    fault_seed: int,
    fault_kind: tuple[str, ...],
    session_ends_at_song: int | None,
    session_end: str,
    write_session: Path | None,
) -> None:
    """Start the site and wait."""
    site = SimulatedSite(
        EdgeCaseContent() if awkward else SampleContent(campaigns, seed),
        Behaviour(latency=Latency(song=song_seconds), language=language),
        port=port,
        login_port=login_port,
        ends_at_song=session_ends_at_song,
        session_end_shown="in place" if session_end == "in place" else "redirect",
    )
    kinds = [Fault[name.upper()] for name in fault_kind] or PASSING
    site.faults.at_random(fault_share, fault_seed, kinds)
    with site:
        session = write_session or Path(tempfile.mkdtemp(prefix="simulated-site-")) / "session.json"
        site.write_session(session)
        try:  # whoever has read an address may already end it
            click.echo(f"PLAYLEDGER_SITE={site.address}")
            click.echo(f"PLAYLEDGER_LOGIN_SITE={site.login_address}")
            click.echo(f"PLAYLEDGER_SESSION={session}")
            click.echo("Any name and password log in, the code is 123456.", err=True)
            click.echo("Ctrl-C ends it.", err=True)
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            hits = len(site.faults_applied)
            click.echo(f"\n{len(site.requests)} requests, {hits} hit by a fault.", err=True)


if __name__ == "__main__":
    main()
