"""Pieces of English that messages share: a count with its noun, a span of time, a first line."""

HOURS_IN_DAYS = 48  # from here on a span is given in days


def plural(count: int, one: str, many: str | None = None) -> str:
    """`1 campaign`, `2,000 campaigns`; `many` is for a plural that is not `one` with an s."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def duration(seconds: float) -> str:
    """A span of time, short: `40 s`, `12 min`, `3 h 05 min`, `2 days`."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    if hours >= HOURS_IN_DAYS:
        return f"{hours // 24} days"
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min"


def first_line(message: object) -> str:
    """The first line of a message; of an error without one, the name of its class."""
    line = str(message).strip().partition("\n")[0]
    return line or (type(message).__name__ if isinstance(message, BaseException) else "")
