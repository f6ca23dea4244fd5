"""The ten stages of `playledger sync`, and which dbt models belong to each.

    a dbt node ──► stage_of() ──► Stage ──► count_rows() ──► rows, new, changed

A stage is a part of the work that people ask about, not an order of execution: dbt builds a model
as soon as its inputs are built. Every model belongs to exactly one stage, and a test to the stage
of its model; a test of several models belongs to the verification.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from psycopg2 import sql

if TYPE_CHECKING:
    from psycopg2.extensions import connection


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: its name in the run log, its title, the noun for its rows, the ledger's tables
    that hold them, and its models.
    """

    name: str
    title: str
    noun: str = ""
    tables: tuple[str, ...] = ()
    models: frozenset[str] = frozenset()


def _stage(name: str, title: str, noun: str, tables: str, models: str) -> Stage:
    return Stage(name, title, noun, tuple(tables.split()), frozenset(models.split()))


STAGES = (
    _stage(
        "parse", "Parse and normalise", "rows", "",
        "stg_airtable__campaigns stg_airtable__files stg_airtable__rejected_records "
        "stg_names__pairs stg_spotify__files stg_spotify__playlist_rows "
        "stg_spotify__rejected_records stg_spotify__roster_candidates stg_spotify__roster_songs "
        "stg_spotify__windows int_email_addresses int_email_lists int_salespeople "
        "int_playlist_spellings int_canonical_states",
    ),
    _stage(
        "clients", "Clients", "clients", "clients",
        "int_client_labels int_clients clients int_known_names int_similar_names int_client_pairs "
        "client_match_candidates",
    ),
    _stage(
        "vendors", "Vendors", "vendors", "vendors",
        "int_vendor_labels int_vendors vendors vendor_match_candidates",
    ),
    _stage(
        "campaigns", "Campaigns", "campaigns", "campaigns",
        "stg_airtable__match_keys campaign_sightings int_meaningful_cells int_campaigns int_campaign_attributes "
        "campaigns",
    ),
    _stage(
        "sfa", "SFA URLs", "songs", "songs",
        "int_sfa_decisions int_found_sfa_urls int_sfa_near_matches int_sfa_urls int_songs songs "
        "sfa_match_candidates",
    ),
    _stage(
        "streams", "Streams", "stream rows", "playlist_streams",
        "playlist_streams int_campaign_streams",
    ),
    _stage(
        "playlists", "Playlists", "playlists", "playlists",
        "int_playlist_lines int_observed_playlists int_playlist_aliases int_playlist_claims "
        "int_playlists playlists int_playlist_pairs playlist_match_candidates",
    ),
    _stage(
        "links", "Links", "links", "campaign_clients campaign_groups campaign_playlists",
        "int_campaign_clients campaign_clients campaign_groups campaign_playlists "
        "loaded_exports campaign_appearances campaign_versions campaign_changes "
        "spotify_campaigns app_clients app_vendors app_campaign_groups app_campaign_playlists",
    ),
    _stage(
        "verification", "Verification", "checks", "",
        "column_rules rejected_records data_issues int_issues_sfa int_issues_cells "
        "int_issues_pieces int_issues_matches int_issues_rosters int_issues_scrapes "
        "int_filled_cells int_unparsed_cells int_unread_pieces lost_cells integrity_checks",
    ),
    _stage("production", "Production", "", "", ""),
)  # fmt: skip

NAMES = tuple(stage.name for stage in STAGES)
BY_NAME = {stage.name: stage for stage in STAGES}
BUILT = STAGES[1:8]  # by dbt alone: their counts are rows of the ledger
_OF_MODEL = {model: stage for stage in STAGES for model in stage.models}

COUNT = """
    select
        count(*),
        count(*) filter (where created_at >= %(since)s),
        count(*) filter (where created_at < %(since)s and updated_at >= %(since)s)
    from {table}
"""


def stage_of(kind: str, name: str, tests: str | None) -> Stage:
    """The stage of a dbt node: its kind (`model`, `seed`, `test`), its name, and the model or seed
    that it tests. Seeds and their tests belong to the first stage.
    """
    if kind == "seed":
        return BY_NAME["parse"]
    if kind == "model":
        return _OF_MODEL.get(name, BY_NAME["verification"])
    if tests:
        return _OF_MODEL.get(tests, BY_NAME["parse"])
    return BY_NAME["verification"]


def title_of(name: str) -> str:
    """`4/10 Campaigns`; the name alone of a stage of another command than sync."""
    if name not in BY_NAME:
        return name
    return f"{NAMES.index(name) + 1}/{len(STAGES)} {BY_NAME[name].title}"


def count_rows(
    conn: connection, schema: str, stages: Iterable[Stage], since: datetime
) -> dict[str, dict[str, int]]:
    """`rows`, `new` and `changed` since a time, by stage; a missing table has none."""
    found: dict[str, dict[str, int]] = {}
    with conn.cursor() as cur:
        for stage in stages:
            counts = {"rows": 0, "new": 0, "changed": 0}
            for name in stage.tables:
                table = sql.Identifier(schema, name)
                cur.execute("select to_regclass(%s)", [table.as_string(conn)])
                if cur.fetchone()[0]:
                    cur.execute(sql.SQL(COUNT).format(table=table), {"since": since})
                    row = cur.fetchone()
                    counts = {
                        name: known + more
                        for (name, known), more in zip(counts.items(), row, strict=True)
                    }
            found[stage.name] = counts
    return found
