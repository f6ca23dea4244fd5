"""What went wrong, by cause, each with some samples and what to do about it.

ledger_quality ──► doubts(), rejects() ─┐
PLAYLEDGER_HOME/scrape ──► failures() ──┴──► Cause ..., for the report
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playledger.web.ledger_reader import Reader

SAMPLES = 3  # of each cause
LETTERS = 160  # of what a sample holds
DOUBTS = """
    with numbered as (
        select
            doubts.severity, doubts.reason, doubts.suggestion, doubts.source_file,
            doubts.source_row, doubts.place, doubts.column_name, campaigns.name as campaign,
            left(doubts.raw_value, %(letters)s) as held,
            count(*) over (partition by doubts.severity, doubts.reason) as total,
            row_number() over (
                partition by doubts.severity, doubts.reason
                order by doubts.source_file, doubts.source_row, doubts.issue_id
            ) as nth
        from {quality}.data_issues as doubts
        left join {ledger}.campaigns as campaigns on doubts.campaign_id = campaigns.campaign_id
    )

    select * from numbered
    where nth <= %(samples)s
    order by array_position(array['error', 'warning', 'info'], severity), total desc, reason, nth
"""
REJECTS = """
    with numbered as (
        select
            reason, source_file, source_row, place, left(raw_text, %(letters)s) as held,
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
    """One of those: where it is, and what it holds."""

    where: str
    held: str


@dataclass(frozen=True, slots=True)
class Cause:
    """All of one cause: `severity` is a word of the style sheet's."""

    severity: str
    name: str
    count: int
    advice: str
    samples: list[Sample] = field(default_factory=list)


def doubts(reader: Reader) -> list[Cause]:
    """The doubts by reason, the gravest first."""
    values = {"letters": LETTERS, "samples": SAMPLES}
    found = groupby(reader.stream(DOUBTS, values), lambda row: (row.severity, row.reason))
    causes = []
    for (severity, reason), rows in found:
        held = list(rows)
        samples = [
            Sample(_where(row, row.campaign, row.column_name), row.held or "") for row in held
        ]
        causes.append(Cause(severity, reason, held[0].total, held[0].suggestion or "", samples))
    return causes


def rejects(reader: Reader) -> list[Cause]:
    """The records that became no data, by reason, the most frequent first."""
    values = {"letters": LETTERS, "samples": SAMPLES}
    causes = []
    for reason, rows in groupby(reader.stream(REJECTS, values), lambda row: row.reason):
        held = list(rows)
        samples = [Sample(_where(row), row.held or "") for row in held]
        causes.append(Cause("warning", reason, held[0].total, "", samples))
    return causes


def failures(home: Path) -> list[Cause]:
    """What the last scrape of each kind could not read, by cause, as its own report has it."""
    found = []
    for kind in ("sfa", "streams"):
        reports = sorted((home / "scrape" / kind).glob("*/report.json"))
        found += _failures(reports[-1]) if reports else ()
    return found


def _failures(path: Path) -> Iterator[Cause]:
    try:
        report = json.loads(path.read_bytes())
        for cause in report["causes"]:
            samples = [
                Sample(str(each["label"]), str(each["detail"])[:LETTERS])
                for each in cause["failures"][:SAMPLES]
            ]
            yield Cause("error", cause["cause"], cause["count"], cause["advice"], samples)
    except (OSError, ValueError, KeyError, TypeError):
        return  # a report that was cut off, or of another version


def _where(row: object, *first: str | None) -> str:
    """Campaign and column where they are known, then the file and the place in it."""
    place = f"row {row.source_row:,}" if row.source_row is not None else row.place
    return ", ".join(str(each) for each in (*first, row.source_file, place) if each)
