"""Every kind of thing that has a page of its own, by its address. One file for each."""

from __future__ import annotations

from loaders.web.things.campaign import find_campaign
from loaders.web.things.client import find_client
from loaders.web.things.order import find_order
from loaders.web.things.playlist import find_playlist
from loaders.web.things.salesperson import find_salesperson
from loaders.web.things.vendor import find_vendor

# Each takes the reader, what stands in the address, and the rest of it; None when nothing is there.
THINGS = {
    "/campaigns/{id}": find_campaign,
    "/clients/{id}": find_client,
    "/vendors/{id}": find_vendor,
    "/playlists/{id}": find_playlist,
    "/orders/{id}": find_order,
    "/salespeople/{id:path}": find_salesperson,
}
