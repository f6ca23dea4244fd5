"""The campaigns that a week changes: a weighted draw of fixed numbers, without replacement.

    Catalogue, number of campaigns ──► draw_campaigns() ──► {kind: campaigns, in order of the draw}

The numbers are those of a busy week in a list of 600 campaigns, scaled to its size. The draw
depends on the seed alone; it reads every campaign once and keeps only the drawn ones in memory.
"""

from collections.abc import Callable
from heapq import heappush, heappushpop

from sample.catalogue import Campaign, Catalogue
from sample.links import url_kind
from sample.schedule import EXPORTED_AT
from sample.seeded_random import rng_for

COUNTED_ROWS = 600  # campaigns of the first export that the next numbers refer to
NEW = 70
DRAWN = {
    "deleted": 3, "name": 2, "client": 15, "url": 12, "status": 47, "start date": 18, "vendor": 9,
    "another vendor": 14, "later order": 10,
}  # fmt: skip
WHOLE_ORDER = ("client", "url", "status", "start date")  # edits that often apply to a whole order
KEPT_WITH_NAME = ("url", "start date", "vendor")  # needed to recognise a renamed campaign

STATUS_WEIGHTS = {
    "Active": 1.0, "Unreleased": 3.0, "Pending": 3.0, "Paused": 3.0, "Updated via API": 1.0,
}  # fmt: skip
LINK_WEIGHTS = {"TBA": 30.0, "TBD": 30.0}  # placeholders until the track has a link
LINK_KIND_WEIGHTS = {
    "track": 1.0, "album": 8.0, "other": 2.0, "none": 3.0, "artist": 0.5, "playlist": 0.5,
}  # fmt: skip


def _is_running(campaign: Campaign) -> bool:
    return campaign.status in STATUS_WEIGHTS


def _start_weight(campaign: Campaign) -> float:
    if campaign.start is None:
        return 0
    return 3 if campaign.start > EXPORTED_AT.date() else 1 if _is_running(campaign) else 0.1


WEIGHTS: dict[str, Callable[[Campaign], float]] = {
    "deleted": lambda campaign: 1,
    "name": lambda campaign: (
        url_kind(campaign.link) == "track"
        and campaign.start is not None
        and campaign.vendor is not None
    ),
    "client": lambda campaign: 1,
    "url": lambda campaign: (
        LINK_WEIGHTS.get(campaign.link) or LINK_KIND_WEIGHTS[url_kind(campaign.link)]
    ),
    "status": lambda campaign: STATUS_WEIGHTS.get(campaign.status, 0.01),
    "start date": _start_weight,
    "vendor": lambda campaign: 1 if _is_running(campaign) else 0.2,
    "another vendor": lambda campaign: (
        0 if campaign.start is None else 1 if _is_running(campaign) else 0.02
    ),
    "later order": lambda campaign: 1 if url_kind(campaign.link) == "track" else 0.1,
}


def in_proportion(number: int, campaigns: int) -> int:
    """Scale a number that refers to 600 campaigns."""
    return round(number * campaigns / COUNTED_ROWS)


def draw_campaigns(catalogue: Catalogue, campaigns: int) -> dict[str, list[int]]:
    """Return the campaigns drawn for each kind; fewer where too few qualify."""
    wanted = {kind: in_proportion(number, campaigns) for kind, number in DRAWN.items()}
    spare = wanted["deleted"] + wanted["name"]
    ranked = _rank(catalogue, campaigns, {kind: wanted[kind] + spare for kind in wanted})
    drawn: dict[str, list[int]] = {}
    for kind, numbers in ranked.items():
        excluded = set(drawn.get("deleted", ()))
        if kind in KEPT_WITH_NAME:
            excluded.update(drawn["name"])
        chosen: dict[int, None] = {}
        for number in numbers:
            alike = _order_of(catalogue, number, campaigns) if kind in WHOLE_ORDER else []
            for row in (number, *alike):
                if row not in excluded and len(chosen) < wanted[kind]:
                    chosen[row] = None
        drawn[kind] = list(chosen)
    return drawn


def _rank(catalogue: Catalogue, campaigns: int, sizes: dict[str, int]) -> dict[str, list[int]]:
    """Return a weighted sample of each kind (Efraimidis and Spirakis), the first drawn first."""
    heaps: dict[str, list[tuple[float, int]]] = {kind: [] for kind in sizes}
    for number in range(campaigns):
        campaign, rng = catalogue.campaign(number), rng_for(catalogue.seed, "lot", number)
        for kind, heap in heaps.items():
            draw, weight = rng.random(), WEIGHTS[kind](campaign)
            if not weight or not sizes[kind]:
                continue
            entry = (draw ** (1 / weight), number)
            if len(heap) < sizes[kind]:
                heappush(heap, entry)
            else:
                heappushpop(heap, entry)
    return {kind: [number for _, number in sorted(heap)[::-1]] for kind, heap in heaps.items()}


def _order_of(catalogue: Catalogue, number: int, campaigns: int) -> list[int]:
    """Return the other rows of the order with the same status, or none half of the time."""
    if rng_for(catalogue.seed, "alike", number).random() < 0.5:
        return []
    campaign = catalogue.campaign(number)
    return [
        other
        for other in catalogue.campaigns_of(campaign.song.number)
        if other < campaigns
        and other != number
        and (row := catalogue.campaign(other)).start == campaign.start
        and row.status == campaign.status
    ]
