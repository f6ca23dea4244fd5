"""The command `playledger review`: the queue listed, or decided with a person.

database, seeds, terminal or input ──► review_names(), review_sfa_urls() ──► seeds, a summary
"""

import sys
from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path

import click
from rich.console import Console

from loaders.database import Database
from loaders.text import plural
from playledger.review.alias_seeds import AliasSeeds
from playledger.review.name_prompt import print_queue, review_pairs
from playledger.review.name_queue import KINDS, read_queue
from playledger.review.sfa_decisions import SfaDecisions
from playledger.review.sfa_prompt import (
    print_sfa_queue,
    read_sfa_queue,
    review_campaigns,
    undecided,
)


def review_names(
    database: Database,
    schema: str,
    seeds_folder: Path,
    console: Console,
    *,
    kinds: list[str] | None = None,
    limit: int | None = None,
    is_list: bool = False,
) -> None:
    """List the pairs of names that nobody has decided, or ask about each.

    Where the input is not a terminal, answers are read from it; when it is empty, pairs are listed.
    Raises UserError when there is no ledger, or a seed cannot be read or written.
    """
    with database.connect() as conn:
        queue = read_queue(conn, schema, kinds or KINDS)
        sfa_queue = [] if kinds else read_sfa_queue(conn, schema, SfaDecisions(seeds_folder))
    if sfa_queue:
        console.print(
            f"{plural(len(sfa_queue), 'campaign')} with candidates for an SFA URL: "
            "see `playledger review --kind sfa`."
        )
    seeds = AliasSeeds(seeds_folder)
    decided = {kind: seeds.decisions(kind) for kind in KINDS}
    undecided_pairs = (
        pair for pair in queue if not decided[pair.kind].cover(pair.kept.entity, pair.alias.entity)
    )
    pairs = list(islice(undecided_pairs, limit))
    if not pairs:
        console.print("Nothing to review: no possible duplicates are undecided.")
    elif is_list or not (ask := _choose_input()):
        print_queue(pairs, console)
    else:
        counts = review_pairs(pairs, seeds, console, ask)
        accepted, rejected = counts["accept"], counts["reject"]
        left = len(pairs) - accepted - rejected - counts["decided"]
        console.print(f"\n{accepted} accepted, {rejected} rejected, {left} left for later.")
        if accepted or rejected:
            _print_next(seeds_folder, console)


def review_sfa_urls(
    database: Database,
    schema: str,
    seeds_folder: Path,
    console: Console,
    *,
    limit: int | None = None,
    is_list: bool = False,
) -> None:
    """List the candidates for SFA URLs, or ask about each campaign. As `review_names`."""
    decisions = SfaDecisions(seeds_folder)
    with database.connect() as conn:
        queue = read_sfa_queue(conn, schema, decisions)[:limit]
    if not queue:
        console.print("Nothing to review: no candidates for an SFA URL are undecided.")
    elif is_list or not (ask := _choose_input()):
        print_sfa_queue(queue, console)
    else:
        counts = review_campaigns(queue, decisions, console, ask, date.today())
        left = len(undecided(queue, decisions))
        summary = f"{counts['accepted']} SFA URLs accepted, {counts['rejected']} rejected"
        console.print(f"\n{summary}; {left} of {len(queue)} campaigns left for later.")
        if counts:
            _print_next(seeds_folder, console)


def _print_next(seeds_folder: Path, console: Console) -> None:
    advice = "Run `dbt build` (or `make sync`) to apply the decisions."
    console.print(f"Written to {seeds_folder}. {advice}", markup=False, soft_wrap=True)


def _choose_input() -> Callable[[str], str | None] | None:
    """How to get an answer: from the terminal, else from the lines of the input; None if empty."""
    if sys.stdin is None:
        return None
    if sys.stdin.isatty():
        return _ask_terminal
    lines = [line.strip() for line in sys.stdin if line.strip()]
    if not lines:
        return None
    answers = iter(lines)

    def ask(question: str) -> str | None:
        answer = next(answers, None)
        click.echo(f"{question}: {answer or ''}")
        return answer

    return ask


def _ask_terminal(question: str) -> str | None:
    try:
        return click.prompt(question, prompt_suffix=": ")
    except click.Abort:
        click.echo()
        return None
