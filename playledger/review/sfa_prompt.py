"""SFA URLs that are close and not sure: campaigns with their candidates, asked about one by one.

    ledger_quality.sfa_match_candidates ──► read_wanted() ──► OpenCampaign ... ──► walk_pages() ──► seed

Leaving at any time loses nothing: what was answered is in the seed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from psycopg2 import sql
from rich.console import Console
from rich.text import Text

from loaders.text import plural
from playledger.console.account import make_table
from playledger.review.name_prompt import printable, say
from playledger.review.name_queue import require_queue
from playledger.review.sfa_decisions import Called, Decisions

if TYPE_CHECKING:
    from psycopg2.extensions import connection

WANTED = """
    select
        candidates.campaign, candidates.client, candidates.campaign_id, campaigns.status,
        campaigns.url, candidates.sfa_url, candidates.track_id, candidates.artist, candidates.song,
        candidates.score, candidates.found_at, candidates.evidence
    from {quality}.sfa_match_candidates as candidates
    inner join {ledger}.campaigns as campaigns using (campaign_id)
    order by candidates.score desc nulls last, candidates.campaign_id, candidates.sfa_url
"""
QUESTION = "[a]ccept or [r]eject one by its number (a1, r2), [n]one of them, [l]ater, [q]uit"
ANSWER = re.compile(r"(?:(?P<word>none|later|quit|[nlq])|(?P<one>accept|reject|[ar])? *(?P<n>\d*))")


@dataclass(frozen=True, slots=True)
class Page:
    """One candidate, as the site shows it."""

    sfa_url: str
    track_id: str
    artist: str | None
    song: str | None
    score: Decimal | None
    found_at: datetime | None
    evidence: str


@dataclass(slots=True)
class OpenCampaign:
    """The campaigns of one name and client, and the pages that may be theirs, the best first."""

    called: Called
    campaigns: dict[int, str | None] = field(default_factory=dict)  # id → status
    links: set[str] = field(default_factory=set)
    pages: dict[str, Page] = field(default_factory=dict)  # SFA URL → page


def read_wanted(conn: connection, schema: str, decisions: Decisions) -> list[OpenCampaign]:
    """What nobody has decided, the best score first; UserError when no build has made the queue."""
    require_queue(conn, schema, "sfa_match_candidates")
    names = {"quality": sql.Identifier(f"{schema}_quality"), "ledger": sql.Identifier(schema)}
    wanted: dict[tuple[str, str], OpenCampaign] = {}
    with conn.cursor() as cur:
        cur.execute(sql.SQL(WANTED).format(**names))
        for campaign, client, number, status, url, *page in cur:
            called = Called(campaign, client)
            one = wanted.setdefault(called.key, OpenCampaign(called))
            one.campaigns[number] = status
            one.links |= {url} - {None}
            one.pages.setdefault(page[0], Page(*page))
    return read_left(list(wanted.values()), decisions)


def read_left(wanted: list[OpenCampaign], decisions: Decisions) -> list[OpenCampaign]:
    """Those that nobody has decided as the seed says now, without the pages that it rejects."""
    decided = decisions.by_campaign()
    left = []
    for one in wanted:
        said = decided.get(one.called.key, {})
        pages = {url: page for url, page in one.pages.items() if page.track_id not in said}
        if pages and "accepted" not in said.values():
            left.append(replace(one, pages=pages))
    return left


def walk_pages(
    wanted: list[OpenCampaign],
    decisions: Decisions,
    console: Console,
    ask: Callable[[str], str | None],
    day: date,
) -> Counter[str]:
    """Show each campaign with its candidates and write what is answered down; how many pages were
    accepted and rejected. `ask` gives an answer, or None when there will be no more.
    """
    done: Counter[str] = Counter()
    for place, one in enumerate(wanted, 1):
        left = list(one.pages.values())
        while left:
            _show(one, left, f"{place} of {len(wanted)}", console)
            answer, number = _answer(ask, len(left))
            if answer == "q":
                return done
            if answer == "l":
                break
            decision = "accepted" if answer == "a" else "rejected"
            chosen = left if answer == "n" else [left[number - 1]]
            for page in chosen:
                for sentence in decisions.write(one.called, page.sfa_url, decision, day):
                    say(f"  {sentence}", console)
                done[decision] += 1
            left = [] if decision == "accepted" else [page for page in left if page not in chosen]
    return done


def _answer(ask: Callable[[str], str | None], count: int) -> tuple[str, int]:
    """(a, r, n, l or q, number of the page); a number alone accepts, one page needs no number."""
    while (given := ask(QUESTION)) is not None:
        found = ANSWER.fullmatch(given.strip().lower())
        if not found or not given.strip():
            continue
        if found["word"]:
            return found["word"][0], 0
        number = int(found["n"]) if found["n"] else 1 if count == 1 else 0
        if 1 <= number <= count:
            return (found["one"] or "a")[0], number
    return "q", 0


def _show(wanted: OpenCampaign, pages: list[Page], place: str, console: Console) -> None:
    console.print()
    count = len(wanted.campaigns)
    statuses = sorted(filter(None, set(wanted.campaigns.values())))
    about = [plural(count, "campaign"), *statuses, *sorted(wanted.links)]
    console.print(Text(place, "dim"))
    say(f"  {wanted.called.campaign}, for {wanted.called.client}", console)
    say(f"  {'; '.join(about)}", console)
    for number, page in enumerate(pages, 1):
        say(f"  {number}  {_shown(page)}: {page.evidence}", console)
        say(f"     {_score(page)}{page.sfa_url}", console)


def render_wanted(wanted: list[OpenCampaign], console: Console) -> None:
    """Print the candidates as a table, in which each campaign stands once."""
    table = make_table(
        ("score", "right"), ("campaign", "left"), ("client", "left"), ("may be", "left"),
        ("why", "left"), ("SFA URL", "left"),
    )  # fmt: skip
    for one in wanted:
        names = [one.called.campaign, one.called.client]
        for page in one.pages.values():
            words = (*names, _shown(page), page.evidence, page.sfa_url)
            table.add_row(_number(page), *(Text(printable(word)) for word in words))
            names = ["", ""]
    console.print(table)


def _shown(page: Page) -> str:
    return " - ".join(filter(None, (page.artist, page.song))) or page.track_id


def _score(page: Page) -> str:
    return f"score {_number(page)}, " if page.score is not None else ""


def _number(page: Page) -> str:
    return f"{page.score.normalize():f}" if page.score is not None else ""
