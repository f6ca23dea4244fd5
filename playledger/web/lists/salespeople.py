"""The list of salespeople. Names that differ only in case are one person."""

from playledger.web.listing import Column, Listing
from playledger.web.search import Search

# Each person of a campaign once, also if the cell has the name twice.
PEOPLE = """
    lateral (
        select min(named.name) as name, {ledger}.text_key(named.name) as name_key
        from unnest(salespeople) as named (name)
        group by {ledger}.text_key(named.name)
    ) as person
"""
WORK = f"""
    select
        min(person.name) as name,
        person.name_key,
        sum(campaigns) as campaigns,
        sum(active) as active,
        sum(campaigns) filter (where cardinality(salespeople) > 1) as shared,
        min(clients.clients) as clients,
        sum(goal) as goal,
        sum(sale_price) as sale_price,
        max(last_start) as last_start
    from (
        select
            salespeople,
            count(*) as campaigns,
            count(*) filter (where status = 'active') as active,
            sum(goal) as goal,
            sum(sale_price) as sale_price,
            max(start_date) as last_start
        from {{ledger}}.campaigns
        group by salespeople
    ) as together
    cross join {PEOPLE}
    left join (
        select person.name_key, count(distinct client_id) as clients
        from (
            select distinct campaigns.salespeople, named.client_id
            from {{ledger}}.campaigns as campaigns
            inner join {{ledger}}.campaign_clients as named
                on campaigns.campaign_id = named.campaign_id
        ) as sold
        cross join {PEOPLE}
        group by person.name_key
    ) as clients on person.name_key = clients.name_key
    group by person.name_key
"""
FOUND = """
    jsonb_to_recordset({cached}::jsonb) as people (
        name text, name_key text, campaigns bigint, active bigint, shared bigint, clients bigint,
        goal bigint, sale_price numeric(14, 2), last_start date
    )
"""

SALESPEOPLE = Listing(
    path="/salespeople",
    title="Salespeople",
    singular="salesperson",
    plural="salespeople",
    description="A campaign with two salespeople counts for both.",
    empty_hint="The first export brings them: make sync CSV=campaigns.csv",
    cached=WORK,
    table=FOUND,
    key=("people.name_key",),
    columns=(
        Column("salesperson", "Salesperson", "people.name", link="/salespeople/{salesperson}"),
        Column(
            "campaigns", "Campaigns", "people.campaigns", "number",
            link="/campaigns?salesperson={salesperson}",
        ),
        Column(
            "active", "Active", "people.active", "number",
            link="/campaigns?salesperson={salesperson}&status=active",
        ),
        Column(
            "clients", "Clients", "coalesce(people.clients, 0)", "number",
            link="/clients?salesperson={salesperson}",
        ),
        Column("goal", "Goals", "people.goal", "number"),
        Column("sale_price", "Prices", "people.sale_price", "money"),
        Column("last_start", "Last start", "people.last_start", "date"),
    ),
    order="-sale_price",
    search=Search(own=("people.name",)),
    search_hint="Name",
)  # fmt: skip
