"""The SQL of a list: how many rows there are, and the rows of a page or all of them.

Listing, order, conditions ──► count_statement(), rows_statement() ──► SQL
"""

from collections.abc import Sequence

from playledger.web.listing import Listing


def count_statement(listing: Listing, conditions: Sequence[str]) -> str:
    """Counts the rows that meet the conditions, up to the placeholder `limit`."""
    rows = f"select from {listing.table} {listing.joins} {_where(conditions)} limit %(limit)s"
    return f"select count(*) as total from ({rows}) as found"


def sort_columns(listing: Listing) -> list[str]:
    """The names of sort value and key where `rows_statement` puts the condition of a side."""
    return ["sort_value", *(f"key_{place}" for place, _ in enumerate(listing.key))]


def rows_statement(
    listing: Listing,
    order: str,
    conditions: Sequence[str],
    sides: Sequence[str] = (),
    is_backwards: bool = False,
    max_count: int | None = None,
) -> str:
    """Reads the rows that meet the conditions, in order; with `sides`, conditions on
    `sort_columns`, those that meet one of them, up to the placeholder `limit`, the last ones of
    them where `is_backwards`.

    With `max_count` all rows are found and counted (`total`); where there are more, it gives any.
    Without it an index is read in its order until the page is full. Keys are found first, then the
    columns of those rows: a page of a million rows costs little more than one of a hundred.
    """
    column, names = listing.column(order.removeprefix("-")), sort_columns(listing)
    is_descending = order.startswith("-")
    keys = ", ".join(f"{sql} as {name}" for sql, name in zip(listing.key, names[1:], strict=True))
    aggregates = listing.aggregate_joins
    page = f"""
        select {column.sql} as sort_value, {keys}
        from {listing.table} {listing.joins} {aggregates if listing.is_aggregate(column) else ""}
        {_where(conditions)}
    """
    total, side = "", " or ".join(f"({each})" for each in sides)
    if max_count is not None:
        page = f"select *, count(*) over () as total from ({page} limit {max_count + 1}) as counted"
        total, side = "page.total as total,", f"total > {max_count} or {side}"
    if sides:
        order_by = _order_by(names, is_descending=is_descending, is_backwards=is_backwards)
        page = f"select * from ({page}) as found where {side} {order_by} limit %(limit)s"
    columns = ", ".join(f'{each.sql} as "{each.name}"' for each in listing.columns)
    cursor = ", ".join(f"page.{name}::text" for name in names)
    on = zip(listing.key, names[1:], strict=True)
    return f"""
        select {columns}, {total} array[{cursor}] as cursor
        from ({page}) as page
        inner join {listing.table} on {" and ".join(f"{sql} = page.{name}" for sql, name in on)}
        {listing.joins} {aggregates}
        {_order_by([f"page.{name}" for name in names], is_descending=is_descending)}
    """


def _order_by(names: Sequence[str], *, is_descending: bool, is_backwards: bool = False) -> str:
    direction = "desc" if is_descending != is_backwards else "asc"
    nulls = "nulls first" if is_backwards else "nulls last"
    keys = "".join(f", {name} {direction}" for name in names[1:])
    return f"order by {names[0]} {direction} {nulls}{keys}"


def _where(conditions: Sequence[str]) -> str:
    return f"where {' and '.join(conditions)}" if conditions else ""
