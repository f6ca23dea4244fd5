"""The command `playledger review`."""

import click

from loaders.errors import Exit
from loaders.settings import read_settings
from playledger.cli.exit_codes import exit_code
from playledger.cli.help import examples


@click.command(epilog=examples("review --kind client --limit 20", "review --kind sfa --list"))
@click.option(
    "--kind", type=click.Choice(["client", "vendor", "playlist", "sfa"]), help="Only this kind."
)
@click.option("--limit", type=click.IntRange(min=1), help="At most so many pairs or campaigns.")
@click.option("--list", "is_list", is_flag=True, help="Print the pairs and ask nothing.")
@exit_code
def review(kind: str | None, limit: int | None, is_list: bool) -> Exit:
    """Decide which names are the same, and which SFA URLs are right.

    Pairs of names come by score; each is accepted, rejected or left for later. Decisions are
    written to the seeds of aliases and of rejected matches, and take effect with the next build.
    Without a terminal, the answers are read from standard input, one a line.

    With `--kind sfa`, choose a campaign's SFA URL from those that a search found.
    """
    from loaders.database import open_database
    from playledger.console.terminal import console
    from playledger.review.workflow import review_names, review_sfa_urls

    settings = read_settings()
    place = (open_database(settings), settings.schema, settings.project / "seeds", console())
    if kind == "sfa":
        review_sfa_urls(*place, limit=limit, is_list=is_list)
    else:
        review_names(*place, kinds=[kind] if kind else None, limit=limit, is_list=is_list)
    return Exit.DONE
