"""The list of playlists."""

from playledger.web.listing import Column, Filter, Listing
from playledger.web.lists.filters import by_entity
from playledger.web.search import Search

PLACED = (
    "exists (select from {ledger}.campaign_playlists as placements where "
    "placements.playlist_id = playlists.playlist_id"
)
# Also where no campaign has the song.
SEEN = (
    "exists (select from {ledger}.playlist_streams as seen where "
    "seen.playlist_id = playlists.playlist_id)"
)

# A vendor claims playlists for its own campaigns.
CLAIMED_BY = (
    "playlists.playlist_id in (select placements.playlist_id from {ledger}.campaign_playlists "
    "as placements inner join {ledger}.campaigns as campaigns "
    "on placements.campaign_id = campaigns.campaign_id "
    "where campaigns.vendor_id = {value}::uuid and placements.is_claimed"
)

PLAYLISTS = Listing(
    path="/playlists",
    title="Playlists",
    singular="playlist",
    plural="playlists",
    description="Playlists with our songs: as seen in scrapes, and as claimed by vendors.",
    empty_hint="Scrapes bring them, and the Playlists column of exports.",
    table="{ledger}.playlists as playlists",
    key=("playlists.playlist_id",),
    joins="left join {ledger}.vendors as vendors on playlists.vendor_id = vendors.vendor_id",
    aggregates={
        "placed": """
            select
                count(*) as campaigns,
                sum(streams_28d) as streams,
                bool_or(is_claimed) as is_claimed
            from {ledger}.campaign_playlists as placements
            where placements.playlist_id = playlists.playlist_id
        """,
        "seen": """
            select
                count(distinct track_id) as songs,
                min(scraped_at) as first_seen,
                max(scraped_at) as last_seen
            from {ledger}.playlist_streams as streams
            where streams.playlist_id = playlists.playlist_id
        """,
    },
    columns=(
        Column("playlist_id", "Id", "playlists.playlist_id", is_hidden=True),
        Column("vendor_id", "Vendor id", "playlists.vendor_id", is_hidden=True),
        Column("playlist", "Playlist", "playlists.name", link="/playlists/{playlist_id}"),
        Column("curator", "Curator", "playlists.curator"),
        Column("kind", "Kind", "playlists.kind", "playlist"),
        Column("vendor", "Vendor", "vendors.name", link="/vendors/{vendor_id}"),
        Column("songs", "Songs", "seen.songs", "number"),
        Column(
            "campaigns", "Campaigns", "placed.campaigns", "number",
            link="/campaigns?playlist={playlist_id}",
        ),
        Column("streams_28d", "28 days", "placed.streams", "number"),
        Column("first_seen", "First seen", "seen.first_seen", "time"),
        Column("last_seen", "Last seen", "seen.last_seen", "time"),
        Column("is_claimed", "Claimed", "placed.is_claimed", "yes_no"),
    ),
    order="-streams_28d",
    large_order="playlist",
    search=Search(own=("playlists.name", "coalesce(playlists.curator, '')")),
    search_hint="Playlist or curator",
    filters=(
        Filter(
            "kind", "Kind", choices={
                kind: f"playlists.kind = '{kind}'"
                for kind in ("algorithmic", "editorial", "vendor", "other")
            },
        ),
        by_entity(
            "vendor", "exists (select from {ledger}.campaign_playlists as placements "
            "inner join {ledger}.campaigns as campaigns "
            "on placements.campaign_id = campaigns.campaign_id "
            "where placements.playlist_id = playlists.playlist_id "
            "and campaigns.vendor_id = {value}::uuid)",
        ),
        Filter(
            "seen", "Claimed or seen", choices={
                "claimed": f"{PLACED} and placements.is_claimed)",
                "seen": SEEN,
                "claimed and seen": f"{PLACED} and is_claimed and is_observed)",
                "claimed, not found": f"{PLACED} and is_claimed) "
                f"and not {PLACED} and is_observed) and not {SEEN}",
            },
        ),
        by_entity("vendor", f"{CLAIMED_BY})", "claimed_by", "Claimed by"),
        by_entity(
            "vendor", f"{CLAIMED_BY} and placements.is_observed)", "delivered_by",
            "Claimed and seen for",
        ),
    ),
)  # fmt: skip
