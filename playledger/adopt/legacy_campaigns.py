"""The old campaigns as an export: a file that is loaded and doubted as every other one.

    spotify_campaigns, names of clients and vendors ──► write_export() ──► a CSV file, OldCampaigns

Sorted by id. Cells are those of the table; a client or vendor that only an id names is named.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from psycopg2 import sql

from loaders.errors import UserError
from loaders.files.export import letters_key
from loaders.files.staging_schema import EXPORT_COLUMNS
from playledger.adopt.column_casts import cell, known_columns
from playledger.adopt.legacy_contacts import addresses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg2.extensions import connection

    from playledger.adopt.legacy_contacts import Person
    from playledger.adopt.legacy_tables import OldTable

KEYS = ("id", "client_id", "vendor_id", "campaign_group_id")  # of the old tables, no cells
LARGEST = 10**18  # of an id: there must be room for new ones above
AT_ONCE = 2_000  # rows
FIRST_ROW = 2  # of a file with a header, as a spreadsheet counts
ROWS = 'select {columns} from {table} as old order by {order} old::text collate "C"'


@dataclass(slots=True)
class OldCampaigns:
    """What was written: the old id of each named row of the file (None for one not to adopt), how
    many campaigns each old client and vendor has, the e-mail addresses in cells, the ids of rows
    without a name, the highest id of all, and how many SFA URLs there are.
    """

    path: Path
    ids: dict[int, int | None] = field(default_factory=dict)
    of_clients: Counter[str] = field(default_factory=Counter)
    of_vendors: Counter[str] = field(default_factory=Counter)
    emails: set[str] = field(default_factory=set)
    nameless: list[str] = field(default_factory=list)
    highest: int = 0
    sfa_urls: int = 0

    @property
    def kept(self) -> list[int]:
        """The ids to adopt."""
        return [own for own in self.ids.values() if own is not None]


def write_export(
    conn: connection,
    table: OldTable,
    clients: list[Person],
    vendors: list[Person],
    path: Path,
) -> OldCampaigns:
    """Write the table's rows; UserError when it has no column `campaign`."""
    known = known_columns(list(table.columns))
    if "campaign" not in known.values():
        raise UserError(
            f"{table.schema}.{table.name} has no column `campaign`: its rows have no names.\n"
            "Name the schema of the old tables with --from. Nothing was changed."
        )
    names = {
        "client": {person.id: _label(person.name) for person in clients if person.id},
        "vendor": {person.id: person.name for person in vendors if person.id},
    }
    ids = _adoptable(row[0] for row in _rows(conn, table, [table.text("id")]))
    old = OldCampaigns(path, highest=max((0, *filter(None, ids))))
    places = {column: name for name, column in known.items()}
    unknown = [name for name in table.columns if name not in known and name not in KEYS]
    columns = [
        each for each in EXPORT_COLUMNS if each in places or (names.get(each) and _has(table, each))
    ]
    cells = [
        cell(table.columns[places[each]], each) if each in places else sql.SQL("null")
        for each in columns
    ]
    cells += [cell(table.columns[name], None) for name in unknown]
    keys = [table.text(name) for name in ("id", "client_id", "vendor_id")]
    headers = [EXPORT_COLUMNS[each] for each in columns] + _headers(unknown)
    has_odd_ids = None in ids and "id" in table.columns
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*headers, *(["id"] if has_odd_ids else [])])
        found = zip(ids, _rows(conn, table, [*keys, *cells]), strict=True)
        for place, (own_id, (old_id, client, vendor, *row)) in enumerate(found, FIRST_ROW):
            row = [text or "" for text in row]
            _name(columns, row, client, names["client"], "client")
            _name(columns, row, vendor, names["vendor"], "vendor")
            _note(old, dict(zip(columns, row, strict=False)), place, old_id, own_id)
            old.of_clients[client] += 1
            old.of_vendors[vendor] += 1
            odd = [old_id or ""] if own_id is None else [""]
            writer.writerow([*row, *(odd if has_odd_ids else [])])
    return old


def _adoptable(ids: Iterator[str | None]) -> list[int | None]:
    """Whole numbers that a campaign can have as its id, each once."""
    seen: set[int] = set()
    found: list[int | None] = []
    for text in ids:
        number = int(text) if text and re.fullmatch(r"-?[0-9]{1,19}", text) else None
        is_good = number is not None and abs(number) <= LARGEST and number not in seen
        found.append(number if is_good else None)
        seen.update([number] if is_good else [])
    return found


def _rows(conn: connection, table: OldTable, columns: list[sql.Composable]) -> Iterator[tuple]:
    has_id = "id" in table.columns
    query = sql.SQL(ROWS).format(
        columns=sql.SQL(", ").join(columns),
        table=table.place,
        order=sql.SQL("old.id nulls last," if has_id else ""),
    )
    with conn.cursor(name="old_rows") as cur:
        cur.itersize = AT_ONCE
        cur.execute(query)
        yield from cur


def _name(
    columns: list[str], row: list[str], known_id: str | None, names: dict[str, str], column: str
) -> None:
    """Name who an id means where the cell is empty; quote a name with a comma that stands bare."""
    if column not in columns or known_id not in names:
        return
    place, label = columns.index(column), names[known_id]
    bare = label[1:-1].replace('""', '"') if label.startswith('"') else label
    if not row[place].strip():
        row[place] = label
    elif label != bare and (row[place] == bare or row[place].startswith(f"{bare}, ")):
        row[place] = label + row[place].removeprefix(bare)


def _note(
    old: OldCampaigns, row: dict[str, str], place: int, old_id: str | None, own_id: int | None
) -> None:
    if row["campaign"].strip():
        old.ids[place] = own_id
    else:
        old.nameless.append(str(old_id))
    old.emails.update(addresses(row.get("client_email")))
    old.sfa_urls += "artists.spotify.com/" in row.get("sfa", "")


def _label(name: str) -> str:
    """A client's name as a Client cell has it: quoted when it holds a comma."""
    has_sign = "," in name or name.lstrip().startswith('"')
    return '"' + name.replace('"', '""') + '"' if has_sign else name


def _headers(unknown: list[str]) -> list[str]:
    """Headers of columns that the export does not have, none of which reads as one that it has."""
    taken = {letters_key(header) for header in EXPORT_COLUMNS.values()}
    return [f"old {name}" if letters_key(name) in taken else name for name in unknown]


def _has(table: OldTable, column: str) -> bool:
    return f"{column}_id" in table.columns
