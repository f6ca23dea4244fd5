"""A real ledger whose states are saved and restored: load, build, query, start again from empty.

States are template databases. The database keeps the name of the sample's ledger, since dbt parses
the whole project again for another name; the sample's ledger is saved and restored at the end.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from loaders.load import LoadOverrides, LoadResult
from loaders.source_file import find_inputs
from tests.python.support.ledger import Ledger, administer, load_into
from tests.python.support.properties.sheets import Export

# The models that an export can change, without those of scrapes and rosters alone, and without
# tests. One thread is as fast, and two can deadlock when they drop tables under `lost_cells`.
BUILD = (
    *("--threads", "1"),
    *("--select", "+campaigns", "+campaign_clients", "+campaign_groups", "+data_issues"),
    *("+rejected_records", "integrity_checks", "lost_cells"),
    *("--exclude", "resource_type:test", "resource_type:unit_test", "resource_type:seed"),
    *("path:models/staging/spotify", "int_issues_rosters", "int_playlist_spellings"),
    "path:models/staging,config.materialized:view",
)
ANYTHING = LoadOverrides(older=True, shrink=True)
CAMPAIGNS = """
    select
        campaign_id,
        to_jsonb(campaigns)
        || jsonb_build_object(
            'clients', (
                select coalesce(jsonb_agg(clients.name_key order by position), '[]')
                from ledger.campaign_clients inner join ledger.clients using (client_id)
                where campaign_clients.campaign_id = campaigns.campaign_id
            ),
            'first_client', (
                select name_key from ledger.clients where client_id = campaigns.client_id
            ),
            'vendor', (
                select name_key from ledger.vendors where vendor_id = campaigns.vendor_id
            ),
            'order', (
                select jsonb_build_array(name_key, start_date)
                from ledger.campaign_groups as orders
                inner join ledger.clients using (client_id)
                where orders.campaign_group_id = campaigns.campaign_group_id
            )
        ),
        start_date,
        sale_price
    from ledger.campaigns
"""
# Without the numbers of rows and files in the text of an issue. A rival campaign is left out too:
# it can be a row of the same export, which depends on the order of writing.
ISSUES = r"""
    select
        reason,
        column_name,
        regexp_replace(raw_value, '; or campaign .*|(?<=row |export_)\d+', '', 'g'),
        count(*)
    from ledger_quality.data_issues group by 1, 2, 3
"""
TABLES = """
    select table_schema || '.' || table_name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema in ('ledger', 'ledger_quality') order by 1
"""
FILLED = """
    select string_agg(format('%%I.%%I', table_schema, table_name), ', ')
    from information_schema.tables
    where
        table_type = 'BASE TABLE' and table_name <> '_dlt_version'
        and table_schema in (
            'staging_airtable', 'staging_spotify',
            'ledger', 'ledger_staging', 'ledger_intermediate', 'ledger_quality'
        )
"""


class World:
    """The ledger under test, and its saved states."""

    def __init__(self, ledger: Ledger, folder: Path) -> None:
        self._ledger = ledger
        self._folder = folder
        self._name = ledger.database.parameters["dbname"]
        self._numbers = itertools.count(1)
        self.ask, self.one = ledger.ask, ledger.one

    def load(self, export: Export) -> tuple[Path, LoadResult]:
        """Write an export to a new file and load it."""
        path = export.write(self._folder / f"export_{next(self._numbers)}.csv")
        return path, self.load_file(path, export)

    def load_file(self, path: Path, export: Export) -> LoadResult:
        files = find_inputs(path, None, None, is_view=export.is_declared_view)
        return load_into(self._ledger.database, files, self._ledger.home, ANYTHING)

    def build(self) -> None:
        self._ledger.build(*BUILD)

    def save(self, name: str) -> None:
        """Save the present state under a name, replacing an older one."""
        self._disconnect_others()
        administer(
            self._ledger.database,
            f"drop database if exists {self._name}_{name}",
            f"create database {self._name}_{name} template {self._name} strategy file_copy",
        )

    def restore(self, name: str) -> None:
        self._disconnect_others()
        administer(
            self._ledger.database,
            f"drop database if exists {self._name} with (force)",
            f"create database {self._name} template {self._name}_{name} strategy file_copy",
        )

    def campaigns(self) -> dict[int, dict[str, Any]]:
        """Every campaign with names in place of ids; dates and prices with their types."""
        return {
            number: record | {"start_date": day, "sale_price": price}
            for number, record, day, price in self.ask(CAMPAIGNS)
        }

    def sightings(self, sha256: str) -> dict[int, tuple[int, str, bool]]:
        """(campaign_id, matched_by, has_rival) of each row of a file."""
        found = self.ask(
            "select source_row, campaign_id, matched_by, has_rival "
            "from ledger.campaign_sightings where file_sha256 = %s",
            sha256,
        )
        return {row[0]: row[1:] for row in found}

    def ids_by_name(self, table: str) -> dict[str, str]:
        """The id of each client or vendor by the key of its name."""
        return dict(self.ask(f"select name_key, {table[:-1]}_id::text from ledger.{table}"))

    def versions(self) -> dict[str, tuple[object, ...]]:
        """Every row of every table without `updated_at`: (`updated_at`, the row's `xmin`)."""
        return {
            f"{table} {row}": tuple(version)
            for (table,) in self.ask(TABLES)
            for row, *version in self.ask(
                f"select (to_jsonb(t) - 'updated_at')::text, to_jsonb(t) ->> 'updated_at', "
                f"t.xmin::text from {table} as t"
            )
        }

    def contents(self, known: set[int]) -> Counter[str]:
        """The content of all tables without ids; campaigns in `known` keep theirs."""
        records = self.campaigns()
        found: Counter[str] = Counter()
        unordered = {"campaign_id", "source_row", "created_at", "updated_at", "campaign_group_id"}
        texts = {}
        for number, record in records.items():
            content = {name: record[name] for name in sorted(record.keys() - unordered)}
            texts[number] = f"{number if number in known else 'new'} {content}"
        found.update(texts.values())
        newest = (
            "select campaign_id, matched_by, has_rival from ledger.campaign_sightings "
            "where file_sha256 = (select file_sha256 from staging_airtable.files "
            "order by loaded_at desc limit 1)"
        )
        found.update(f"{how} {rival} {texts[at]}" for at, how, rival in self.ask(newest))
        for query in (
            "select client_id, name_key, emails, phone, contact_person from ledger.clients",
            "select vendor_id, name_key, email, contact_person from ledger.vendors",
            "select track_id, artist_id, sfa_url, sfa_source from ledger.songs",
            "select client_id, start_date, song_count, campaign_count, goal, sale_price "
            "from ledger.campaign_groups",
            ISSUES,
        ):
            found.update(f"{query.split()[-1]} {row}" for row in self.ask(query))
        return found

    def _disconnect_others(self) -> None:
        administer(
            self._ledger.database,
            "select pg_terminate_backend(pid) from pg_stat_activity "
            f"where datname = '{self._name}' and pid <> pg_backend_pid()",
        )


@contextmanager
def empty_world(ledger: Ledger, folder: Path) -> Iterator[World]:
    """A world with the saved state `empty`, a built ledger without rows; undone at the end."""
    world = World(ledger, folder)
    name = ledger.database.parameters["dbname"]
    world.save("original")
    try:
        ledger.ask(f"truncate {ledger.one(FILLED)}")
        world.save("empty")
        yield world
    finally:
        world.restore("original")
        for kept in ("original", "empty", "first"):
            administer(ledger.database, f"drop database if exists {name}_{kept}")
