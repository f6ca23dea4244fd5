"""All lists of the pages, by their address. A new list is added here."""

from playledger.web.lists.campaigns import CAMPAIGNS
from playledger.web.lists.clients import CLIENTS
from playledger.web.lists.issues import CHECKS, ISSUES, REJECTED, RESOLVED
from playledger.web.lists.match_candidates import PAGES, PAIRS
from playledger.web.lists.orders import ORDERS
from playledger.web.lists.placements import PLACEMENTS
from playledger.web.lists.playlists import PLAYLISTS
from playledger.web.lists.runs import RUNS
from playledger.web.lists.salespeople import SALESPEOPLE
from playledger.web.lists.songs import SONGS
from playledger.web.lists.vendors import VENDORS

LISTS = {
    each.path: each
    for each in (
        CAMPAIGNS, CLIENTS, VENDORS, PLAYLISTS, PLACEMENTS, ORDERS, SALESPEOPLE, SONGS,
        ISSUES, RESOLVED, REJECTED, PAIRS, PAGES, CHECKS, RUNS,
    )
}  # fmt: skip
