"""Campaigns whose SFA URL a search found several or uncertain pages for, asked about one by one.

    ledger_quality.sfa_match_candidates ──► read_sfa_queue() ──► OpenCampaign ...
    OpenCampaign ..., answers ──► review_campaigns() ──► seed

Leaving at any time loses nothing: what was answered is in the seed.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from psycopg2 import sql
from psycopg2.extensions import connection
from rich.console import Console
from rich.text import Text

from loaders.text import plural
from playledger.console.account import make_table
from playledger.review.name_prompt import print_text, printable
from playledger.review.name_queue import require_queue
from playledger.review.sfa_decisions import CampaignRef, SfaDecisions

CANDIDATES = """
    select
        candidates.campaign, candidates.client, candidates.campaign_id, campaigns.status,
        campaigns.url, candidates.sfa_url, candidates.track_id, candidates.artist, candidates.song,
        candidates.score, candidates.evidence
    from {candidates} as candidates
    inner join {ledger}.campaigns as campaigns using (campaign_id)
    order by candidates.score desc nulls last, candidates.campaign_id, candidates.sfa_url
"""
QUESTION = "[a]ccept or [r]eject one by its number (a1, r2), [n]one of them, [l]ater, [q]uit"
ANSWER = re.compile(
    r"(?:(?P<word>none|later|quit|[nlq])|(?P<verb>accept|reject|[ar])? *(?P<number>\d*))"
)


@dataclass(frozen=True, slots=True)
class SfaCandidate:
    """One page of a song, as the site shows it."""

    sfa_url: str
    track_id: str
    artist: str | None
    song: str | None
    score: Decimal | None
    evidence: str


@dataclass(slots=True)
class OpenCampaign:
    """The campaigns of one name and client, and the pages that may be theirs, the best first."""

    ref: CampaignRef
    campaigns: dict[int, str | None] = field(default_factory=dict)  # id → status
    links: set[str] = field(default_factory=set)
    candidates: dict[str, SfaCandidate] = field(default_factory=dict)  # by SFA URL


def read_sfa_queue(conn: connection, schema: str, decisions: SfaDecisions) -> list[OpenCampaign]:
    """What nobody has decided, the best score first.

    Raises UserError when no build has made the queue.
    """
    queue = require_queue(conn, schema, "sfa_match_candidates")
    query = sql.SQL(CANDIDATES).format(candidates=queue, ledger=sql.Identifier(schema))
    found: dict[tuple[str, str], OpenCampaign] = {}
    with conn.cursor() as cur:
        cur.execute(query)
        for campaign, client, campaign_id, status, url, *candidate in cur:
            ref = CampaignRef(campaign, client)
            one = found.setdefault(ref.key, OpenCampaign(ref))
            one.campaigns[campaign_id] = status
            one.links |= {url} - {None}
            one.candidates.setdefault(candidate[0], SfaCandidate(*candidate))
    return undecided(list(found.values()), decisions)


def undecided(queue: list[OpenCampaign], decisions: SfaDecisions) -> list[OpenCampaign]:
    """The campaigns that are open by what the seed says now, without the pages that it rejects."""
    decided = decisions.by_campaign()
    found = []
    for one in queue:
        by_track = decided.get(one.ref.key, {})
        candidates = {
            url: each for url, each in one.candidates.items() if each.track_id not in by_track
        }
        if candidates and "accepted" not in by_track.values():
            found.append(replace(one, candidates=candidates))
    return found


def review_campaigns(
    queue: list[OpenCampaign],
    decisions: SfaDecisions,
    console: Console,
    ask: Callable[[str], str | None],
    day: date,
) -> Counter[str]:
    """Show each campaign with its candidates and store what is answered; how many pages were
    `accepted` and `rejected`. `ask` answers a question, with None when there are no more answers.
    """
    counts: Counter[str] = Counter()
    for position, one in enumerate(queue, 1):
        left = list(one.candidates.values())
        while left:
            _show(one, left, f"{position} of {len(queue)}", console)
            answer, number = _read_answer(ask, len(left))
            if answer == "q":
                return counts
            if answer == "l":
                break
            decision = "accepted" if answer == "a" else "rejected"
            chosen = left if answer == "n" else [left[number - 1]]
            for candidate in chosen:
                for note in decisions.write(one.ref, candidate.sfa_url, decision, day):
                    print_text(f"  {note}", console)
                counts[decision] += 1
            left = [] if decision == "accepted" else [each for each in left if each not in chosen]
    return counts


def _read_answer(ask: Callable[[str], str | None], count: int) -> tuple[str, int]:
    """(a, r, n, l or q; number of the page). A number alone accepts, a single page needs none."""
    while (given := ask(QUESTION)) is not None:
        found = ANSWER.fullmatch(given.strip().lower())
        if not found or not given.strip():
            continue
        if found["word"]:
            return found["word"][0], 0
        number = int(found["number"]) if found["number"] else 1 if count == 1 else 0
        if 1 <= number <= count:
            return (found["verb"] or "a")[0], number
    return "q", 0


def _show(
    one: OpenCampaign, candidates: list[SfaCandidate], position: str, console: Console
) -> None:
    statuses = sorted(filter(None, set(one.campaigns.values())))
    details = [plural(len(one.campaigns), "campaign"), *statuses, *sorted(one.links)]
    console.print(Text(f"\n{position}", "dim"))
    print_text(f"  {one.ref.campaign}, for {one.ref.client}", console)
    print_text(f"  {'; '.join(details)}", console)
    for number, candidate in enumerate(candidates, 1):
        print_text(f"  {number}  {_label(candidate)}: {candidate.evidence}", console)
        score = f"score {_score(candidate)}, " if candidate.score is not None else ""
        print_text(f"     {score}{candidate.sfa_url}", console)


def print_sfa_queue(queue: list[OpenCampaign], console: Console) -> None:
    """Print the candidates as a table that names each campaign once."""
    table = make_table(
        ("score", "right"), ("campaign", "left"), ("client", "left"), ("candidate", "left"),
        ("why", "left"), ("SFA URL", "left"),
    )  # fmt: skip
    for one in queue:
        names = [one.ref.campaign, one.ref.client]
        for candidate in one.candidates.values():
            cells = (*names, _label(candidate), candidate.evidence, candidate.sfa_url)
            table.add_row(_score(candidate), *(Text(printable(cell)) for cell in cells))
            names = ["", ""]
    console.print(table)


def _label(candidate: SfaCandidate) -> str:
    return " - ".join(filter(None, (candidate.artist, candidate.song))) or candidate.track_id


def _score(candidate: SfaCandidate) -> str:
    return f"{candidate.score.normalize():f}" if candidate.score is not None else ""
