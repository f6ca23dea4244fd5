"""A row, window or file that did not become data, and text as PostgreSQL can hold it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RejectedRecord:
    """What was rejected, why, and where a person finds it.

    `place` is `row 12`, `window 28day` or `file`; `source_row` counts as a spreadsheet does, the
    header being row 1.
    """

    reason: str
    place: str
    raw_text: str
    source_row: int | None = None

    def as_row(self) -> tuple[object, ...]:
        """The columns of `rejected_records` after the origin."""
        return (self.source_row, self.place, self.reason, postgres_text(self.raw_text))


def postgres_text(text: str) -> str:
    """Text without what PostgreSQL refuses: NUL becomes `\\x00`, a stray byte `\\x9d`."""
    escaped = text.replace("\x00", "\\x00")
    return escaped.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
