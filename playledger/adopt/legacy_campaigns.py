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
from loaders.files.export import letters_key
from loaders.files.staging_schema import EXPORT_COLUMNS
from playledger.adopt.column_casts import cell_sql, known_columns
from playledger.adopt.legacy_contacts import Contact, find_addresses
from playledger.adopt.legacy_tables import LegacyTable

KEYS = ("id", "client_id", "vendor_id", "campaign_group_id")  # of the legacy tables, not cells
LARGEST_ID = 10**18  # leaves room for new ids above
FETCH_SIZE = 2_000  # rows
FIRST_ROW = 2  # of a file with a header, as a spreadsheet counts
ROWS = 'select {columns} from {table} as legacy order by {order} legacy::text collate "C"'


@dataclass(slots=True)
class LegacyExport:
    """The file that was written, and what was read for it.

    `ids` has the legacy id of each named row of the file, None where it cannot be adopted;
    `of_clients` and `of_vendors` count campaigns by legacy client and vendor id; `emails` are the
    addresses in cells, `nameless` the ids of rows without a name, `highest` is the highest id.
    """

    path: Path | None
    ids: dict[int, int | None] = field(default_factory=dict)
    of_clients: Counter[str] = field(default_factory=Counter)
    of_vendors: Counter[str] = field(default_factory=Counter)
    emails: set[str] = field(default_factory=set)
    nameless: list[str] = field(default_factory=list)
    highest: int = 0
    sfa_urls: int = 0

    @property
    def adoptable(self) -> list[int]:
        """The ids to adopt."""
        return [legacy_id for legacy_id in self.ids.values() if legacy_id is not None]

    def note(
        self, source_row: int, row: dict[str, str], written_id: str | None, legacy_id: int | None
    ) -> None:
        """Take note of a row, which has these cells; `written_id` is the table's, as text."""
        if row["campaign"].strip():
            self.ids[source_row] = legacy_id
        else:
            self.nameless.append(str(written_id))
        self.emails.update(find_addresses(row.get("client_email")))
        self.sfa_urls += "artists.spotify.com/" in row.get("sfa", "")


def write_export(
    conn: connection,
    table: LegacyTable,
    clients: list[Contact],
    vendors: list[Contact],
    path: Path,
) -> LegacyExport:
    """Write the table's rows as CSV. Raises UserError when it has no column `campaign`."""
    known = known_columns(list(table.columns))
    if "campaign" not in known.values():
        raise UserError(
            f"{table.schema}.{table.name} has no column `campaign`: its rows have no names.\n"
            "Name the schema of the legacy tables with --from. Nothing was changed."
        )
    names = {
        "client": {contact.id: _label(contact.name) for contact in clients if contact.id},
        "vendor": {contact.id: contact.name for contact in vendors if contact.id},
    }
    ids = _adoptable(row[0] for row in _rows(conn, table, [table.text("id")]))
    export = LegacyExport(path, highest=max((0, *filter(None, ids))))
    legacy_names = {column: name for name, column in known.items()}
    unknown = [name for name in table.columns if name not in known and name not in KEYS]
    columns = [
        column
        for column in EXPORT_COLUMNS
        if column in legacy_names or (names.get(column) and f"{column}_id" in table.columns)
    ]
    cells = [
        cell_sql(table.columns[legacy_names[column]], column)
        if column in legacy_names
        else sql.SQL("null")
        for column in columns
    ]
    cells += [cell_sql(table.columns[name], None) for name in unknown]
    keys = [table.text(name) for name in ("id", "client_id", "vendor_id")]
    headers = [EXPORT_COLUMNS[column] for column in columns] + _headers(unknown)
    has_other_ids = None in ids and "id" in table.columns
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*headers, *(["id"] if has_other_ids else [])])
        rows = zip(ids, _rows(conn, table, [*keys, *cells]), strict=True)
        for source_row, (legacy_id, (id_text, client, vendor, *row)) in enumerate(rows, FIRST_ROW):
            row = [text or "" for text in row]
            _fill_name(columns, row, client, names["client"], "client")
            _fill_name(columns, row, vendor, names["vendor"], "vendor")
            export.note(source_row, dict(zip(columns, row, strict=False)), id_text, legacy_id)
            export.of_clients[client] += 1
            export.of_vendors[vendor] += 1
            other_id = [id_text or ""] if legacy_id is None else [""]
            writer.writerow([*row, *(other_id if has_other_ids else [])])
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


def _rows(conn: connection, table: LegacyTable, columns: list[sql.Composable]) -> Iterator[tuple]:
    query = sql.SQL(ROWS).format(
        columns=sql.SQL(", ").join(columns),
        table=table.identifier,
        order=sql.SQL("legacy.id nulls last," if "id" in table.columns else ""),
    )
    with conn.cursor(name="legacy_rows") as cur:
        cur.itersize = FETCH_SIZE
        cur.execute(query)
        yield from cur


def _fill_name(
    columns: list[str], row: list[str], known_id: str | None, names: dict[str, str], column: str
) -> None:
    """Fill in the name of an id where the cell is empty; quote a bare name that has a comma."""
    if column not in columns or known_id not in names:
        return
    position, label = columns.index(column), names[known_id]
    bare = label[1:-1].replace('""', '"') if label.startswith('"') else label
    if not row[position].strip():
        row[position] = label
    elif label != bare and (row[position] == bare or row[position].startswith(f"{bare}, ")):
        row[position] = label + row[position].removeprefix(bare)


def _label(name: str) -> str:
    """A client's name as a Client cell has it: quoted when it has a comma."""
    needs_quotes = "," in name or name.lstrip().startswith('"')
    return '"' + name.replace('"', '""') + '"' if needs_quotes else name


def _headers(unknown: list[str]) -> list[str]:
    """Headers of columns that the export lacks, none of which reads as one that it has."""
    taken = {letters_key(header) for header in EXPORT_COLUMNS.values()}
    return [f"old {name}" if letters_key(name) in taken else name for name in unknown]
