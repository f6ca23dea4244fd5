"""The new campaigns of a week: new songs, another vendor for an order, a song ordered again.

    Catalogue, drawn campaigns ──► new_campaigns() ──► (kind, Campaign) ...

New songs come from the catalogue's next block, so none is in the first export; most are for its
clients. A new row for a known song has that song's name and link as they are after the week.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
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
from sample.seeded_random import rng_for
from sample.weekly_draw import NEW, in_proportion

STATUSES = {"Active": 50, "Unreleased": 12, "Pending": 8}
FIRST_INVOICES = {"Sent": 3, "TBD": 2, "": 1}
DAYS_AHEAD = 45  # between the first export and the start of a new order, at most


def new_campaigns(
    catalogue: Catalogue,
    campaigns: int,
    drawn: dict[str, list[int]],
    later: Callable[[int], Campaign],
) -> Iterator[tuple[str, Campaign]]:
    """Yield the week's new campaigns, each with its kind: "new song", "another vendor" or "later
    order"; `later` returns a known campaign after the week.
    """
    number = -(-campaigns // ROWS_IN_BLOCK) * ROWS_IN_BLOCK

    def any_earlier(rng: Random) -> Campaign:
        return catalogue.campaign(rng.randrange(campaigns))

    bases = [(kind, base) for kind in ("another vendor", "later order") for base in drawn[kind]]
    for _ in range(in_proportion(NEW, campaigns) - len(bases)):
        yield "new song", new_song(catalogue, number, any_earlier)
        number += 1
    for kind, base in bases:
        song = catalogue.song_of(base)
        numbers = [row for row in catalogue.campaigns_of(song) if row < campaigns]
        rows = [state for row in numbers for state in (catalogue.campaign(row), later(row))]
        join = another_vendor_of_order if kind == "another vendor" else later_order
        yield kind, join(catalogue, number, later(base), rows)
        number += 1


def new_song(
    catalogue: Catalogue,
    number: int,
    draw_earlier: Callable[[Random], Campaign],
    since: datetime = EXPORTED_AT,
) -> Campaign:
    """Return a campaign for a new song, mostly for the client of an earlier campaign.

    It is entered in the week that follows `since`.
    """
    campaign = _fresh(catalogue, number, since)
    song, rng = campaign.song, rng_for(catalogue.seed, "new song", campaign.song.number)
    start = _start_after(since, rng)
    earlier = draw_earlier(rng)
    if rng.random() < 0.25:
        return replace(campaign, start=start)
    style = earlier.song.client_style
    song = replace(song, clients=earlier.clients, client_style=style)
    return replace(campaign, song=song, clients=earlier.clients, start=start)


def another_vendor_of_order(
    catalogue: Catalogue,
    number: int,
    base: Campaign,
    rows: list[Campaign],
    since: datetime = EXPORTED_AT,
) -> Campaign:
    """Return one more row of an order: same name, date and link, and a vendor new to its `rows`."""
    rng, taken = rng_for(catalogue.seed, "another vendor", number), {row.vendor for row in rows}
    fresh = _same_song(_fresh(catalogue, number, since), base)
    return replace(fresh, start=base.start, vendor=another_vendor(taken, rng))


def later_order(
    catalogue: Catalogue,
    number: int,
    base: Campaign,
    rows: list[Campaign],
    since: datetime = EXPORTED_AT,
) -> Campaign:
    """Return a second order of a song: same name and link, a later date, often the same vendor."""
    rng, fresh = rng_for(catalogue.seed, "later order", number), _fresh(catalogue, number, since)
    start, taken = _start_after(since, rng), {row.start for row in rows}
    while start in taken or (base.start and start < base.start):
        start += timedelta(days=7)
    vendor = base.vendor if rng.random() < 0.6 else fresh.vendor
    return replace(_same_song(fresh, base), start=start, vendor=vendor)


def _fresh(catalogue: Catalogue, number: int, since: datetime) -> Campaign:
    """Return a campaign that was entered in a week: no streams, most states still open."""
    rng = rng_for(catalogue.seed, "new", number)
    campaign = catalogue.campaign(number)
    status = rng.choices(list(STATUSES), list(STATUSES.values()))[0]
    is_placed = status == "Active" and rng.random() < 0.3
    return replace(
        campaign,
        status=status,
        progress=Progress(campaign.goal, 0, 0) if status == "Active" else Progress(),
        modified=modified_within(since, WEEK, rng),
        invoice=rng.choices(list(FIRST_INVOICES), list(FIRST_INVOICES.values()))[0],
        curator_status="Accepted" if is_placed else rng.choice(("TBD", "")),
        claims=campaign.claims if is_placed else (),
    )


def _same_song(fresh: Campaign, base: Campaign) -> Campaign:
    return replace(
        fresh,
        song=base.song,
        clients=base.clients,
        salespeople=base.salespeople,
        link=base.link,
    )


def _start_after(since: datetime, rng: Random) -> date:
    """Return a day after an export, mostly a Friday."""
    day = since.date() + timedelta(days=int(rng.random() * DAYS_AHEAD))
    return day + timedelta(days=(FRIDAY - day.weekday()) % 7) if rng.random() < 0.7 else day
