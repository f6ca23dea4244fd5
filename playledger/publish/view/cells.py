"""One value of a plan as a cell of its page: short and readable, with the full text beside it.

value as PostgreSQL writes it in JSON ──► cell(), changed_cells() ──► Cell
"""

import re
from dataclasses import dataclass
from os.path import commonprefix

import orjson

LONGEST = 160  # characters of a value
CONTEXT = 40  # characters before the first one that differs
HASH = re.compile("[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}")
HASH_SHOWN = 10  # characters
# Controls, bidirectional marks and zero-width blanks; line ends and joiners of emoji are not.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
UNUSUAL_BLANKS = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")

Names = dict[tuple[str, str], str]  # (key column, value) → name of the row


@dataclass(frozen=True, slots=True)
class Cell:
    """A value's text, and all of it in `full` when it was shortened."""

    text: str
    full: str = ""
    is_empty: bool = False


def is_empty(value: object) -> bool:
    """Whether a value is null or holds nothing."""
    return value is None or value == "" or value == [] or value == {}


def is_hash(value: object) -> bool:
    """Whether a value looks like a hash, which tells people nothing."""
    return isinstance(value, str) and bool(HASH.fullmatch(value))


def cell(column: str, value: object, names: Names) -> Cell:
    """A value by itself."""
    text = _visible(_as_text(column, value, names))
    if is_hash(text):
        return Cell(f"{text[:HASH_SHOWN]}…", full=text)
    return _excerpt(text, 0, is_empty=is_empty(value))


def changed_cells(column: str, before: object, after: object, names: Names) -> tuple[Cell, Cell]:
    """Two values of one column; where one is long, from shortly before the first difference."""
    old, new = (_visible(_as_text(column, value, names)) for value in (before, after))
    if UNUSUAL_BLANKS.sub(" ", old) == UNUSUAL_BLANKS.sub(" ", new):
        old, new = (UNUSUAL_BLANKS.sub(_code_point, text) for text in (old, new))
    start = 0
    if max(len(old), len(new)) > LONGEST:
        common = len(commonprefix((old, new)))  # noqa: RUF071  # of characters, as it is meant
        start = max(0, common - CONTEXT)
    return (
        _excerpt(old, start, is_empty=is_empty(before)),
        _excerpt(new, start, is_empty=is_empty(after)),
    )


def key_text(key: dict[str, object], names: Names) -> str:
    """A key in words: `campaign_id 12`, or the name of the row that it references."""
    return ", ".join(
        names.get((column, str(value)), f"{column} {cell(column, value, {}).text}")
        for column, value in key.items()
    )


def _excerpt(text: str, start: int, *, is_empty: bool) -> Cell:
    start = min(start, max(0, len(text) - CONTEXT))
    end = start + LONGEST
    if start == 0 and end >= len(text):
        return Cell(text, is_empty=is_empty)
    return Cell(
        f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}", full=text
    )


def _visible(text: str) -> str:
    """A text with its invisible characters spelled out: they can reverse it or disguise a name."""
    return INVISIBLE.sub(_code_point, text)


def _code_point(found: re.Match[str]) -> str:
    return f"⟨U+{ord(found[0]):04X}⟩"


def _as_text(column: str, value: object, names: Names) -> str:
    if is_empty(value):
        return "empty"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name := names.get((column, str(value))):
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
