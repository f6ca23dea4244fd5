"""The command `adopt`: the legacy tables, read once, become the ledger's first rows.

legacy tables ──► contacts, an export ──► seeded Candidate ──► Plan ──► a person's yes ──► publish()

The legacy tables are only read. A second run has nothing to do, and once the ledger has campaigns
of its own, their ids are fixed and no others can be adopted.
"""

import logging
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from psycopg2 import sql
from psycopg2.extensions import connection

from loaders.errors import Exit, UserError
from loaders.export_order import LoadOverrides
from loaders.source_file import inspect_file
from playledger.adopt.legacy_campaigns import LegacyExport, write_export
from playledger.adopt.legacy_contacts import merge_same_names, read_contacts
from playledger.adopt.legacy_tables import (
    CAMPAIGNS,
    CLIENTS,
    NAMES,
    VENDORS,
    adopted_at,
    find_legacy_tables,
    has_rows,
    read_only,
)
from playledger.adopt.seed_candidate import Adoption, seed_candidate
from playledger.adopt.summary import describe_table, unknown_addresses
from playledger.publish.target import Target
from playledger.publish.workflow import deploy_command

logger = logging.getLogger(__name__)


def adopt_command(target: Target, schema: str, *, ask: Callable[[str], bool] | None) -> Exit:
    """Adopt the legacy tables of a schema; `ask` first unless that is None.

    Raises UserError when there are none, or when the ledger has campaigns of its own.
    """
    _refuse_own_schema(target, schema)
    with target.connect() as conn:
        since = adopted_at(conn, target.settings.schema)
        if since:
            target.say(
                f"Nothing to do: {target.database.address} adopted its legacy tables on "
                f"{since:%Y-%m-%d %H:%M} (UTC)."
            )
            return Exit.DONE
        _require_no_campaigns(conn, target)
    with read_only(target.database, schema) as conn:
        adoption, notes = _read(conn, target, schema)
    for note in notes:
        target.say(note)
    files = [adoption.file] if adoption.file else []
    allowed = LoadOverrides(older=True, shrink=True)
    prepare = partial(seed_candidate, adoption=adoption)
    return deploy_command(target, files, allowed, ask=ask, prepare=prepare)


def _read(conn: connection, target: Target, schema: str) -> tuple[Adoption, list[str]]:
    """What is adopted, with the file to load, and sentences on both."""
    tables = find_legacy_tables(conn, schema)
    filled = {name for name, table in tables.items() if has_rows(conn, table.identifier)}
    if not filled & {CAMPAIGNS, CLIENTS, VENDORS}:
        raise UserError(
            f"There is nothing to adopt in schema `{schema}` of {target.database.address}: "
            f"{CAMPAIGNS}, {CLIENTS} and {VENDORS} do not exist, or are empty.\n"
            "Name the schema of the legacy tables with --from. Nothing was changed."
        )
    clients, vendors = (
        read_contacts(conn, tables[name]) if name in filled else [] for name in (CLIENTS, VENDORS)
    )
    export, file = LegacyExport(), None
    if CAMPAIGNS in filled:
        name = f"spotify_campaigns_of_{re.sub(r'[^A-Za-z0-9_]', '_', schema)}.csv"
        path = target.settings.home / "adopted" / target.run.run_id / name
        export = write_export(conn, tables[CAMPAIGNS], clients, vendors, path)
        logger.info("adopt: %d rows written to %s", len(export.ids), path)
        # Whatever columns the table lacks: it was the whole list.
        file = replace(inspect_file(path, "export"), is_full=True)
    notes = [
        f"Read from schema `{schema}` of {target.database.address}, which is not changed:",
        *(describe_table(conn, name, tables.get(name), export) for name in NAMES),
        *unknown_addresses(clients, export),  # before they are merged
    ]
    clients, of_clients = merge_same_names("client", clients, export.of_clients)
    vendors, of_vendors = merge_same_names("vendor", vendors, export.of_vendors)
    return Adoption(clients, vendors, file, export), [*notes, *of_clients, *of_vendors]


def _refuse_own_schema(target: Target, schema: str) -> None:
    """The ledger creates views in `app`, where tables of these names would have to give way."""
    ledger = target.settings.schema
    views = "app" if ledger == "ledger" else f"{ledger}_app"
    if schema in (views, ledger) or schema.startswith(f"{ledger}_"):
        raise UserError(
            f"The schema `{schema}` is the ledger's own: its tables and views go there. Move the "
            "legacy tables to another schema (`alter table ... set schema old`), then adopt with "
            "--from old. Nothing was changed."
        )


def _require_no_campaigns(conn: connection, target: Target) -> None:
    """Campaign ids, once given, never change."""
    campaigns = sql.Identifier(target.settings.schema, "campaigns")
    if has_rows(conn, campaigns):
        raise UserError(
            f"{target.database.address} has a ledger with campaigns already. An id never changes, "
            "so legacy ids can only be adopted before the first deployment.\n"
            "If that ledger may go, undo its deployments (`playledger undo`) or set LEDGER_SCHEMA "
            "to another name, then adopt. Nothing was changed."
        )
