"""Run the simulated site until Ctrl-C: `python -m tests.site`.

It prints the environment variables that point the scraper to it.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import click

from tests.site import Behaviour, EdgeCaseContent, Fault, SampleContent, SimulatedSite
from tests.site.fault_kinds import TRANSIENT

KINDS = [kind.name.lower() for kind in Fault]


@click.command(help=__doc__)
@click.option("--campaigns", default=653, show_default=True, help="Of the sample that is shown.")
@click.option("--edge-cases", is_flag=True, help="Show the edge cases instead of a sample.")
@click.option("--port", default=8765, show_default=True, help="Of the site; 0 is any.")
@click.option("--login-port", default=8766, show_default=True, help="Of the log-in; 0 is any.")
@click.option("--song-seconds", default=0.0, help="Seconds that the server takes for each song.")
@click.option("--fault-share", default=0.0, help="Share of songs with one fault (0 to 1).")
@click.option("--fault-kind", multiple=True, type=click.Choice(KINDS), help="Only these kinds.")
@click.option("--session-ends-at-song", type=int, help="End the session at the nth song.")
@click.option("--write-session", type=click.Path(path_type=Path), help="Write a session here.")
def main(
    campaigns: int,
    edge_cases: bool,
    port: int,
    login_port: int,
    song_seconds: float,
    fault_share: float,
    fault_kind: tuple[str, ...],
    session_ends_at_song: int | None,
    write_session: Path | None,
) -> None:
    """Start the site and wait."""
    site = SimulatedSite(
        EdgeCaseContent() if edge_cases else SampleContent(campaigns),
        Behaviour(song_seconds),
        port=port,
        login_port=login_port,
        ends_at_song=session_ends_at_song,
    )
    kinds = [Fault[name.upper()] for name in fault_kind] or TRANSIENT
    site.faults.add_random(fault_share, 1, kinds)
    with site:
        session = write_session or Path(tempfile.mkdtemp(prefix="simulated-site-")) / "session.json"
        site.write_session(session)
        try:  # a process that reads the addresses may end this one before the loop
            click.echo(f"PLAYLEDGER_SITE={site.address}")
            click.echo(f"PLAYLEDGER_LOGIN_SITE={site.login_address}")
            click.echo(f"PLAYLEDGER_SESSION={session}")
            click.echo("Any name and password log in, the code is 123456.", err=True)
            click.echo("Ctrl-C ends it.", err=True)
            while True:
                time.sleep(0.2)  # one that is interrupted just before it starts is not woken
        except KeyboardInterrupt:
            hits = len(site.faults_applied)
            click.echo(f"\n{len(site.requests)} requests, {hits} hit by a fault.", err=True)


if __name__ == "__main__":
    main()
