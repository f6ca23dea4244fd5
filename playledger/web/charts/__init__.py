"""Charts: a few rows of the ledger as a picture, a caption and a table.

    rows ──► Chart (drawing, caption, legend, table) ──► chart() in templates/charts.html.jinja

Rows are anything with the named attributes, as `Reader.rows` gives them. Without data a chart is
its caption alone: a sentence that says so.
"""

from playledger.web.charts.chart import Chart
from playledger.web.charts.delivery import delivery, progress
from playledger.web.charts.statuses import status_by_month
from playledger.web.charts.streams import (
    KINDS,
    WINDOWS,
    streams_by_kind,
    streams_by_song,
    streams_over_time,
)

__all__ = [
    "KINDS", "WINDOWS", "Chart", "delivery", "progress", "status_by_month",
    "streams_by_kind", "streams_by_song", "streams_over_time",
]  # fmt: skip
