"""The command `adopt`: the old tables, read once, become the first thing that the ledger knows.

old tables ──► people, an export ──► Candidate, prepared ──► Plan ──► a person's yes ──► publish()

The old tables are only read. After it, a second run has nothing to do, and once the ledger has
campaigns of its own, their ids stand and no others can be adopted.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from psycopg2 import sql

from loaders.errors import Exit, UserError
from loaders.export_order import LoadOverrides
from loaders.source_file import SourceFile, inspect_file
from playledger.adopt.legacy_campaigns import OldCampaigns, write_export
from playledger.adopt.legacy_contacts import read_people, settle
from playledger.adopt.legacy_tables import (
    CAMPAIGNS,
    CLIENTS,
    NAMES,
    VENDORS,
    OldTable,
    adopted_on,
    find_tables,
    is_there,
    reading,
)
from playledger.adopt.seed_candidate import Adoption, prepare
from playledger.adopt.summary import tell, tell_people
from playledger.publish.target import Target
from playledger.publish.workflow import deploy_command

if TYPE_CHECKING:
    from psycopg2.extensions import connection


def adopt_command(
    target: Target, schema: str, *, is_sure: bool = False, ask: object = None
) -> Exit:
    """Adopt from the old tables of a schema; UserError when there are none, or it is too late."""
    _refuse_own(target, schema)
    with target.connect() as conn:
        since = adopted_on(conn, target.settings.schema)
        if since:
            target.console.print(
                f"Nothing to do: {target.database.address} adopted its old tables on "
                f"{since:%Y-%m-%d %H:%M} (UTC).",
                soft_wrap=True,
            )
            return Exit.DONE
        _refuse_late(conn, target)
    with reading(target.database, schema) as conn:
        tables = find_tables(conn, schema)
        adoption, files, told = _read(conn, tables, target, schema)
    for sentence in told:
        target.console.print(sentence, markup=False, soft_wrap=True)
    meant = LoadOverrides(older=True, shrink=True)
    before = partial(prepare, adoption=adoption)
    return deploy_command(target, files, meant, is_sure=is_sure, ask=ask, prepare=before)


def _read(
    conn: connection, tables: dict[str, OldTable], target: Target, schema: str
) -> tuple[Adoption, list[SourceFile], list[str]]:
    """What is adopted, the file to load, and sentences on both."""
    filled = {name for name, table in tables.items() if is_there(conn, table.place)}
    if not filled & {CAMPAIGNS, CLIENTS, VENDORS}:
        raise UserError(
            f"There is nothing to adopt in schema `{schema}` of {target.database.address}: "
            f"{CAMPAIGNS}, {CLIENTS} and {VENDORS} are not there, or empty.\n"
            "Name the schema of the old tables with --from. Nothing was changed."
        )
    clients, vendors = (
        read_people(conn, tables[name]) if name in filled else [] for name in (CLIENTS, VENDORS)
    )
    old = None
    if CAMPAIGNS in filled:
        path = target.settings.home / "adopted" / target.run.run_id / _file_name(schema)
        old = write_export(conn, tables[CAMPAIGNS], clients, vendors, path)
    told = [
        f"Read from schema `{schema}` of {target.database.address}, where nothing is changed:",
        *(tell(conn, tables.get(name), name, name in filled, old) for name in NAMES),
    ]
    adoption, files = Adoption(), []
    if old:
        # Whatever columns the table lacks, it was the whole list.
        file = replace(inspect_file(old.path, "export"), is_full=True)
        files.append(file)
        adoption.sha256, adoption.ids, adoption.highest = file.sha256, old.ids, old.highest
    told += tell_people(clients, old)  # before they are settled: each as the table has it
    adoption.clients, said = settle("client", clients, (old or OldCampaigns(None)).of_clients)
    told += said
    adoption.vendors, said = settle("vendor", vendors, (old or OldCampaigns(None)).of_vendors)
    return adoption, files, told + said


def _file_name(schema: str) -> str:
    return f"spotify_campaigns_of_{re.sub(r'[^A-Za-z0-9_]', '_', schema)}.csv"


def _refuse_own(target: Target, schema: str) -> None:
    """The ledger makes its views in `app`, where tables of these names would have to give way."""
    ledger = target.settings.schema
    views = "app" if ledger == "ledger" else f"{ledger}_app"
    if schema in (views, ledger) or schema.startswith(f"{ledger}_"):
        raise UserError(
            f"The schema `{schema}` is the ledger's own: its tables and views go there. Move the "
            "old tables to another schema (`alter table ... set schema old`), then adopt with "
            "--from old. Nothing was changed."
        )


def _refuse_late(conn: connection, target: Target) -> None:
    """Ids that are given are never changed."""
    campaigns = sql.Identifier(target.settings.schema, "campaigns")
    if is_there(conn, campaigns):
        raise UserError(
            f"{target.database.address} has a ledger with campaigns already. An id never changes, "
            "so the old ones can no longer be adopted: that comes before the first deployment.\n"
            "If the ledger there may go, take its deployments back (`playledger undo`) or set "
            "LEDGER_SCHEMA to another name, then adopt. Nothing was changed."
        )
