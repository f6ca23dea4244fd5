"""A list as a file: every row that the filters leave, with the columns that are shown.

    Listing, ListParams ──► read_all() ──► lines of CSV, some rows at a time ──► CsvResponse

The query ends with the response, also when the client disconnects: an open one would keep the next
build waiting.
"""

import csv
import io
from collections.abc import Generator, Iterator
from itertools import chain, islice

from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from playledger.web.formatting import csv_cell
from playledger.web.ledger_reader import Row
from playledger.web.list_params import read_params
from playledger.web.list_query import read_all
from playledger.web.listing import Listing

CHUNK_ROWS = 500  # rows that are sent at a time


class CsvResponse(StreamingResponse):
    """A CSV file to download; `lines` are closed when all is sent or the client disconnects."""

    def __init__(self, lines: Generator[bytes, None, None], name: str) -> None:
        self._lines = lines
        super().__init__(
            lines,
            media_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._lines.close()


def export_csv(request: Request, listing: Listing) -> CsvResponse:
    """The list that an address asks for, as a file.

    Raises `Unavailable` before the file begins when the ledger cannot be read.
    """
    params = read_params(listing, request.query_params)
    rows = read_all(request.app.state.reader, listing, params)
    first = list(islice(rows, 1))
    return CsvResponse(_lines(listing, chain(first, rows)), f"{listing.path.strip('/')}.csv")


def _lines(listing: Listing, rows: Iterator[Row]) -> Generator[bytes, None, None]:
    columns = listing.shown
    text = io.StringIO()
    writer = csv.writer(text)
    text.write("\ufeff")  # by which spreadsheets recognise UTF-8
    writer.writerow([each.name for each in columns])
    for place, row in enumerate(rows, 1):
        writer.writerow([csv_cell(getattr(row, each.name)) for each in columns])
        if place % CHUNK_ROWS == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()
