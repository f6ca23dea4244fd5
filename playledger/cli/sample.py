"""The command `playledger sample`."""

from pathlib import Path

import click

from loaders.errors import Exit
from playledger.cli.exit_codes import exit_code
from playledger.cli.help import examples
from playledger.cli.options import ANY_PATH

COUNT = click.IntRange(min=0)


@click.command(
    epilog=examples(
        "sample --campaigns 100 --evolve --out sample_files", "sample --weeks 52 --out weeks"
    )
)
@click.option("--campaigns", type=COUNT, default=653, show_default=True, help="Rows of the export.")
@click.option("--seed", default=1, show_default=True, help="Another seed gives other names.")
@click.option(
    "--scraped-files", type=COUNT, help="Scraped files, in all or a week; by default in proportion."
)
@click.option("--evolve", is_flag=True, help="Also make the next export, and a filtered view.")
@click.option(
    "--weeks",
    type=click.IntRange(min=1),
    metavar="N",
    help="Make N weeks instead, each with its export and scrapes in a folder of its own.",
)
@click.option(
    "--out", type=ANY_PATH, default="sample_files", show_default=True, metavar="FOLDER",
    help="Where to write.",
)  # fmt: skip
@exit_code
def sample(
    campaigns: int,
    seed: int,
    scraped_files: int | None,
    evolve: bool,
    weeks: int | None,
    out: Path,
) -> Exit:
    """Make up files with the flaws of real ones.

    An export, scraped songs and roster results; `truth.json` beside them says what is in them.
    """
    from sample import evolve_sample, make_sample, make_weeks

    if weeks and evolve:
        raise click.UsageError("--weeks and --evolve exclude each other.")
    if weeks:
        folders = list(make_weeks(out, weeks, campaigns, seed, scraped_files))
        click.echo(f"{weeks} weeks written, from {folders[0]} to {folders[-1]}.")
        click.echo("Load them in this order: week by week, or all at once.")
        return Exit.DONE
    make_sample(out, campaigns, seed, scraped_files)
    click.echo(f"{campaigns:,} campaigns written to {out}; truth.json says what is in them.")
    if evolve:
        evolve_sample(out, campaigns, seed)
        click.echo(f"The export of a week later is in {out / 'later'}, a view in {out / 'view'}.")
        click.echo("matches.tsv beside each says which row is which.")
    return Exit.DONE
