"""The front page: what needs a person, the agency's figures, how new and how whole the ledger is.

ledger ──► take_overview() (kept in memory) ──► Overview ──► overview.html.jinja, report
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from playledger.web import charts
from playledger.web.action_items import Waiting, find_waiting
from playledger.web.background_cache import BackgroundCache
from playledger.web.data_coverage import COVERED, Coverage, Freshness, read_coverage, read_freshness
from playledger.web.linked_figures import Number, count_figures
from playledger.web.lists.vendors import DELIVERED
from playledger.web.run_pages import find_run
from playledger.web.templating import render

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from playledger.runs.history import Run
    from playledger.web.charts import Chart
    from playledger.web.ledger_reader import Reader

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
        on streams.track_id = songs.track_id and streams.scraped_at = songs.last_scraped_at
    inner join {ledger}.playlists as playlists on streams.playlist_id = playlists.playlist_id
    group by 1, 2
"""
BY_VENDOR = f"""
    select vendors.name as vendor, sum(delivered.goal) as goal, sum(delivered.streams) as streams
    from ({DELIVERED.replace("{which}", "is not null")}) as delivered
    inner join {{ledger}}.vendors as vendors on delivered.vendor_id = vendors.vendor_id
    group by vendors.vendor_id
"""


@dataclass(frozen=True, slots=True)
class Overview:
    """What the front page and the report say of the whole ledger, as of a time."""

    made_at: datetime
    is_empty: bool
    waiting: list[Waiting]
    figures: dict[str, list[Number]]
    freshness: Freshness
    coverage: list[Coverage]
    run: Run | None
    charts: list[tuple[str, Chart]]


def take_overview(reader: Reader) -> Overview:
    """Ask the ledger everything; `Unavailable` where it cannot be asked."""
    made_at = datetime.now(UTC)
    freshness, coverage = read_freshness(reader), read_coverage(reader)
    run = find_run(reader)
    figures = count_figures(reader)
    drawn = [
        ("Campaigns by month", charts.status_by_month(reader.stream(BY_MONTH, {}))),
        ("Where streams come from", charts.streams_by_kind(reader.stream(BY_KIND, {}))),
        ("What vendors deliver", charts.vendor_delivery(reader.stream(BY_VENDOR, {}))),
    ]
    return Overview(
        made_at=made_at,
        is_empty=reader.row("select from {ledger}.campaigns limit 1") is None,
        waiting=find_waiting(reader, freshness, coverage, run),
        figures=figures,
        freshness=freshness,
        coverage=coverage,
        run=run,
        charts=drawn,
    )


def keep_overview(reader: Reader) -> BackgroundCache[Overview]:
    """The overview in memory, until somebody writes to the ledger."""
    return BackgroundCache(lambda: take_overview(reader), reader.written)


def show_front(request: Request) -> Response:
    """The front page; where the ledger is large, a page that comes again until all is counted."""
    overview = request.app.state.overview.get()
    if overview is None:
        return render(request, "counting.html.jinja")
    return render(request, "overview.html.jinja", overview=overview, covered=COVERED)
