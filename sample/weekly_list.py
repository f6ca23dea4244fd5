"""The agency's list week after week: new campaigns on top, and edits of rows in their place.

    Catalogue, number of campaigns ──► WeeklyList ──► advance() ──► the rows of the next export

Every week 8 campaigns for 653 are new and 15% of the rows are edited, open campaigns more often
than others. A week's streams count as an edit here, one that leaves Last Modified as it was. The
rows of one order are edited one by one, so that a long history also has orders that fell apart.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from random import Random

from sample.catalogue import Campaign, Catalogue
from sample.claims import make_claims
from sample.edits import EDITS, REMARKS
from sample.new_campaigns import another_vendor_of_order, later_order, new_song
from sample.schedule import (
    EXPORTED_AT,
    ROWS_IN_BLOCK,
    WEEK,
    advance_progress,
    modified_within,
    progress,
)
from sample.seeded_random import rng_for

NEW_ROWS, COUNTED_ROWS = 8, 653  # new campaigns in a week, for each so many of the first export
SHARE_EDITED = 0.15
OPEN_STATUSES = ("Active", "Unreleased", "Pending", "Paused")
WEIGHT_OF_OPEN = 4  # an open campaign is edited so many times as often
NEW_KINDS = {"new song": 6, "another vendor": 1, "later order": 1}
LAST_VENDORS = 4  # an order with so many gets no other
EDIT_KINDS = {
    "remaining": 34, "status": 24, "notes": 20, "playlists": 12, "start date": 5, "url": 2,
    "client": 1, "vendor": 1, "name": 1,
}  # fmt: skip


class WeeklyList:
    """The rows of one export, and how they become those of the next."""

    def __init__(self, catalogue: Catalogue, campaigns: int) -> None:
        self._catalogue, self._first = catalogue, campaigns
        self._next = -(-campaigns // ROWS_IN_BLOCK) * ROWS_IN_BLOCK
        self.rows = [catalogue.campaign(number) for number in range(campaigns)]
        self.week, self.exported_at = 1, EXPORTED_AT

    @property
    def new_rows(self) -> int:
        """How many campaigns a week brings, at least one."""
        return max(1, round(NEW_ROWS * self._first / COUNTED_ROWS))

    def advance(self) -> list[Campaign]:
        """Make the rows a week older; returns the new ones, which are on top."""
        rng = rng_for(self._catalogue.seed, "weeks", self.week)
        for place in self._edited(rng):
            self.rows[place] = edit_row(self.rows[place], self._catalogue, rng, self.exported_at)
        new = [self._new(rng) for _ in range(self.new_rows)]
        self.rows = new + self.rows
        self.week, self.exported_at = self.week + 1, self.exported_at + WEEK
        return new

    def _edited(self, rng: Random) -> list[int]:
        """The places of the rows that are edited, drawn with weights."""
        draws = {
            place: rng.random() ** (1 / (WEIGHT_OF_OPEN if row.status in OPEN_STATUSES else 1))
            for place, row in enumerate(self.rows)
        }
        ranked = sorted(draws, key=lambda place: -draws[place])
        return sorted(ranked[: round(SHARE_EDITED * len(ranked))])

    def _new(self, rng: Random) -> Campaign:
        kind = rng.choices(list(NEW_KINDS), list(NEW_KINDS.values()))[0]
        number, since = self._next, self.exported_at
        self._next += 1
        base = rng.choice(self.rows)
        same_song = [row for row in self.rows if row.song.number == base.song.number]
        if kind == "another vendor" and len({row.vendor for row in same_song}) < LAST_VENDORS:
            return another_vendor_of_order(self._catalogue, number, base, same_song, since)
        if kind == "later order":
            return later_order(self._catalogue, number, base, same_song, since)
        return new_song(self._catalogue, number, lambda _: base, since)


def edit_row(before: Campaign, catalogue: Catalogue, rng: Random, since: datetime) -> Campaign:
    """Return the campaign after one edit, of a kind drawn by its frequency, which changes it.

    It is made in the week that follows `since`.
    """
    kind = rng.choices(list(EDIT_KINDS), list(EDIT_KINDS.values()))[0]
    if kind == "remaining" and before.status == "Active":
        after = _streamed(before, rng)
        if after.progress != before.progress:
            return after
    after = WEEKLY_EDITS.get(kind, _note)(before, catalogue, rng)
    if after == before:
        after = _note(before, catalogue, rng)
    return replace(after, modified=modified_within(since, WEEK, rng))


def _streamed(before: Campaign, rng: Random) -> Campaign:
    """The campaign after a week of streams; Last Modified stays."""
    started = before.progress
    if not started.daily:
        started = progress("Active", before.goal or 0, rng)
    return replace(before, progress=advance_progress(started, WEEK.days, rng))


def _note(before: Campaign, catalogue: Catalogue, rng: Random) -> Campaign:
    words = " ".join(rng.choices(catalogue.names.words, k=3))
    return replace(before, remark=f"{rng.choice(list(REMARKS.values()))} {words.capitalize()}.")


def _playlists(before: Campaign, catalogue: Catalogue, rng: Random) -> Campaign:
    """Add playlists, which a vendor reports."""
    named = {claim.playlist for claim in before.claims}
    added = make_claims(1 + int(rng.random() * 3), "", before.vendor or 0, rng)
    claims = tuple(claim for claim in added if claim.playlist not in named)
    return replace(before, claims=before.claims + claims)


WEEKLY_EDITS: dict[str, Callable[[Campaign, Catalogue, Random], Campaign]] = {
    **EDITS,
    "notes": _note,
    "playlists": _playlists,
}
