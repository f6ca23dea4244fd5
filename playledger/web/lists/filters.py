"""Filters that several lists have: by a row of another table, by a text."""

from playledger.web.listing import Filter

# Name of a filter → table and key of what it chooses, and the key's type.
ENTITIES = {
    "campaign": ("campaigns", "campaign_id", "bigint"),
    "client": ("clients", "client_id", "uuid"),
    "order": ("campaign_groups", "campaign_group_id", "uuid"),
    "playlist": ("playlists", "playlist_id", "uuid"),
    "vendor": ("vendors", "vendor_id", "uuid"),
}
VENDOR_OPTIONS = "select vendor_id::text, name from {ledger}.vendors order by name_key"


def by_entity(entity: str, condition: str, name: str = "", label: str = "") -> Filter:
    """A filter by one of ENTITIES, whose name labels the choice; vendors can all be listed."""
    table, key, kind = ENTITIES[entity]
    return Filter(
        name or entity,
        label or entity.capitalize(),
        condition,
        "number" if kind == "bigint" else "id",
        options=VENDOR_OPTIONS if entity == "vendor" and not name else "",
        label_query=f"select name from {{ledger}}.{table} where {key} = {{value}}::{kind}",
    )


def by_text(name: str, label: str, column: str, table: str) -> Filter:
    """A filter by one of the texts that a column of a table has."""
    options = f"select distinct {column}, {column} from {table} order by 1"
    return Filter(name, label, f"{column} = {{value}}", options=options)
