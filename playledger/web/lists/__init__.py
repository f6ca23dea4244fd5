"""Every list that there are pages of, by its address. One file for each; add a list here."""

from __future__ import annotations

from loaders.web.lists.campaigns import CAMPAIGNS
from loaders.web.lists.clients import CLIENTS
from loaders.web.lists.doubts import CHECKS, DOUBTS, PAGES, PAIRS, REJECTED
from loaders.web.lists.orders import ORDERS
from loaders.web.lists.placements import PLACEMENTS
from loaders.web.lists.playlists import PLAYLISTS
from loaders.web.lists.runs import RUNS
from loaders.web.lists.salespeople import SALESPEOPLE
from loaders.web.lists.songs import SONGS
from loaders.web.lists.vendors import VENDORS

LISTS = {
    each.path: each
    for each in (
        CAMPAIGNS, CLIENTS, VENDORS, PLAYLISTS, PLACEMENTS, ORDERS, SALESPEOPLE, SONGS,
        DOUBTS, REJECTED, PAIRS, PAGES, CHECKS, RUNS,
    )
}  # fmt: skip
