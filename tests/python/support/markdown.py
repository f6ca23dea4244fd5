"""The tables, code words and headings of a Markdown page, for tests that hold it to the code."""

import re
from dataclasses import dataclass
from pathlib import Path

CELL_BORDER = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Table:
    """One table: the numbered section that it stands in, its header, and its rows by header."""

    section: str
    header: tuple[str, ...]
    rows: tuple[dict[str, str], ...]


def headings(page: Path) -> list[str]:
    """The headings of a page, without their marks."""
    return [line.lstrip("# ").rstrip() for line in _lines(page) if line.startswith("#")]


def tables(page: Path) -> list[Table]:
    """The tables of a page, in its order."""
    found: list[Table] = []
    section, block = "", []
    for line in [*_lines(page), ""]:
        if line.startswith("|"):
            block.append([cell.strip() for cell in CELL_BORDER.split(line)[1:-1]])
            continue
        if block:
            header, _, *rows = block
            found.append(
                Table(
                    section,
                    tuple(header),
                    tuple(dict(zip(header, row, strict=True)) for row in rows),
                )
            )
            block = []
        if line.startswith("#"):
            section = line.lstrip("# ").rstrip()
    return found


def code_words(text: str) -> list[str]:
    """What stands in backticks."""
    return re.findall(r"`([^`]+)`", text)


def _lines(page: Path) -> list[str]:
    """The lines of a page outside of fenced code."""
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    return text.splitlines()
