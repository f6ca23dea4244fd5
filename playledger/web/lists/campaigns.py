"""The list of campaigns: rows of the latest export, and of earlier ones."""

from playledger.web.listing import Column, Filter, Listing
from playledger.web.lists.filters import by_entity
from playledger.web.search import LinkedText, Search

STATUSES = ("active", "cancelled", "complete", "paused", "pending", "unknown", "unreleased")
# The distinct values of `salespeople`, by steps through an index: there are few.
TEAMS = """(
    with recursive teams as (
        (select min(salespeople) as people from {ledger}.campaigns)
        union all
        select (
            select min(salespeople) from {ledger}.campaigns
            where campaigns.salespeople > teams.people
        )
        from teams where teams.people is not null
    )
    select people from teams where people is not null
)"""
# Campaigns of a salesperson, by a name in any case.
SALESPERSON = (
    f"campaigns.salespeople in (select people from {TEAMS} as teams "
    "where exists (select from unnest(teams.people) as person (name) "
    "where {ledger}.text_key(person.name) = {ledger}.text_key({value})))"
)
PLACEMENTS = "select from {ledger}.campaign_playlists as placements where "
OF_CAMPAIGN = "placements.campaign_id = campaigns.campaign_id"
ISSUES = (
    "select from {quality}.data_issues as issues "
    "where issues.is_known is not true and issues.campaign_id = "
)

SCRAPED = "select from {ledger}.playlist_streams as streams where streams.track_id ="

HAS = {
    "streams": f"exists ({PLACEMENTS} {OF_CAMPAIGN} and is_observed)",
    "no streams": f"not exists ({PLACEMENTS} {OF_CAMPAIGN} and is_observed)",
    "streams of either track": f"(exists ({SCRAPED} campaigns.track_id) "
    f"or exists ({SCRAPED} campaigns.sfa_track_id))",
    "SFA URL": "campaigns.sfa_url is not null",
    "no SFA URL": "campaigns.sfa_url is null",
    "track link": "campaigns.track_id is not null",
    "no track link": "campaigns.track_id is null",
    "URL": "campaigns.url is not null",
    "no client": "campaigns.client_id is null",
    "vendor": "campaigns.vendor_id is not null",
    "no vendor": "campaigns.vendor_id is null",
    "no status": "campaigns.status is null",
    "streams on people's playlists": f"exists ({PLACEMENTS} {OF_CAMPAIGN} and is_observed "
    "and streams_28d is not null and playlist_id in (select playlist_id from {ledger}.playlists "
    "where kind in ('vendor', 'other')))",
    "issues": f"exists ({ISSUES} campaigns.campaign_id)",
}

CAMPAIGNS = Listing(
    path="/campaigns",
    title="Campaigns",
    singular="campaign",
    plural="campaigns",
    description="One row for each song and vendor, the newest first.",
    empty_hint="Load an export: make sync CSV=campaigns.csv",
    table="{ledger}.campaigns as campaigns",
    key=("campaigns.campaign_id",),
    joins="""
        left join {ledger}.clients as clients on campaigns.client_id = clients.client_id
        left join {ledger}.vendors as vendors on campaigns.vendor_id = vendors.vendor_id
    """,
    aggregates={
        "observed": """
            select sum(streams_28d) as streams
            from {ledger}.campaign_playlists as placements
            where placements.campaign_id = campaigns.campaign_id
        """,
    },
    columns=(
        Column("campaign_id", "Id", "campaigns.campaign_id", is_hidden=True),
        Column("client_id", "Client id", "campaigns.client_id", is_hidden=True),
        Column("vendor_id", "Vendor id", "campaigns.vendor_id", is_hidden=True),
        Column("campaign", "Campaign", "campaigns.name", link="/campaigns/{campaign_id}"),
        Column("client", "Client", "clients.name", link="/clients/{client_id}"),
        Column("vendor", "Vendor", "vendors.name", link="/vendors/{vendor_id}"),
        Column("status", "Status", "campaigns.status", "status"),
        Column("start_date", "Starts", "campaigns.start_date", "date"),
        Column("goal", "Goal", "campaigns.goal", "number", hint="Streams sold"),
        Column(
            "streams_28d", "28 days", "observed.streams", "number",
            hint="Streams of its playlists in the 28 days before the latest scrape",
        ),
        Column("sale_price", "Price", "campaigns.sale_price", "money"),
        Column("salesperson", "Sold by", "campaigns.salesperson"),
    ),
    order="-start_date",
    search=Search(
        own=("campaigns.name",),
        linked=(
            LinkedText("campaigns.client_id", "clients", "client_id", "clients.name"),
            LinkedText("campaigns.vendor_id", "vendors", "vendor_id", "vendors.name"),
        ),
    ),
    search_hint="Campaign, client, vendor, or a Spotify link",
    track_condition="(campaigns.track_id = any({tracks}) "
    "or campaigns.sfa_track_id = any({tracks}))",
    filters=(
        Filter(
            "status", "Status",
            choices={each: f"campaigns.status = '{each}'" for each in STATUSES},
        ),
        by_entity(
            "client", "campaigns.campaign_id in (select campaign_id "
            "from {ledger}.campaign_clients where client_id = {value}::uuid)",
        ),
        by_entity("vendor", "campaigns.vendor_id = {value}::uuid"),
        Filter(
            "salesperson", "Sold by", SALESPERSON,
            options="select distinct on ({ledger}.text_key(person)) person as value, "
            f"person as label from {TEAMS} as teams cross join unnest(people) as person "
            "order by {ledger}.text_key(person), person",
        ),
        Filter("from", "Starts from", "campaigns.start_date >= {value}::date", "date"),
        Filter("to", "Starts until", "campaigns.start_date <= {value}::date", "date"),
        Filter("has", "Has", choices=HAS),
        Filter(
            "latest", "In latest export", choices={
                "yes": "campaigns.is_in_latest_export",
                "no": "not campaigns.is_in_latest_export",
            },
        ),
        by_entity("order", "campaigns.campaign_group_id = {value}::uuid"),
        by_entity(
            "playlist", f"exists ({PLACEMENTS} {OF_CAMPAIGN} "
            "and placements.playlist_id = {value}::uuid)",
        ),
    ),
)  # fmt: skip
