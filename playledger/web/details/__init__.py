"""Every kind of detail page, by its address. One module for each."""

from playledger.web.details.campaign import find_campaign
from playledger.web.details.client import find_client
from playledger.web.details.order import find_order
from playledger.web.details.playlist import find_playlist
from playledger.web.details.salesperson import find_salesperson
from playledger.web.details.vendor import find_vendor

# Each takes the reader, the id in the address and the query; an unknown id raises HTTPException
# (404).
DETAIL_PAGES = {
    "/campaigns/{id}": find_campaign,
    "/clients/{id}": find_client,
    "/vendors/{id}": find_vendor,
    "/playlists/{id}": find_playlist,
    "/orders/{id}": find_order,
    "/salespeople/{id:path}": find_salesperson,
}
