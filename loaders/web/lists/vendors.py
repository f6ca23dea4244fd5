"""The list of vendors, with what they deliver."""

from __future__ import annotations

from loaders.web.listing import Column, Listing, has_words

VENDORS = Listing(
    path="/vendors",
    title="Vendors",
    one="vendor",
    many="vendors",
    lead="Who places the songs, and what came of it: streams in the last 28 days on the "
    "playlists of their campaigns, Spotify's own playlists left out.",
    empty="Vendors come with the first export.",
    table="{ledger}.vendors as vendors",
    key="vendors.vendor_id",
    late="""
        left join lateral (
            select
                count(*) as campaigns,
                count(*) filter (where status = 'active') as active,
                sum(goal) as goal,
                sum(sale_price) as sale_price
            from {ledger}.campaigns
            where campaigns.vendor_id = vendors.vendor_id
        ) as work on true
        left join lateral (
            select
                sum(placements.streams_28d)
                    filter (where playlists.kind in ('vendor', 'other')) as streams,
                count(distinct placements.playlist_id)
                    filter (where placements.is_claimed) as claimed,
                count(distinct placements.playlist_id)
                    filter (where placements.is_claimed and placements.is_observed) as seen
            from {ledger}.campaigns
            inner join {ledger}.campaign_playlists as placements
                on campaigns.campaign_id = placements.campaign_id
            inner join {ledger}.playlists as playlists
                on placements.playlist_id = playlists.playlist_id
            where campaigns.vendor_id = vendors.vendor_id
        ) as delivery on true
    """,
    columns=(
        Column("vendor_id", "Id", "vendors.vendor_id", is_hidden=True),
        Column("vendor", "Vendor", "vendors.name", link="/vendors/{vendor_id}"),
        Column(
            "campaigns", "Campaigns", "work.campaigns", "number", is_late=True,
            link="/campaigns?vendor={vendor_id}",
        ),
        Column(
            "active", "Active", "work.active", "number", is_late=True,
            link="/campaigns?vendor={vendor_id}&status=active",
        ),
        Column("goal", "Goals", "work.goal", "number", is_late=True, hint="Streams that were sold"),
        Column("streams_28d", "28 days", "delivery.streams", "number", is_late=True),
        Column("sale_price", "Prices", "work.sale_price", "money", is_late=True),
        Column(
            "claimed", "Claimed", "delivery.claimed", "number", is_late=True,
            hint="Playlists that the vendor says carry a song",
            link="/playlists?claimed_by={vendor_id}",
        ),
        Column(
            "seen", "Seen", "delivery.seen", "number", is_late=True,
            hint="Of these, playlists that a scrape saw carrying it",
            link="/playlists?delivered_by={vendor_id}",
        ),
    ),
    order="-campaigns",
    search=has_words("vendors.name"),
    search_hint="Vendor",
)  # fmt: skip
