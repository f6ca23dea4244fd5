"""Problems by reason, each with a few samples and what to do about it, for the report.

ledger_quality ──► find_issues(), find_rejects() ──┐
PLAYLEDGER_HOME/scrape ──► find_failed_scrapes() ──┴──► Problem ...
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from playledger.web.ledger_reader import Reader

log = logging.getLogger(__name__)
SAMPLES = 3  # of each problem
SAMPLE_LENGTH = 160  # letters
LIMITS = {"length": SAMPLE_LENGTH, "samples": SAMPLES}
ISSUES = """
    with numbered as (
        select
            issues.severity, issues.reason, issues.suggestion, issues.source_file,
            issues.source_row, issues.place, issues.column_name, campaigns.name as campaign,
            left(issues.raw_value, %(length)s) as text,
            count(*) over (partition by issues.severity, issues.reason) as total,
            row_number() over (
                partition by issues.severity, issues.reason
                order by issues.source_file, issues.source_row, issues.issue_id
            ) as nth
        from {quality}.data_issues as issues
        left join {ledger}.campaigns as campaigns on issues.campaign_id = campaigns.campaign_id
    )

    select * from numbered
    where nth <= %(samples)s
    order by array_position(array['error', 'warning', 'info'], severity), total desc, reason, nth
"""
REJECTS = """
    with numbered as (
        select
            reason, source_file, source_row, place, left(raw_text, %(length)s) as text,
            count(*) over (partition by reason) as total,
            row_number() over (
                partition by reason order by loaded_at desc, source_file, source_row, record_id
            ) as nth
        from {quality}.rejected_records
    )

    select * from numbered
    where nth <= %(samples)s
    order by total desc, reason, nth
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """One of them: where it is, and what stands there."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Issues, rejected records or failed scrapes of one reason; `severity` is as in data_issues."""

    severity: str
    reason: str
    count: int
    advice: str
    samples: list[Sample] = field(default_factory=list)


def find_issues(reader: Reader) -> list[Problem]:
    """The issues by reason, the most severe first."""
    found = groupby(reader.stream(ISSUES, LIMITS), lambda row: (row.severity, row.reason))
    problems = []
    for (severity, reason), group in found:
        rows = list(group)
        samples = [
            Sample(_place(row, row.campaign, row.column_name), row.text or "") for row in rows
        ]
        advice = rows[0].suggestion or ""
        problems.append(Problem(severity, reason, rows[0].total, advice, samples))
    return problems


def find_rejects(reader: Reader) -> list[Problem]:
    """The rejected records by reason, the most frequent first."""
    problems = []
    for reason, group in groupby(reader.stream(REJECTS, LIMITS), lambda row: row.reason):
        rows = list(group)
        samples = [Sample(_place(row), row.text or "") for row in rows]
        problems.append(Problem("warning", reason, rows[0].total, "", samples))
    return problems


def find_failed_scrapes(home: Path) -> list[Problem]:
    """What the last scrape of each kind failed to read, by cause, from its own report."""
    found = []
    for kind in ("sfa", "streams"):
        reports = sorted((home / "scrape" / kind).glob("*/report.json"))
        found += _failures(reports[-1]) if reports else ()
    return found


def _failures(path: Path) -> Iterator[Problem]:
    try:
        report = json.loads(path.read_bytes())
        for cause in report["causes"]:
            samples = [
                Sample(str(each["label"]), str(each["detail"])[:SAMPLE_LENGTH])
                for each in cause["failures"][:SAMPLES]
            ]
            yield Problem("error", cause["cause"], cause["count"], cause["advice"], samples)
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("%s is not a whole report of this version: %r", path, error)


def _place(row: object, *first: str | None) -> str:
    """Campaign and column where they are known, then the file and the place in it."""
    place = f"row {row.source_row:,}" if row.source_row is not None else row.place
    return ", ".join(str(each) for each in (*first, row.source_file, place) if each)
