"""Numbers as pages show them, in any language's grouping: `78,360`, `78.360`, `78 360`."""

from __future__ import annotations

import re

GAP = r"[.,\s'’٬]"
COUNT = re.compile(rf"\D*?(\d{{1,3}}(?:{GAP}\d{{2,3}})*{GAP}\d{{3}}|\d+)\s*")


def read_count(text: str) -> int | None:
    """A whole number, with words in front or without; None for anything else (`1.2M`, `12 %`)."""
    found = COUNT.fullmatch(text)
    return int(re.sub(GAP, "", found.group(1))) if found else None


def write_count(number: int) -> str:
    """A number as files of scrapes hold it."""
    return f"{number:,}"
