"""The overview: what there is to do, the agency's figures, how fresh and complete the ledger is.

ledger ──► read_overview() (cached) ──► Overview ──► overview.html.jinja, report.html.jinja
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response

from playledger.runs.history import Run
from playledger.web import charts
from playledger.web.action_items import ActionItem, find_action_items
from playledger.web.charts import Chart
from playledger.web.data_coverage import COVERAGE_ROWS, Freshness, read_coverage, read_freshness
from playledger.web.ledger_reader import Reader, Row
from playledger.web.linked_figures import LinkedFigure, read_figures
from playledger.web.lists.vendors import DELIVERED
from playledger.web.run_pages import find_run
from playledger.web.templating import render

BY_MONTH = """
    select date_trunc('month', start_date)::date as month, status, count(*) as campaigns
    from {ledger}.campaigns
    where start_date is not null
    group by 1, 2
"""
BY_KIND = """
    select streams.time_window, playlists.kind, sum(streams.streams) as streams
    from {ledger}.playlist_streams as streams
    inner join {ledger}.songs as songs
        on streams.track_id = songs.track_id
        and streams.scraped_at = case streams.time_window
            when '7d' then songs.scraped_7d_at
            when '28d' then songs.scraped_28d_at
            else songs.scraped_12m_at end
    inner join {ledger}.playlists as playlists on streams.playlist_id = playlists.playlist_id
    group by 1, 2
"""
BY_VENDOR = f"""
    select
        vendors.name,
        vendors.name as label,
        coalesce(sum(delivered.goal), 0) as goal,
        sum(delivered.streams) as streams
    from ({DELIVERED.replace("{which}", "is not null")}) as delivered
    inner join {{ledger}}.vendors as vendors on delivered.vendor_id = vendors.vendor_id
    group by vendors.vendor_id
"""


@dataclass(frozen=True, slots=True)
class Overview:
    """What the overview and the report show of the whole ledger, as of a time."""

    as_of: datetime
    is_empty: bool
    action_items: list[ActionItem]
    figures: dict[str, list[LinkedFigure]]
    freshness: Freshness
    coverage: list[Row]
    run: Run | None
    charts: list[tuple[str, Chart]]


def read_overview(reader: Reader) -> Overview:
    """Read it from the ledger. Raises Unavailable when the ledger cannot be read."""
    as_of = datetime.now(UTC)
    freshness, coverage = read_freshness(reader), read_coverage(reader)
    run = find_run(reader)
    figures = read_figures(reader)
    drawn = [
        ("Campaigns by month", charts.status_by_month(reader.stream(BY_MONTH, {}))),
        ("Streams by kind of playlist", charts.streams_by_kind(reader.stream(BY_KIND, {}))),
        ("Delivery by vendor", charts.delivery(reader.stream(BY_VENDOR, {}), "vendor")),
    ]
    return Overview(
        as_of=as_of,
        is_empty=reader.row("select from {ledger}.campaigns limit 1") is None,
        action_items=find_action_items(reader, freshness, coverage, run),
        figures=figures,
        freshness=freshness,
        coverage=coverage,
        run=run,
        charts=drawn,
    )


def show_overview(request: Request) -> Response:
    """The overview; of a large ledger, a page that reloads until all is counted."""
    overview = request.app.state.overview.get()
    if overview is None:
        return render(request, "counting.html.jinja")
    return render(request, "overview.html.jinja", overview=overview, coverage_rows=COVERAGE_ROWS)
