"""One value of a plan as a cell of its page: short, readable, the whole kept for a closer look.

value as PostgreSQL writes it in JSON ──► cell(), differing() ──► Cell
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import orjson

LONGEST = 160  # letters of a value
BEFORE = 40  # letters in front of the first one that differs
HASH = re.compile("[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}")
# Controls, marks of direction and blanks without width; line ends and joiners of emoji are none.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
ODD_BLANKS = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
OF_HASH = 10  # letters of one that are shown

Names = dict[tuple[str, str], str]  # what a row is called, by key column and value


@dataclass(frozen=True, slots=True)
class Cell:
    """A value's text; `whole` when the text was shortened, `is_empty` when there is no value."""

    text: str
    whole: str = ""
    is_empty: bool = False


def is_empty(value: object) -> bool:
    """Whether there is no value, or one that says nothing."""
    return value is None or value == "" or value == [] or value == {}


def is_hash(value: object) -> bool:
    """Whether a value is a hash, which says nothing to people."""
    return isinstance(value, str) and bool(HASH.fullmatch(value))


def cell(column: str, value: object, known: Names) -> Cell:
    """A value by itself."""
    text = _seen(_written(column, value, known))
    if is_hash(text):
        return Cell(f"{text[:OF_HASH]}…", whole=text)
    return _cut(text, 0, is_empty=is_empty(value))


def differing(column: str, now: object, then: object, known: Names) -> tuple[Cell, Cell]:
    """Two values of one column; where one is long, from a little before they part."""
    one, other = (_seen(_written(column, value, known)) for value in (now, then))
    if ODD_BLANKS.sub(" ", one) == ODD_BLANKS.sub(" ", other):
        one, other = (ODD_BLANKS.sub(_named, text) for text in (one, other))
    start = 0
    if max(len(one), len(other)) > LONGEST:
        start = max(0, _alike(one, other) - BEFORE)
    return (
        _cut(one, start, is_empty=is_empty(now)),
        _cut(other, start, is_empty=is_empty(then)),
    )


def in_key(key: dict[str, object], known: Names) -> str:
    """A key in words: `campaign_id 12`, or what the row that it points at is called."""
    return ", ".join(
        known.get((column, str(value)), f"{column} {cell(column, value, {}).text}")
        for column, value in key.items()
    )


def _alike(one: str, other: str) -> int:
    """How many letters two texts have in common from their beginning on."""
    pairs = zip(one, other, strict=False)
    return next((nth for nth, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _cut(text: str, start: int, *, is_empty: bool) -> Cell:
    start = min(start, max(0, len(text) - BEFORE))
    end = start + LONGEST
    if start == 0 and end >= len(text):
        return Cell(text, is_empty=is_empty)
    return Cell(
        f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}", whole=text
    )


def _seen(text: str) -> str:
    """A text whose unseen letters are seen: they turn others round, or make two names of one."""
    return UNSEEN.sub(_named, text)


def _named(found: re.Match[str]) -> str:
    return f"⟨U+{ord(found[0]):04X}⟩"


def _written(column: str, value: object, known: Names) -> str:
    if is_empty(value):
        return "empty"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name := known.get((column, str(value))):
        return f"{name} ({value})"
    if isinstance(value, int):
        return str(value) if column.endswith("_id") else f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.2f}" if round(value, 2) == value else f"{value:,}"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return orjson.dumps(value).decode()
    return str(value)
