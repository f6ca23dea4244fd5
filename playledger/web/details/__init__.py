"""Every kind of thing that has a page of its own, by its address. One file for each."""

from __future__ import annotations

from playledger.web.details.campaign import find_campaign
from playledger.web.details.client import find_client
from playledger.web.details.order import find_order
from playledger.web.details.playlist import find_playlist
from playledger.web.details.salesperson import find_salesperson
from playledger.web.details.vendor import find_vendor

# Each takes the reader, what stands in the address, and the rest of it; None when nothing is there.
THINGS = {
    "/campaigns/{id}": find_campaign,
    "/clients/{id}": find_client,
    "/vendors/{id}": find_vendor,
    "/playlists/{id}": find_playlist,
    "/orders/{id}": find_order,
    "/salespeople/{id:path}": find_salesperson,
}
