"""How values are written for people: numbers, money, dates, times in the viewer's words.

a value of the ledger, the kind of its column ──► text for a cell, or for a file
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import humanize

from loaders.text import plural as plural

NOTHING = "–"
LARGE = {"sfa": "SFA", "url": "URL", "json": "JSON"}
# A spreadsheet runs what begins so.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def number(value: float | Decimal | None) -> str:
    """A whole number with commas."""
    return NOTHING if value is None else f"{value:,.0f}"


def money(value: Decimal | None) -> str:
    """US dollars, with cents."""
    return NOTHING if value is None else f"${value:,.2f}".replace("$-", "-$")


def day(value: date | None) -> str:
    """`7 Dec 2025`."""
    return NOTHING if value is None else f"{value.day} {value:%b %Y}"


def ago(value: datetime | None, now: datetime | None = None) -> str:
    """`2 hours ago`; a time without a zone is taken as UTC, as scrapes write it."""
    if value is None:
        return "never"
    return humanize.naturaltime(_in_utc(now or datetime.now(UTC)) - _in_utc(value))


def exact(value: datetime | None) -> str:
    """`7 Dec 2025 16:42 UTC`; a time that the list holds has no zone, and gets none."""
    if value is None:
        return NOTHING
    if value.tzinfo is None:
        return f"{day(value)} {value:%H:%M}"
    return f"{day(_in_utc(value))} {_in_utc(value):%H:%M} UTC"


def percent(part: float | None, whole: float | None) -> str:
    """`43 %`; a dash without a whole."""
    if part is None or not whole:
        return NOTHING
    return f"{100 * float(part) / float(whole):,.0f} %"


def spoken(value: str | None) -> str:
    """A name of the ledger as words: `not_sent` → `not sent`."""
    return (value or NOTHING).replace("_", " ")


def named(name: str) -> str:
    """A reason as words, with what is written large: `no_sfa_url` → `no SFA URL`."""
    return " ".join(LARGE.get(word, word) for word in name.split("_"))


def titled(name: str) -> str:
    """The same as the beginning of a sentence: `No SFA URL`."""
    said = named(name)
    return f"{said[:1].upper()}{said[1:]}"


def plain(value: int | Decimal | None) -> str:
    """A figure of the account: commas, and the digits that it has; nothing for None."""
    return "" if value is None else f"{value:,}"


def in_file(value: object) -> str:
    """A value as a cell of a CSV file; text that a spreadsheet would run gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    if isinstance(value, str) and value.lstrip(" ").startswith(DANGEROUS):
        return f"'{value}"
    return str(value)


def _in_utc(value: datetime) -> datetime:
    return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
