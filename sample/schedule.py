"""Where rows stand in the export, and what time does to a campaign.

    seed ──► arrange_block() ──► Slot          the rows of a block, which song each is for
    status, goal ──► progress() ──► Progress   streams still to come, a day, a week

The arrangement is the same in every block, so the row of a song is arithmetic, not memory.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from sample.seeded_random import dice

SONGS_IN_BLOCK = 60
RUNS_IN_BLOCK = [1] * 51 + [2] * 8 + [3]  # rows of each song: one for each vendor
ROWS_IN_BLOCK = sum(RUNS_IN_BLOCK)
LATER_RUNS_IN_BLOCK = 2  # songs whose second row stands elsewhere: ordered again, at another time

ROWS_IN_SPAN = 600  # so many rows go back from the newest day to the oldest
NEWEST_DAY, DAYS_IN_SPAN = date(2025, 12, 7), 725
EXPORTED_AT = datetime(2025, 10, 16, 16, 42)
WEEK, DAY = timedelta(days=7), timedelta(days=1)
FRIDAY = 4  # the day on which music comes out


@dataclass(frozen=True, slots=True)
class Slot:
    """One row of a block."""

    song: int  # of the block's songs
    run: int  # the row of the block where this order of the song begins
    repeat: int  # how many rows of the song stand above


@dataclass(frozen=True, slots=True)
class Progress:
    """Streams still to come (below 0 when more came than were sold), and their recent pace."""

    remaining: int | None = None
    daily: int | None = None
    weekly: int | None = None


def arrange_block(seed: int) -> tuple[Slot, ...]:
    """Return the rows of every block of this seed."""
    chance = dice(seed, "block")
    runs = [[song] * rows for song, rows in enumerate(RUNS_IN_BLOCK)]
    pairs = [song for song, run in enumerate(runs) if len(run) == 2]
    for song in chance.sample(pairs, LATER_RUNS_IN_BLOCK):
        runs[song] = [song]
        runs.append([song])
    chance.shuffle(runs)
    slots: list[Slot] = []
    seen: Counter[int] = Counter()
    for run in runs:
        start = len(slots)
        for song in run:
            slots.append(Slot(song, start, seen[song]))
            seen[song] += 1
    return tuple(slots)


def progress(status: str, goal: int, chance: Random) -> Progress:
    """Return how far a campaign of this status has come."""
    if status.startswith("Complete"):
        over = -int(goal * chance.expovariate(12) / 10) * 10
        daily = int(chance.random() ** 3 * 400)
        return Progress(
            over if chance.random() < 0.82 else int(chance.random() * 900), daily, daily * 6
        )
    if status == "Cancelled":
        return Progress(goal, 0, 0)
    if status != "Active" or chance.random() < 0.17:
        return Progress()
    daily = int(goal * chance.random() ** 3 / 20) if chance.random() < 0.85 else 0
    return Progress(int(goal * chance.random()), daily, daily * 7 - int(chance.random() * 7))


def streams_came(was: Progress, days: int, chance: Random) -> Progress:
    """Return how far a running campaign is after some days more; without a pace it stands still."""
    if was.remaining is None or not was.daily:
        return was
    came = max(1, int(was.daily * days * (0.6 + 0.7 * chance.random())))
    daily = int(was.daily * (0.6 + 0.7 * chance.random()))
    return Progress(was.remaining - came, daily, daily * 7)


def start_day(row: int, is_friday: bool) -> date:
    """Return when the order that begins in this row starts: so long ago, or the Friday before."""
    day = NEWEST_DAY - timedelta(days=row % ROWS_IN_SPAN * DAYS_IN_SPAN // ROWS_IN_SPAN)
    if is_friday:
        day -= timedelta(days=(day.weekday() - FRIDAY) % 7)
    return day


def modified_at(start: date, chance: Random) -> datetime:
    """Return when the row was last changed, to the minute, before the export was made."""
    changed = datetime.combine(start, time()) + timedelta(
        minutes=int(chance.random() * 90 * 24 * 60)
    )
    if changed < EXPORTED_AT:
        return changed
    return EXPORTED_AT - timedelta(minutes=int(chance.random() * 3000))


def modified_within(moment: datetime, span: timedelta, chance: Random) -> datetime:
    """Return a minute of the span that follows that moment."""
    return moment + timedelta(minutes=1 + int(chance.random() * (span // timedelta(minutes=1))))
