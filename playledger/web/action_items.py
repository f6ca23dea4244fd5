"""What a person has to do, the most severe first: failed checks, open issues, missing data.

ledger, ledger_quality ──► find_action_items() ──► ActionItem ...: how many, what to do, where
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote, urlencode

import humanize

from playledger.audit import ledger_queries
from playledger.runs.history import Run
from playledger.runs.stages import title_of
from playledger.web.data_coverage import Freshness
from playledger.web.formatting import as_title, as_words
from playledger.web.ledger_reader import Reader, Row

STALE_AFTER = timedelta(days=8)  # an export comes once a week, scrapes more often
SEVERITIES = ("error", "warning", "info")
SEVERITY_OF_OUTCOME = {"failed": "error", "interrupted": "error", "partly": "warning"}
COUNTS = """
    select
        (select count(*) from {quality}.integrity_checks where status <> 'ok') as checks,
        (select count(*) from {quality}.client_match_candidates)
        + (select count(*) from {quality}.vendor_match_candidates)
        + (select count(*) from {quality}.playlist_match_candidates) as pairs,
        (select count(*) from {quality}.sfa_match_candidates) as pages
"""


@dataclass(frozen=True, slots=True)
class ActionItem:
    """One thing to do: `count` is None where nothing is counted, `link` leads to a list of them."""

    severity: str
    title: str
    count: int | None
    advice: str
    link: str | None = None


def find_action_items(
    reader: Reader, freshness: Freshness, coverage: list[Row], run: Run | None
) -> list[ActionItem]:
    """Everything there is to do, the most severe first; empty where there is nothing."""
    counts = reader.row(COUNTS)
    found = [
        *_failed_checks(counts),
        *_unfinished_stages(run),
        *_stale_data(freshness),
        *_issues(reader),
        *_rejected_records(reader),
        *_missing_data(coverage),
        *_open_decisions(counts),
    ]
    return sorted(found, key=lambda each: SEVERITIES.index(each.severity))


def _failed_checks(counts: Row) -> Iterator[ActionItem]:
    if counts.checks:
        advice = "Do not rely on the figures until they pass: playledger verify shows the causes"
        link = "/checks?status=failed"
        yield ActionItem("error", "Failed checks", counts.checks, advice, link)


def _unfinished_stages(run: Run | None) -> Iterator[ActionItem]:
    """Stages of the last run that are not done; songs or artists that could not be scraped."""
    for stage in run.stages if run else ():
        if stage.outcome not in SEVERITY_OF_OUTCOME:
            continue
        left = stage.counts.get("not_scraped")
        title = f"Last run, {title_of(stage.stage)}: {'not scraped' if left else stage.outcome}"
        advice = (stage.message or "Run it again: playledger sync").strip().partition("\n")[0]
        link = f"/runs/{quote(run.run_id, safe='')}"
        severity = SEVERITY_OF_OUTCOME[stage.outcome]
        yield ActionItem(severity, title, int(left) if left else None, advice, link)


def _stale_data(freshness: Freshness) -> Iterator[ActionItem]:
    for kind, age, advice in (
        ("export", freshness.export_age, "Load a new one: make sync CSV=campaigns.csv"),
        ("scrape", freshness.scrape_age, "Scrape again: playledger scrape streams"),
    ):
        if age is not None and age > STALE_AFTER:
            title = f"The latest {kind} is {humanize.naturaldelta(age)} old"
            yield ActionItem("warning", title, None, advice)


def _issues(reader: Reader) -> Iterator[ActionItem]:
    for severity, reason, count, suggestion in reader.rows(ledger_queries.ISSUES):
        link = f"/issues?{urlencode({'severity': severity, 'reason': reason})}"
        yield ActionItem(severity, as_title(reason), count, suggestion or "", link)


def _rejected_records(reader: Reader) -> Iterator[ActionItem]:
    found = reader.rows(ledger_queries.REJECTED)
    if found:
        reasons = ", ".join(f"{as_words(reason)} {count:,}" for reason, count in found[:3])
        total = sum(count for _, count in found)
        title, advice = "Files and rows we could not read", f"See what they hold: {reasons}"
        yield ActionItem("warning", title, total, advice, "/rejected")


def _missing_data(coverage: list[Row]) -> Iterator[ActionItem]:
    active = next((each for each in coverage if each.status == "active"), None)
    if active is None:
        return
    for name, count, advice in (
        ("SFA URL", active.with_sfa_url, "Search for it: playledger scrape sfa"),
        ("streams", active.with_streams, "Scrape them: playledger scrape streams"),
    ):
        if left := active.campaigns - count:
            link = f"/campaigns?{urlencode({'status': 'active', 'has': f'no {name}'})}"
            yield ActionItem("warning", f"Active campaigns without {name}", left, advice, link)


def _open_decisions(counts: Row) -> Iterator[ActionItem]:
    if counts.pairs:
        advice = "Merge or keep apart: playledger review"
        yield ActionItem("warning", "Possible duplicates", counts.pairs, advice, "/pairs")
    if counts.pages:
        advice = "Accept or reject each: playledger review --kind sfa"
        yield ActionItem("warning", "Uncertain SFA matches", counts.pages, advice, "/pages")
