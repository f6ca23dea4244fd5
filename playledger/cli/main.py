"""The command `playledger`: words in, one call, a rendered answer, an exit code.

Modules are imported where they are used: `--help` and a wrong option must answer at once.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import click

from loaders.errors import Exit, UserError
from playledger.cli.exit_codes import exit_code
from playledger.cli.options import ANY_PATH, input_options
from playledger.cli.publish import adopt, apply, deploy, plan, undo
from playledger.cli.report import report
from playledger.cli.scrape import login, scrape, session
from playledger.cli.sync import history, show_account, sync, write_json
from playledger.cli.web import web
from playledger.console.terminal import console as _console
from playledger.publish.roles import roles


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96})
@click.version_option(package_name="playledger")
def main() -> None:
    """Exports and scraped streams of a playlist agency, as one database that can be trusted."""
    gc.set_threshold(100_000, 50, 50)  # what dbt makes stays: looking it through took a tenth
    sys.stdout.reconfigure(errors="backslashreplace")  # file names can hold what no terminal shows


for command in (
    login, session, scrape, plan, apply, deploy, adopt, undo, roles, sync, history, web, report
):  # fmt: skip
    main.add_command(command)


@main.command()
@input_options
@exit_code
def load(**inputs: object) -> Exit:
    """Load files and new results of scraping into staging; those loaded before are passed over."""
    from loaders.settings import read_settings
    from playledger.console.load import render_load
    from playledger.sync.load_step import load_files
    from playledger.sync.options import read_options

    wanted = read_options(inputs)
    files = (wanted.csv, wanted.scraped, wanted.roster)
    loaded = load_files(
        read_settings(), _console(), *files, is_view=wanted.is_view, allowed=wanted.allowed
    )
    render_load(loaded, _console())
    return Exit.DONE


@main.command()
@click.option(
    "--max-age",
    metavar="AGE",
    help="Exit 4 as well when the newest export or scrape was loaded longer ago (90m, 26h, 7d). A "
    "file that was loaded before counts from its first load; views and older exports do not count.",
)
@exit_code
def verify(max_age: str | None) -> Exit:
    """Print the account of the ledger beside what the files say; exit 4 when a check fails."""
    from loaders.database import open_database
    from loaders.settings import read_settings
    from playledger.audit.freshness import measure_ages, read_limit
    from playledger.sync.load_step import verify as make_account

    limit = read_limit(max_age) if max_age is not None else None
    settings = read_settings()
    database = open_database(settings)
    account, lost = make_account(settings, database)
    show_account(account, lost, settings, _console())
    is_stale = False
    if limit is not None:
        with database.connect() as conn:
            ages = measure_ages(conn)
        for age in ages:
            click.secho(age.describe(limit), fg="red" if age.is_stale(limit) else None)
        is_stale = any(age.is_stale(limit) for age in ages)
    return Exit.INTEGRITY if account.failed or is_stale else Exit.DONE


@main.command()
@click.option(
    "--kind", type=click.Choice(["client", "vendor", "playlist", "sfa"]), help="Only these."
)
@click.option("--limit", type=click.IntRange(min=1), help="At most so many pairs or campaigns.")
@click.option("--list", "is_list", is_flag=True, help="Print the pairs and ask nothing.")
@exit_code
def review(kind: str | None, limit: int | None, is_list: bool) -> Exit:
    """Decide which names are one: pairs by score, each accepted, rejected or left for later.

    Answers are written to the seeds of aliases and of rejected matches, and hold from the next
    build on. Where there is no terminal, they are read from the input, one a line.

    With `--kind sfa`, decide which of the pages that a search found near is a campaign's SFA URL.
    """
    from loaders.database import open_database
    from loaders.settings import PROJECT, read_settings
    from playledger.review.workflow import review_names, review_pages

    settings = read_settings()
    place = (open_database(settings), settings.schema, PROJECT / "seeds", _console())
    if kind == "sfa":
        review_pages(*place, limit=limit, is_list=is_list)
    else:
        review_names(*place, kinds=[kind] if kind else None, limit=limit, is_list=is_list)
    return Exit.DONE


@main.command()
@click.argument("export", type=ANY_PATH)
@click.option("--roster", type=ANY_PATH, metavar="PATH", help="Roster results that give SFA URLs.")
@click.option("--json", "json_path", type=ANY_PATH, metavar="PATH", help="Also write it as JSON.")
@click.option("--limit", default=20, show_default=True, help="How many campaigns to list.")
@exit_code
def profile(export: Path, roster: Path | None, json_path: Path | None, limit: int) -> Exit:
    """Look at an export without a database: totals, and which campaigns need an SFA URL."""
    from loaders.source_file import find_inputs
    from playledger.audit.export_profile import profile_export
    from playledger.console.export_profile import render_profile

    rosters = [file.path for file in find_inputs(None, None, roster)]
    for file in find_inputs(export, None, None):
        found = profile_export(file.path, rosters)
        render_profile(found, _console(), limit)
        if json_path:
            write_json(json_path, found.as_json())
    return Exit.DONE


@main.command()
@click.option("--campaigns", default=653, show_default=True, help="Rows of the export.")
@click.option("--seed", default=1, show_default=True, help="Another seed gives other names.")
@click.option("--scraped-files", type=int, help="Scraped files; in proportion when not given.")
@click.option("--evolve", is_flag=True, help="Also make the next export, and a view of it.")
@click.option(
    "--out", type=ANY_PATH, default="sample", show_default=True, metavar="FOLDER",
    help="Where to write.",
)  # fmt: skip
@exit_code
def sample(campaigns: int, seed: int, scraped_files: int | None, evolve: bool, out: Path) -> Exit:
    """Make an export, scrapes and roster results with the flaws of real ones, and their truth."""
    from sample import evolve_sample, make_sample

    if campaigns < 0 or (scraped_files or 0) < 0:
        raise UserError("A sample cannot have fewer than 0 campaigns or files.")
    make_sample(out, campaigns, seed, scraped_files)
    click.echo(f"{campaigns:,} campaigns written to {out}; truth.json says what is in them.")
    if evolve:
        evolve_sample(out, campaigns, seed)
        click.echo(f"The export of a week later is in {out / 'later'}, a view in {out / 'view'}.")
        click.echo("matches.tsv beside each says which row is which.")
    return Exit.DONE


@main.command()
@exit_code
def config() -> Exit:
    """List every setting, what it is for, and what holds now."""
    from loaders.settings import describe_settings

    for setting, value in describe_settings():
        click.echo(f"{setting.name:<18}{value}\n{'':<18}{setting.purpose}")
    return Exit.DONE


@main.command()
@exit_code
def stop() -> Exit:
    """Stop the embedded PostgreSQL; its data stays."""
    from loaders.embedded_postgres import stop_embedded
    from loaders.settings import read_settings

    was_running = stop_embedded(read_settings())
    click.echo("The embedded PostgreSQL is stopped." if was_running else "It was not running.")
    return Exit.DONE
