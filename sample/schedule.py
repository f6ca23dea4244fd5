"""The order of the export's rows, and a campaign's dates and progress.

    seed ──► arrange_block() ──► Slot          the song of each row of a block
    status, goal ──► progress() ──► Progress   streams remaining, per day, per week

Every block has the same arrangement, so the row of a song is computed, not stored.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from sample.seeded_random import rng_for

SONGS_IN_BLOCK = 60
RUNS_IN_BLOCK = [1] * 51 + [2] * 8 + [3]  # rows per song, one for each of its vendors
ROWS_IN_BLOCK = sum(RUNS_IN_BLOCK)
LATER_RUNS_IN_BLOCK = 2  # songs ordered a second time, whose second row stands elsewhere

ROWS_IN_SPAN = 600  # rows from the newest start day to the oldest, then it starts again
NEWEST_DAY, DAYS_IN_SPAN = date(2025, 12, 7), 725
EXPORTED_AT = datetime(2025, 10, 16, 16, 42)
WEEK, DAY = timedelta(days=7), timedelta(days=1)
FRIDAY = 4  # datetime.weekday() of the day on which music is released


@dataclass(frozen=True, slots=True)
class Slot:
    """One row of a block."""

    song: int  # its number within the block
    run: int  # the row of the block where this order of the song begins
    repeat: int  # rows of the same song above this one


@dataclass(frozen=True, slots=True)
class Progress:
    """Streams remaining (negative when more were delivered than sold), per day and per week."""

    remaining: int | None = None
    daily: int | None = None
    weekly: int | None = None


def arrange_block(seed: int) -> tuple[Slot, ...]:
    """Return the rows of every block of this seed."""
    rng = rng_for(seed, "block")
    runs = [[song] * rows for song, rows in enumerate(RUNS_IN_BLOCK)]
    pairs = [song for song, run in enumerate(runs) if len(run) == 2]
    for song in rng.sample(pairs, LATER_RUNS_IN_BLOCK):
        runs[song] = [song]
        runs.append([song])
    rng.shuffle(runs)
    slots: list[Slot] = []
    seen: Counter[int] = Counter()
    for run in runs:
        start = len(slots)
        for song in run:
            slots.append(Slot(song, start, seen[song]))
            seen[song] += 1
    return tuple(slots)


def progress(status: str, goal: int, rng: Random) -> Progress:
    """Return the progress of a campaign with this status and goal (in streams)."""
    if status.startswith("Complete"):
        over = -int(goal * rng.expovariate(12) / 10) * 10
        daily = int(rng.random() ** 3 * 400)
        return Progress(over if rng.random() < 0.82 else int(rng.random() * 900), daily, daily * 6)
    if status == "Cancelled":
        return Progress(goal, 0, 0)
    if status != "Active" or rng.random() < 0.17:
        return Progress()
    daily = int(goal * rng.random() ** 3 / 20) if rng.random() < 0.85 else 0
    return Progress(int(goal * rng.random()), daily, daily * 7 - int(rng.random() * 7))


def advance_progress(before: Progress, days: int, rng: Random) -> Progress:
    """Return the progress some days later; unchanged where no daily streams are known."""
    if before.remaining is None or not before.daily:
        return before
    delivered = max(1, int(before.daily * days * (0.6 + 0.7 * rng.random())))
    daily = int(before.daily * (0.6 + 0.7 * rng.random()))
    return Progress(before.remaining - delivered, daily, daily * 7)


def start_day(row: int, is_friday: bool) -> date:
    """Return the start day of the order that begins in this row, or the Friday before it."""
    day = NEWEST_DAY - timedelta(days=row % ROWS_IN_SPAN * DAYS_IN_SPAN // ROWS_IN_SPAN)
    if is_friday:
        day -= timedelta(days=(day.weekday() - FRIDAY) % 7)
    return day


def modified_at(start: date, rng: Random) -> datetime:
    """Return when the row was last changed: to the minute, and before `EXPORTED_AT`."""
    changed = datetime.combine(start, time()) + timedelta(minutes=int(rng.random() * 90 * 24 * 60))
    if changed < EXPORTED_AT:
        return changed
    return EXPORTED_AT - timedelta(minutes=int(rng.random() * 3000))


def modified_within(moment: datetime, span: timedelta, rng: Random) -> datetime:
    """Return a minute within the span that follows a moment."""
    return moment + timedelta(minutes=1 + int(rng.random() * (span // timedelta(minutes=1))))
