"""Problems by reason, each with a few samples and what to do about it, for the report.

ledger_quality ──► find_issues(), find_rejects() ──┐
PLAYLEDGER_HOME/scrape ──► find_failed_scrapes() ──┴──► Problem ...
"""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from playledger.web.ledger_reader import Reader, Row

log = logging.getLogger(__name__)
SAMPLES = 3  # of each problem
SAMPLE_LENGTH = 160  # letters
ISSUES = """
    select
        issues.severity, issues.reason, issues.suggestion as advice, issues.source_file,
        issues.source_row, issues.place, issues.column_name, campaigns.name as campaign,
        issues.issue_id, left(issues.raw_value, %(length)s) as text
    from {quality}.data_issues as issues
    left join {ledger}.campaigns as campaigns on issues.campaign_id = campaigns.campaign_id
    where issues.is_known is not true
"""
REJECTS = """
    select
        'warning' as severity, reason, '' as advice, source_file,
        source_row, place, null as column_name, null as campaign,
        record_id, loaded_at, left(raw_text, %(length)s) as text
    from {quality}.rejected_records
"""
BY_REASON = """
    with numbered as (
        select
            *,
            count(*) over (partition by severity, reason) as total,
            row_number() over (partition by severity, reason order by {order}) as nth
        from ({problems}) as problems
    )

    select * from numbered
    where nth <= %(samples)s
    order by array_position(array['error', 'warning', 'info'], severity), total desc, reason, nth
"""


@dataclass(frozen=True, slots=True)
class Problem:
    """Issues, rejected records or failed scrapes of one reason; `severity` is as in data_issues.

    `samples` are (where it is, what stands there).
    """

    severity: str
    reason: str
    count: int
    advice: str
    samples: list[tuple[str, str]]


def find_issues(reader: Reader) -> list[Problem]:
    """The issues by reason, the most severe first."""
    return _by_reason(reader, ISSUES, "source_file, source_row, issue_id")


def find_rejects(reader: Reader) -> list[Problem]:
    """The rejected records by reason, the most frequent first."""
    return _by_reason(reader, REJECTS, "loaded_at desc, source_file, source_row, record_id")


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
                (str(each["label"]), str(each["detail"])[:SAMPLE_LENGTH])
                for each in cause["failures"][:SAMPLES]
            ]
            yield Problem("error", cause["cause"], cause["count"], cause["advice"], samples)
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("%s is not a whole report of this version: %r", path, error)


def _by_reason(reader: Reader, problems: str, order: str) -> list[Problem]:
    query = BY_REASON.replace("{problems}", problems).replace("{order}", order)
    rows = reader.stream(query, {"length": SAMPLE_LENGTH, "samples": SAMPLES})
    found = []
    for (severity, reason), group in groupby(rows, lambda row: (row.severity, row.reason)):
        first, *others = group
        samples = [(_place(row), row.text or "") for row in (first, *others)]
        found.append(Problem(severity, reason, first.total, first.advice or "", samples))
    return found


def _place(row: Row) -> str:
    """Campaign and column where they are known, then the file and the place in it."""
    place = f"row {row.source_row:,}" if row.source_row is not None else row.place
    return ", ".join(filter(None, (row.campaign, row.column_name, row.source_file, place)))
