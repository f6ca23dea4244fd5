"""The command `playledger review`: the queue listed, or walked through with a person.

database, seeds, terminal or input ──► review_names(), review_pages() ──► seeds, what was done
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from playledger.review.alias_seeds import Seeds
from playledger.review.name_prompt import render_queue, walk
from playledger.review.name_queue import KINDS, read_queue
from playledger.review.sfa_decisions import Decisions
from playledger.review.sfa_prompt import read_left, read_wanted, render_wanted, walk_pages

if TYPE_CHECKING:
    from rich.console import Console

    from loaders.database import Database

PAGES = "See `playledger review --kind sfa`."
NEXT = "Run `dbt build` (or `make sync`): they hold from then on."


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
    """List the pairs that nobody has decided, or ask about each.

    Where the input is no terminal, answers are read from it; when it is empty, pairs are listed.
    Raises UserError when there is no ledger, or a seed cannot be read or written.
    """
    with database.connect() as conn:
        queue = read_queue(conn, schema, kinds or KINDS)
        pages = [] if kinds else read_wanted(conn, schema, Decisions(seeds_folder))
    if pages:
        console.print(f"Campaigns that wait for a choice of their SFA URL: {len(pages)}. {PAGES}")
    seeds = Seeds(seeds_folder)
    decided = {kind: seeds.decisions(kind) for kind in KINDS}
    waiting = (
        pair for pair in queue if not decided[pair.kind].cover(pair.stands.known, pair.alias.known)
    )
    pairs = list(islice(waiting, limit))
    if not pairs:
        console.print("Nothing to review: no two names wait for a decision.")
        return
    ask = None if is_list else _asker()
    if ask is None:
        render_queue(pairs, console)
        return
    done = walk(pairs, seeds, console, ask)
    accepted, rejected = done["accept"], done["reject"]
    left = len(pairs) - accepted - rejected - done["decided"]
    console.print(f"\n{accepted} accepted, {rejected} rejected, {left} left for later.")
    if accepted or rejected:
        console.print(f"Written to {seeds_folder}. {NEXT}", markup=False, soft_wrap=True)


def review_pages(
    database: Database,
    schema: str,
    seeds_folder: Path,
    console: Console,
    *,
    limit: int | None = None,
    is_list: bool = False,
) -> None:
    """List the SFA URLs that are close and not sure, or ask about each campaign. As above."""
    decisions = Decisions(seeds_folder)
    with database.connect() as conn:
        wanted = read_wanted(conn, schema, decisions)[:limit]
    if not wanted:
        console.print("Nothing to review: no campaign waits for a choice of its SFA URL.")
        return
    ask = None if is_list else _asker()
    if ask is None:
        render_wanted(wanted, console)
        return
    done = walk_pages(wanted, decisions, console, ask, date.today())
    left = len(read_left(wanted, decisions))
    said = f"{done['accepted']} SFA URLs accepted, {done['rejected']} rejected"
    console.print(f"\n{said}; {left} of {len(wanted)} campaigns left for later.")
    if done:
        console.print(f"Written to {seeds_folder}. {NEXT}", markup=False, soft_wrap=True)


def _asker() -> Callable[[str], str | None] | None:
    """How to get an answer: from the terminal, else from the lines of the input; None if empty."""
    if sys.stdin is not None and sys.stdin.isatty():
        return _ask_terminal
    given = sys.stdin.read() if sys.stdin is not None else ""
    lines = [line.strip() for line in given.splitlines() if line.strip()]
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
