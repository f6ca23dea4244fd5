"""The list of vendors, with what they deliver."""

from __future__ import annotations

from loaders.web.listing import Column, Filter, Listing
from loaders.web.search import Search

WORK = "select from {ledger}.campaigns as campaigns where campaigns.vendor_id = vendors.vendor_id"

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
    kept="""
        select * from (
            select
                vendor_id,
                count(*) as campaigns,
                count(*) filter (where status = 'active') as active,
                sum(goal) as goal,
                sum(sale_price) as sale_price
            from {ledger}.campaigns
            where vendor_id is not null
            group by vendor_id
        ) as work
        left join (
            select
                vendor_id,
                sum(streams) as streams,
                count(*) filter (where is_claimed) as claimed,
                count(*) filter (where is_seen) as seen
            from (
                select
                    campaigns.vendor_id,
                    sum(placements.streams_28d)
                        filter (where playlists.kind in ('vendor', 'other')) as streams,
                    bool_or(placements.is_claimed) as is_claimed,
                    bool_or(placements.is_claimed and placements.is_observed) as is_seen
                from {ledger}.campaigns
                inner join {ledger}.campaign_playlists as placements
                    on campaigns.campaign_id = placements.campaign_id
                inner join {ledger}.playlists as playlists
                    on placements.playlist_id = playlists.playlist_id
                where campaigns.vendor_id is not null
                group by campaigns.vendor_id, placements.playlist_id
            ) as lists
            group by vendor_id
        ) as delivery using (vendor_id)
    """,
    joins="""
        left join jsonb_to_recordset({kept}::jsonb) as work (
            vendor_id uuid, campaigns bigint, active bigint, goal bigint, sale_price numeric(14, 2),
            streams bigint, claimed bigint, seen bigint
        ) on vendors.vendor_id = work.vendor_id
    """,
    columns=(
        Column("vendor_id", "Id", "vendors.vendor_id", is_hidden=True),
        Column("vendor", "Vendor", "vendors.name", link="/vendors/{vendor_id}"),
        Column(
            "campaigns", "Campaigns", "coalesce(work.campaigns, 0)", "number",
            link="/campaigns?vendor={vendor_id}",
        ),
        Column(
            "active", "Active", "coalesce(work.active, 0)", "number",
            link="/campaigns?vendor={vendor_id}&status=active",
        ),
        Column("goal", "Goals", "work.goal", "number", hint="Streams that were sold"),
        Column("streams_28d", "28 days", "work.streams", "number"),
        Column("sale_price", "Prices", "work.sale_price", "money"),
        Column(
            "claimed", "Claimed", "coalesce(work.claimed, 0)", "number",
            hint="Playlists that the vendor says carry a song",
            link="/playlists?claimed_by={vendor_id}",
        ),
        Column(
            "seen", "Seen", "coalesce(work.seen, 0)", "number",
            hint="Of these, playlists that a scrape saw carrying it",
            link="/playlists?delivered_by={vendor_id}",
        ),
    ),
    order="-campaigns",
    search=Search(own=("vendors.name",)),
    search_hint="Vendor",
    filters=(
        Filter(
            "has", "Has", conditions={
                "campaign": f"exists ({WORK})",
                "no campaign": f"not exists ({WORK})",
            },
        ),
    ),
)  # fmt: skip
