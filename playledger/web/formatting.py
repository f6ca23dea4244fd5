"""Values as text for people: numbers, money, dates, times, names of the ledger as words.

a value of the ledger, the kind of its column ──► text of a cell, on a page or in a CSV file
"""

from datetime import UTC, date, datetime
from decimal import Decimal

import humanize

DASH = "–"
ACRONYMS = {"sfa": "SFA", "url": "URL", "json": "JSON"}
# A spreadsheet takes text that begins so for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def number(value: float | Decimal | None) -> str:
    """A whole number with commas."""
    return DASH if value is None else f"{value:,.0f}"


def money(value: Decimal | None) -> str:
    """US dollars, with cents."""
    return DASH if value is None else f"${value:,.2f}".replace("$-", "-$")


def day(value: date | None) -> str:
    """`7 Dec 2025`."""
    return DASH if value is None else f"{value.day} {value:%b %Y}"


def ago(value: datetime | None, now: datetime | None = None) -> str:
    """`2 hours ago`; a time without a zone is UTC, as scrapes write it."""
    if value is None:
        return "never"
    return humanize.naturaltime(_in_utc(now or datetime.now(UTC)) - _in_utc(value))


def exact(value: datetime | None) -> str:
    """`7 Dec 2025 16:42 UTC`; a time of the export has no zone, and is shown without one."""
    if value is None:
        return DASH
    if value.tzinfo is None:
        return f"{day(value)} {value:%H:%M}"
    return f"{day(_in_utc(value))} {_in_utc(value):%H:%M} UTC"


def percent(part: float | None, whole: float | None) -> str:
    """`43 %`; a dash without a whole."""
    if part is None or not whole:
        return DASH
    return f"{100 * float(part) / float(whole):,.0f} %"


def as_words(name: str | None) -> str:
    """A name of the ledger as words: `no_sfa_url` → `no SFA URL`."""
    return " ".join(
        ACRONYMS.get(word, word) for word in (name or DASH).replace("_", " ").split(" ")
    )


def as_title(name: str) -> str:
    """The same with a capital: `No SFA URL`."""
    words = as_words(name)
    return f"{words[:1].upper()}{words[1:]}"


def figure(value: int | Decimal | None) -> str:
    """A figure of the account: commas, and all its digits; nothing for None."""
    return "" if value is None else f"{value:,}"


def csv_cell(value: object) -> str:
    """A value as a cell of a CSV file; text that a spreadsheet would run gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA_STARTS):
        return f"'{value}"
    return str(value)


def _in_utc(value: datetime) -> datetime:
    return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
