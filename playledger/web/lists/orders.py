"""The list of orders: the campaigns of one client that start on one day."""

from playledger.web.listing import Column, Filter, Listing
from playledger.web.lists.filters import by_entity
from playledger.web.search import LinkedText, Search

ORDERS = Listing(
    path="/orders",
    title="Orders",
    singular="order",
    plural="orders",
    description="The campaigns of one client that start on the same day.",
    empty_hint="The first export brings them: make sync CSV=campaigns.csv",
    table="{ledger}.campaign_groups as orders",
    key=("orders.campaign_group_id",),
    joins="left join {ledger}.clients as clients on orders.client_id = clients.client_id",
    columns=(
        Column("order_id", "Id", "orders.campaign_group_id", is_hidden=True),
        Column("client_id", "Client id", "orders.client_id", is_hidden=True),
        Column("order", "Order", "orders.name", link="/orders/{order_id}"),
        Column("client", "Client", "clients.name", link="/clients/{client_id}"),
        Column("start_date", "Starts", "orders.start_date", "date"),
        Column("songs", "Songs", "orders.song_count", "number"),
        Column(
            "campaigns", "Campaigns", "orders.campaign_count", "number",
            link="/campaigns?order={order_id}",
        ),
        Column("goal", "Goal", "orders.goal", "number"),
        Column("sale_price", "Price", "orders.sale_price", "money"),
    ),
    order="-start_date",
    search=Search(
        own=("orders.name",),
        linked=(LinkedText("orders.client_id", "clients", "client_id", "clients.name"),),
    ),
    search_hint="Order or client",
    filters=(
        by_entity("client", "orders.client_id = {value}::uuid"),
        Filter("from", "Starts from", "orders.start_date >= {value}::date", "date"),
        Filter("to", "Starts until", "orders.start_date <= {value}::date", "date"),
    ),
)  # fmt: skip
