"""The list of placements: one playlist of one campaign, seen in a scrape, claimed, or both."""

from playledger.web.listing import Column, Filter, Listing
from playledger.web.lists.filters import by_entity
from playledger.web.search import LinkedText, Search

# `or false` keeps it a look into a set for each row. As a join, PostgreSQL would go through all
# placements in the order of playlists, which takes seconds where a search leaves few of a million.
OF_KIND = "(placements.playlist_id in (select playlist_id from {ledger}.playlists"

PLACEMENTS = Listing(
    path="/placements",
    title="Placements",
    singular="placement",
    plural="placements",
    description="Playlists that carry a campaign's song: as seen in scrapes, and as claimed by "
    "vendors. Time windows overlap: they end with the scrape.",
    empty_hint="Scrapes bring them, and the Playlists column of exports.",
    table="{ledger}.campaign_playlists as placements",
    key=("placements.campaign_id", "placements.playlist_id"),
    # PostgreSQL skips left joins that a query does not use.
    joins="""
        left join {ledger}.campaigns as campaigns on placements.campaign_id = campaigns.campaign_id
        left join {ledger}.playlists as playlists on placements.playlist_id = playlists.playlist_id
    """,
    columns=(
        Column("campaign_id", "Campaign id", "placements.campaign_id", is_hidden=True),
        Column("playlist_id", "Playlist id", "placements.playlist_id", is_hidden=True),
        Column("playlist", "Playlist", "playlists.name", link="/playlists/{playlist_id}"),
        Column("campaign", "Campaign", "campaigns.name", link="/campaigns/{campaign_id}"),
        Column("kind", "Kind", "playlists.kind", "playlist"),
        Column("curator", "Curator", "playlists.curator"),
        Column("date_added", "Added", "placements.date_added", "date"),
        Column("streams_7d", "7 days", "placements.streams_7d", "number"),
        Column("streams_28d", "28 days", "placements.streams_28d", "number"),
        Column("streams_12m", "12 months", "placements.streams_12m", "number"),
        Column("scraped_at", "Last seen", "placements.scraped_at", "time"),
        Column("is_claimed", "Claimed", "placements.is_claimed", "yes_no"),
    ),
    order="-streams_28d",
    search=Search(
        linked=(
            LinkedText("placements.playlist_id", "playlists", "playlist_id", "playlists.name"),
            LinkedText("placements.campaign_id", "campaigns", "campaign_id", "campaigns.name"),
        ),
        max_count=2_000,
    ),
    search_hint="Playlist or campaign",
    filters=(
        Filter(
            "kind", "Kind", choices={
                kind: f"{OF_KIND} where kind = '{kind}') or false)"
                for kind in ("algorithmic", "editorial", "vendor", "other")
            },
        ),
        Filter(
            "seen", "Claimed or seen", choices={
                "seen": "placements.is_observed",
                "claimed": "placements.is_claimed",
                "claimed and seen": "placements.is_claimed and placements.is_observed",
                "claimed, not found": "placements.is_claimed and not placements.is_observed",
                "seen, not claimed": "placements.is_observed and not placements.is_claimed",
            },
        ),
        by_entity("vendor", "campaigns.vendor_id = {value}::uuid"),
        by_entity("campaign", "placements.campaign_id = {value}::bigint"),
        by_entity("playlist", "placements.playlist_id = {value}::uuid"),
    ),
)  # fmt: skip
