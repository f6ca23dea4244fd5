"""The list of salespeople. Spellings that differ in large letters alone are one person."""

from __future__ import annotations

from loaders.web.listing import Column, Listing, has_words

SALESPEOPLE = Listing(
    path="/salespeople",
    title="Salespeople",
    one="salesperson",
    many="salespeople",
    lead="Who sold what. A campaign of two people counts for both.",
    empty="Salespeople come with the first export.",
    kept="""
        select
            min(person.name) as name,
            lower(normalize(person.name, nfkc)) as name_key,
            sum(campaigns) as campaigns,
            sum(active) as active,
            count(distinct client_id) as clients,
            sum(goal) as goal,
            sum(sale_price) as sale_price,
            max(last_start) as last_start
        from (
            select
                salespeople,
                client_id,
                count(*) as campaigns,
                count(*) filter (where status = 'active') as active,
                sum(goal) as goal,
                sum(sale_price) as sale_price,
                max(start_date) as last_start
            from {ledger}.campaigns
            group by salespeople, client_id
        ) as together
        cross join unnest(salespeople) as person (name)
        group by lower(normalize(person.name, nfkc))
    """,
    table="""
        jsonb_to_recordset({kept}::jsonb) as people (
            name text, name_key text, campaigns bigint, active bigint, clients bigint, goal bigint,
            sale_price numeric(14, 2), last_start date
        )
    """,
    key="people.name_key",
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
            "clients", "Clients", "people.clients", "number",
            link="/clients?salesperson={salesperson}",
        ),
        Column("goal", "Goals", "people.goal", "number"),
        Column("sale_price", "Prices", "people.sale_price", "money"),
        Column("last_start", "Last start", "people.last_start", "date"),
    ),
    order="-sale_price",
    search=has_words("people.name"),
    search_hint="Name",
)  # fmt: skip
