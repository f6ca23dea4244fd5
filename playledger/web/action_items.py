"""What needs a person, by urgency: what is wrong, what is doubtful, what is good to know.

ledger, ledger_quality ──► find_waiting() ──► Waiting ...: how many, what to do, where to look
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import humanize

from playledger.audit import ledger_queries
from playledger.runs.stages import title_of
from playledger.web.formatting import named, titled

if TYPE_CHECKING:
    from playledger.runs.history import Run
    from playledger.web.data_coverage import Coverage, Freshness
    from playledger.web.ledger_reader import Reader

STALE = timedelta(days=8)  # an export comes once a week, scrapes more often
SEVERITIES = ("error", "warning", "info")
UNDONE = {"failed": "error", "interrupted": "error", "partly": "warning"}
COUNTS = """
    select
        (select count(*) from {quality}.integrity_checks where status <> 'ok') as checks,
        (select count(*) from {quality}.client_match_candidates)
        + (select count(*) from {quality}.vendor_match_candidates)
        + (select count(*) from {quality}.playlist_match_candidates) as pairs,
        (select count(*) from {quality}.sfa_match_candidates) as pages
"""
WAITS = {
    "pairs": ("Names that may be one", "/pairs", "Decide about each: playledger review"),
    "pages": (
        "SFA pages that are not sure",
        "/pages",
        "Accept or reject each: playledger review --kind sfa",
    ),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: `count` is None where it cannot be counted, `link` a list of them."""

    severity: str
    what: str
    count: int | None
    advice: str
    link: str | None = None


def find_waiting(
    reader: Reader, freshness: Freshness, coverage: list[Coverage], run: Run | None
) -> list[Waiting]:
    """Everything that waits, the gravest first; empty when nothing does."""
    found = [
        *_checks(reader),
        *_stages(run),
        *_stale(freshness),
        *_doubts(reader),
        *_rejected(reader),
        *_uncovered(coverage),
        *_undecided(reader),
    ]
    return sorted(found, key=lambda each: SEVERITIES.index(each.severity))


def _checks(reader: Reader) -> Iterator[Waiting]:
    if count := reader.row(COUNTS).checks:
        advice = "Trust no number before they do: playledger verify tells what differs"
        yield Waiting("error", "Checks that do not hold", count, advice, "/checks?status=differs")


def _stages(run: Run | None) -> Iterator[Waiting]:
    """Stages of the last run that are not done; songs or artists that could not be scraped."""
    for stage in run.stages if run else ():
        if stage.outcome not in UNDONE:
            continue
        left = stage.counts.get("not_scraped")
        what = f"Last run, {title_of(stage.stage)}: {stage.outcome}"
        if left:
            what = f"Last run, {title_of(stage.stage)}: not scraped"
        advice = (stage.message or "Run it again: playledger sync").strip().partition("\n")[0]
        link = f"/runs/{quote(run.run_id, safe='')}"
        yield Waiting(UNDONE[stage.outcome], what, int(left) if left else None, advice, link)


def _stale(freshness: Freshness) -> Iterator[Waiting]:
    for kind, age, advice in (
        ("export", freshness.export_age, "Load the newest: make sync CSV=campaigns.csv"),
        ("scrape", freshness.scrape_age, "Scrape again: playledger scrape streams"),
    ):
        if age is not None and age > STALE:
            old = humanize.naturaldelta(age)
            yield Waiting("warning", f"The newest {kind} is {old} old", None, advice)


def _doubts(reader: Reader) -> Iterator[Waiting]:
    for severity, reason, count, suggestion in reader.rows(ledger_queries.ISSUES):
        link = f"/doubts?{urlencode({'severity': severity, 'reason': reason})}"
        yield Waiting(severity, titled(reason), count, suggestion or "", link)


def _rejected(reader: Reader) -> Iterator[Waiting]:
    found = reader.rows(ledger_queries.REJECTED)
    if found:
        reasons = ", ".join(f"{named(reason)} {count:,}" for reason, count in found[:3])
        total = sum(count for _, count in found)
        advice = f"Look at what they hold: {reasons}"
        yield Waiting("warning", "Records that became no data", total, advice, "/rejected")


def _uncovered(coverage: list[Coverage]) -> Iterator[Waiting]:
    active = next((each for each in coverage if each.status == "active"), None)
    if active is None:
        return
    for what, held, advice in (
        ("SFA URL", active.with_sfa_url, "Search for it: playledger scrape sfa"),
        ("streams", active.with_streams, "Scrape them: playledger scrape streams"),
    ):
        if left := active.campaigns - held:
            link = f"/campaigns?{urlencode({'status': 'active', 'has': f'no {what}'})}"
            yield Waiting("warning", f"Active campaigns without {what}", left, advice, link)


def _undecided(reader: Reader) -> Iterator[Waiting]:
    counts = reader.row(COUNTS)
    for name, (what, link, advice) in WAITS.items():
        if count := getattr(counts, name):
            yield Waiting("warning", what, count, advice, link)
