"""The campaigns that a week brings: new songs, another vendor for an order, a song ordered again.

    Catalogue, lots, known campaigns ──► newcomers() ──► Newcomer, ...

New songs come from the catalogue's next block, so none is in the first export; most are for its
clients. What joins a known campaign has its name and link as they are after the week.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from sample.catalogue import Campaign, Catalogue
from sample.edits import another_vendor
from sample.schedule import (
    EXPORTED_AT,
    FRIDAY,
    ROWS_IN_BLOCK,
    WEEK,
    Progress,
    modified_within,
)
from sample.seeded_random import dice
from sample.weekly_draw import NEW, in_proportion

STATUSES = {"Active": 50, "Unreleased": 12, "Pending": 8}
FIRST_INVOICES = {"Sent": 3, "TBD": 2, "": 1}
DAYS_AHEAD = 45  # how far from now the new orders start


@dataclass(frozen=True, slots=True)
class Newcomer:
    """One new campaign, and what makes it new."""

    kind: str
    campaign: Campaign


def newcomers(
    catalogue: Catalogue,
    campaigns: int,
    drawn: dict[str, list[int]],
    later: Callable[[int], Campaign],
) -> Iterator[Newcomer]:
    """Yield the week's new campaigns; `later` gives a known one as it is after the week."""
    number = -(-campaigns // ROWS_IN_BLOCK) * ROWS_IN_BLOCK
    bases = [(kind, base) for kind in ("another vendor", "later order") for base in drawn[kind]]
    for _ in range(in_proportion(NEW, campaigns) - len(bases)):
        yield Newcomer("new song", _new_song(catalogue, number, campaigns))
        number += 1
    for kind, base in bases:
        song = catalogue.song_of(base)
        numbers = [row for row in catalogue.campaigns_of(song) if row < campaigns]
        rows = [state for row in numbers for state in (catalogue.campaign(row), later(row))]
        join = _another_vendor if kind == "another vendor" else _later_order
        chance = dice(catalogue.seed, kind, number)
        yield Newcomer(kind, join(_fresh(catalogue, number), later(base), rows, chance))
        number += 1


def _fresh(catalogue: Catalogue, number: int) -> Campaign:
    """Return a campaign that began this week: nothing is streamed, and little is settled."""
    chance = dice(catalogue.seed, "new", number)
    campaign = catalogue.campaign(number)
    status = chance.choices(list(STATUSES), list(STATUSES.values()))[0]
    is_placed = status == "Active" and chance.random() < 0.3
    return replace(
        campaign,
        status=status,
        progress=Progress(campaign.goal, 0, 0) if status == "Active" else Progress(),
        modified=modified_within(EXPORTED_AT, WEEK, chance),
        invoice=chance.choices(list(FIRST_INVOICES), list(FIRST_INVOICES.values()))[0],
        curator_status="Accepted" if is_placed else chance.choice(("TBD", "")),
        claims=campaign.claims if is_placed else (),
    )


def _new_song(catalogue: Catalogue, number: int, campaigns: int) -> Campaign:
    """Return a campaign for a new song, mostly of a client who ordered before."""
    campaign = _fresh(catalogue, number)
    song, chance = campaign.song, dice(catalogue.seed, "new song", campaign.song.number)
    start = _start_after(chance)
    orderer = catalogue.campaign(chance.randrange(campaigns))
    if chance.random() < 0.25:
        return replace(campaign, start=start)
    style = orderer.song.client_style
    song = replace(song, clients=orderer.clients, client_style=style)
    return replace(campaign, song=song, clients=orderer.clients, start=start)


def _another_vendor(
    fresh: Campaign, base: Campaign, rows: list[Campaign], chance: Random
) -> Campaign:
    """Return one more row of an order: its name, date and link, a vendor that none of it had."""
    taken = {row.vendor for row in rows}
    return replace(_same_song(fresh, base), start=base.start, vendor=another_vendor(taken, chance))


def _later_order(fresh: Campaign, base: Campaign, rows: list[Campaign], chance: Random) -> Campaign:
    """Return a song ordered again: its name and link, another date, often the same vendor."""
    start, taken = _start_after(chance), {row.start for row in rows}
    while start in taken or (base.start and start < base.start):
        start += timedelta(days=7)
    vendor = base.vendor if chance.random() < 0.6 else fresh.vendor
    return replace(_same_song(fresh, base), start=start, vendor=vendor)


def _same_song(fresh: Campaign, base: Campaign) -> Campaign:
    return replace(
        fresh,
        song=base.song,
        clients=base.clients,
        salespeople=base.salespeople,
        link=base.link,
    )


def _start_after(chance: Random) -> date:
    """Return a day from the first export on, mostly a Friday."""
    day = EXPORTED_AT.date() + timedelta(days=int(chance.random() * DAYS_AHEAD))
    return day + timedelta(days=(FRIDAY - day.weekday()) % 7) if chance.random() < 0.7 else day
