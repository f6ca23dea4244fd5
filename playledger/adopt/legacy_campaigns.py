"""The legacy campaigns as an export: a file that is loaded and checked as every other one.

    spotify_campaigns, names of clients and vendors ──► write_export() ──► CSV file, LegacyExport

Rows are sorted by id. Cells are those of the table; where only an id names a client or vendor, its
name is filled in.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from psycopg2 import sql
from psycopg2.extensions import connection

from loaders.errors import UserError
from loaders.files.export_header import letters_key
from loaders.files.staging_schema import EXPORT_COLUMNS
from playledger.adopt.column_casts import cell_sql, known_columns
from playledger.adopt.legacy_contacts import Contact, find_addresses
from playledger.adopt.legacy_tables import LegacyTable

KEYS = ("id", "client_id", "vendor_id", "campaign_group_id")  # of the legacy tables, not cells
LARGEST_ID = 10**18  # leaves room for new ids above
FIRST_ROW = 2  # of a file with a header, as a spreadsheet counts
ROWS = 'select {columns} from {table} as legacy order by {order} legacy::text collate "C"'


@dataclass(slots=True)
class LegacyExport:
    """What was read for the file.

    `ids` has the legacy id of each named row of the file, None where it cannot be adopted;
    `of_clients` and `of_vendors` count campaigns by legacy client and vendor id; `emails` are the
    addresses in cells, `nameless` the ids of rows without a name, `highest` is the highest id.
    `missing` are columns of an export that the table lacks, `unknown` those that only it has.
    """

    ids: dict[int, int | None] = field(default_factory=dict)
    of_clients: Counter[str] = field(default_factory=Counter)
    of_vendors: Counter[str] = field(default_factory=Counter)
    emails: set[str] = field(default_factory=set)
    nameless: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    highest: int = 0
    sfa_urls: int = 0


def write_export(
    conn: connection,
    table: LegacyTable,
    clients: list[Contact],
    vendors: list[Contact],
    path: Path,
) -> LegacyExport:
    """Write the table's rows as CSV. Raises UserError when it has no column `campaign`."""
    known = {column: name for name, column in known_columns(list(table.columns)).items()}
    if "campaign" not in known:
        raise UserError(
            f"{table.schema}.{table.name} has no column `campaign`: its rows have no names.\n"
            "Name the schema of the legacy tables with --from. Nothing was changed."
        )
    client_labels = {contact.id: _label(contact.name) for contact in clients if contact.id}
    vendor_names = {contact.id: contact.name for contact in vendors if contact.id}
    filled = {"client"} if client_labels and "client_id" in table.columns else set()
    filled |= {"vendor"} if vendor_names and "vendor_id" in table.columns else set()
    export = LegacyExport()
    export.missing = [column for column in EXPORT_COLUMNS if column not in known]
    export.unknown = [name for name in table.columns if name not in {*known.values(), *KEYS}]
    cells = {
        column: cell_sql(table.columns[known[column]], column)
        if column in known
        else sql.SQL("null")
        for column in EXPORT_COLUMNS
        if column in known or column in filled
    }
    headers = [EXPORT_COLUMNS[column] for column in cells] + _headers(export.unknown)
    cells |= {name: cell_sql(table.columns[name], None) for name in export.unknown}
    keys = [table.text(name) for name in ("id", "client_id", "vendor_id")]
    rows = _rows(conn, table, [*keys, *cells.values()])
    ids = _adoptable(id_text for id_text, *_ in rows)
    export.highest = max((0, *filter(None, ids)))
    has_other_ids = None in ids and "id" in table.columns
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*headers, *["id"] * has_other_ids])
        for source_row, (legacy_id, values) in enumerate(zip(ids, rows, strict=True), FIRST_ROW):
            id_text, client, vendor, *texts = values
            row = {column: text or "" for column, text in zip(cells, texts, strict=True)}
            _fill_name(row, "client", client_labels.get(client))
            _fill_name(row, "vendor", vendor_names.get(vendor))
            if row["campaign"].strip():
                export.ids[source_row] = legacy_id
            else:
                export.nameless.append(str(id_text))
            export.emails.update(find_addresses(row.get("client_email")))
            export.sfa_urls += "artists.spotify.com/" in row.get("sfa", "")
            export.of_clients[client] += 1
            export.of_vendors[vendor] += 1
            other_id = "" if id_text is None or legacy_id is not None else id_text
            writer.writerow([*row.values(), *[other_id] * has_other_ids])
    return export


def _adoptable(ids: Iterator[str | None]) -> list[int | None]:
    """Whole numbers that a campaign can have as its id, each once; None for the rest."""
    seen: set[int] = set()
    found: list[int | None] = []
    for text in ids:
        number = int(text) if text and re.fullmatch(r"-?[0-9]{1,19}", text) else None
        is_good = number is not None and abs(number) <= LARGEST_ID and number not in seen
        found.append(number if is_good else None)
        seen.update([number] if is_good else [])
    return found


def _rows(conn: connection, table: LegacyTable, columns: list[sql.Composable]) -> list[tuple]:
    query = sql.SQL(ROWS).format(
        columns=sql.SQL(", ").join(columns),
        table=table.identifier,
        order=sql.SQL("legacy.id nulls last," if "id" in table.columns else ""),
    )
    with conn.cursor() as cur:
        cur.execute(query)
        return cur.fetchall()


def _fill_name(row: dict[str, str], column: str, label: str | None) -> None:
    """Fill in the name of an id where the cell is empty; quote a bare name that has a comma."""
    if column not in row or label is None:
        return
    bare = label[1:-1].replace('""', '"') if label.startswith('"') else label
    if not row[column].strip():
        row[column] = label
    elif label != bare and (row[column] == bare or row[column].startswith(f"{bare}, ")):
        row[column] = label + row[column].removeprefix(bare)


def _label(name: str) -> str:
    """A client's name as a Client cell has it: quoted when it has a comma."""
    needs_quotes = "," in name or name.lstrip().startswith('"')
    return '"' + name.replace('"', '""') + '"' if needs_quotes else name


def _headers(unknown: list[str]) -> list[str]:
    """Headers of columns that the export lacks, none of which reads as one that it has."""
    taken = {letters_key(header) for header in EXPORT_COLUMNS.values()}
    return [f"old {name}" if letters_key(name) in taken else name for name in unknown]
