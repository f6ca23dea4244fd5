"""The list of vendors, with what they deliver."""

from playledger.web.listing import Column, Filter, Listing
from playledger.web.search import Search

# What scrapes saw of the campaigns of `{which}` vendors: those with streams in 28 days on playlists
# that people run. Spotify's own are no vendor's work.
DELIVERED = """
    select
        campaigns.vendor_id,
        campaigns.goal,
        case when campaigns.sale_price > 0 then campaigns.sale_price end as sale_price,
        sum(placements.streams_28d) as streams
    from {ledger}.campaigns as campaigns
    inner join {ledger}.campaign_playlists as placements
        on campaigns.campaign_id = placements.campaign_id
    inner join {ledger}.playlists as playlists on placements.playlist_id = playlists.playlist_id
    where
        campaigns.vendor_id {which}
        and placements.is_observed
        and placements.streams_28d is not null
        and playlists.kind in ('vendor', 'other')
    group by campaigns.campaign_id
"""
# Streams of the campaigns that have a price, and what 1,000 cost where there are so many.
PRICED = "sum(streams) filter (where sale_price is not null)"
COST = f"case when {PRICED} >= 1000 then round(1000 * sum(sale_price) / {PRICED}, 2) end"
WORK = "select from {ledger}.campaigns as campaigns where campaigns.vendor_id = vendors.vendor_id"

VENDORS = Listing(
    path="/vendors",
    title="Vendors",
    singular="vendor",
    plural="vendors",
    description="What vendors deliver: streams in the last 28 days on the playlists of their "
    "campaigns, without Spotify's own playlists.",
    empty_hint="The first export brings them: make sync CSV=campaigns.csv",
    table="{ledger}.vendors as vendors",
    key=("vendors.vendor_id",),
    cached=f"""
        select * from (
            select
                vendor_id,
                count(*) as campaigns,
                count(*) filter (where status = 'active') as active,
                sum(goal) as goal,
                sum(sale_price) as sale_price
            from {{ledger}}.campaigns
            where vendor_id is not null
            group by vendor_id
        ) as work
        left join (
            select
                vendor_id,
                sum(streams) as streams,
                {COST} as cost
            from ({DELIVERED.replace("{which}", "is not null")}) as delivered
            group by vendor_id
        ) as delivery using (vendor_id)
        left join (
            select
                vendor_id,
                count(*) filter (where is_claimed) as claimed,
                count(*) filter (where is_seen) as seen
            from (
                select
                    campaigns.vendor_id,
                    bool_or(placements.is_claimed) as is_claimed,
                    bool_or(placements.is_claimed and placements.is_observed) as is_seen
                from {{ledger}}.campaigns
                inner join {{ledger}}.campaign_playlists as placements
                    on campaigns.campaign_id = placements.campaign_id
                where campaigns.vendor_id is not null
                group by campaigns.vendor_id, placements.playlist_id
            ) as lists
            group by vendor_id
        ) as claims using (vendor_id)
    """,
    joins="""
        left join jsonb_to_recordset({cached}::jsonb) as work (
            vendor_id uuid, campaigns bigint, active bigint, goal bigint, sale_price numeric(14, 2),
            streams bigint, cost numeric(14, 2), claimed bigint, seen bigint
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
        Column("goal", "Goals", "work.goal", "number", hint="Streams sold"),
        Column("streams_28d", "28 days", "work.streams", "number"),
        Column("sale_price", "Prices", "work.sale_price", "money"),
        Column(
            "cost", "Per 1,000", "work.cost", "money",
            hint="Price of 1,000 streams, over the campaigns that have streams and a price",
        ),
        Column(
            "claimed", "Claimed", "coalesce(work.claimed, 0)", "number",
            hint="Playlists that the vendor claims",
            link="/playlists?claimed_by={vendor_id}",
        ),
        Column(
            "seen", "Seen", "coalesce(work.seen, 0)", "number",
            hint="Claimed playlists that were seen in scrapes",
            link="/playlists?delivered_by={vendor_id}",
        ),
    ),
    order="-campaigns",
    search=Search(own=("vendors.name",)),
    search_hint="Vendor",
    filters=(
        Filter(
            "has", "Has", choices={
                "campaign": f"exists ({WORK})",
                "no campaign": f"not exists ({WORK})",
            },
        ),
    ),
)  # fmt: skip
