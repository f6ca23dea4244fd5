"""What a person says about the order of day and month in an export: `--date-order`.

    exports, new ones or loaded before ──► record_date_orders() ──► staging_airtable.date_orders

The newest word about a file holds, and the next build reads the file's dates by it; the rule is in
section 3.16 of docs/contract.md. A second run with the same word writes nothing.
"""

import logging
from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import uuid4

from psycopg2.extensions import connection

from loaders.errors import UserError
from loaders.files.export import ExportShape, read_export
from loaders.files.last_modified import ChangeTally, Order
from loaders.source_file import ExportFile, SourceFile

INSERT = """
    insert into {schema}.date_orders (file_sha256, run_key, date_order, newest_change, decided_at)
    values (%s, %s, %s, %s, %s)
"""
log = logging.getLogger(__name__)


def record_date_orders(
    conn: connection,
    files: Iterable[SourceFile],
    known: dict[str, Order],
    schema: str = "staging_airtable",
) -> list[ExportFile]:
    """Store the order that was named for these files unless it is the `known` one, and commit.

    Returns the files for which it was stored. Raises UserError when one cannot be read.
    """
    named = {file.sha256: file for file in files if isinstance(file, ExportFile)}
    told = [
        file
        for file in named.values()
        if file.date_order and known.get(file.sha256) != file.date_order
    ]
    with conn.cursor() as cur:
        for file in told:
            tally = tally_changes(file.shape)
            newest = tally.newest_change(tally.order(file.date_order))
            row = (file.sha256, uuid4().hex, file.date_order, newest, datetime.now(UTC))
            cur.execute(INSERT.format(schema=schema), row)
            log.info("%s: dates are read as %s", file.path.name, file.date_order)
    conn.commit()
    return told


def tally_changes(shape: ExportShape) -> ChangeTally:
    """What the Last Modified cells of an export add up to; UserError when it cannot be read."""
    tally = ChangeTally()
    try:
        for batch in read_export(shape):
            tally.add(batch.changes)
    except OSError as error:
        why = error.strerror or error
        raise UserError(f"{shape.path} cannot be read: {why}.") from None
    return tally
