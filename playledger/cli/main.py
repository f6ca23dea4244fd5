"""The command `playledger`: all commands, registered by the sections of its help.

Commands import what they need when they run: `--help` and a wrong option are answered at once.
"""

import gc
import sys
from pathlib import Path

import click

from loaders.settings import choose_project
from playledger.cli.help import SectionedGroup
from playledger.cli.history import history
from playledger.cli.load import load
from playledger.cli.logging_setup import logging_to_stderr
from playledger.cli.profile import profile
from playledger.cli.publish import adopt, apply, deploy, plan, undo
from playledger.cli.rebuild import rebuild
from playledger.cli.report import report
from playledger.cli.review import review
from playledger.cli.roles import roles
from playledger.cli.sample import sample
from playledger.cli.scrape import login, scrape, session
from playledger.cli.settings import config, stop
from playledger.cli.sync import sync
from playledger.cli.verify import verify
from playledger.cli.web import web

EXIT_CODES = """\b
Exit codes:
  0  done
  1  done in part: the output says which part
  2  nothing done: bad input, or no database
  3  a log-in to Spotify for Artists is needed
  4  a check or a test failed
"""


@click.group(
    cls=SectionedGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
    epilog=EXIT_CODES,
)
@click.option("-v", "--verbose", count=True, help="Log decisions to stderr; -vv logs details.")
@click.option(
    "--project",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The project folder; else PLAYLEDGER_PROJECT, the current folder, or one above it.",
)
@click.version_option(package_name="playledger")
@click.pass_context
def main(ctx: click.Context, verbose: int, project: Path | None) -> None:
    """Playlist Ledger: an agency's exports and scraped streams as one trusted database."""
    gc.set_threshold(100_000, 50, 50)  # dbt's objects stay: scanning them took 10% of a run
    sys.stdout.reconfigure(errors="backslashreplace")  # file names have letters no terminal shows
    if project:
        choose_project(project)
    ctx.with_resource(logging_to_stderr(verbose))


main.add_section("Every day", sync, load, verify, rebuild, report)
main.add_section("Look", web, history, profile)
main.add_section("Decide", review)
main.add_section("Production", plan, apply, deploy, undo, adopt, roles)
main.add_section("Scrape", login, session, scrape)
main.add_section("Set-up", sample, config, stop)
