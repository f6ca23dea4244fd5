"""Possible duplicates that nobody has decided, best first, with what helps to decide.

    ledger_quality.<kind>_match_candidates ──► read_queue() ──► NamePair ...

Reads only.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from psycopg2 import sql
from psycopg2.extensions import connection

from loaders.errors import UserError
from playledger.review.alias_seeds import EntityName

KINDS = ("client", "vendor", "playlist")

# Each has one row per id: name, curator, campaigns, songs that a scrape shows it with, their
# streams of the last 28 days, addresses.
CLIENT = """
    select clients.client_id as id, clients.name, null as curator, count(campaign_id) as campaigns,
        null::bigint as songs, null::bigint as streams, clients.emails
    from {ledger}.clients left join {ledger}.campaign_clients using (client_id)
    where client_id = any(%(ids)s::uuid[])
    group by clients.client_id
"""
VENDOR = """
    select vendors.vendor_id as id, vendors.name, null as curator, count(campaign_id) as campaigns,
        null::bigint as songs, null::bigint as streams, array_remove(array[vendors.email], null)
    from {ledger}.vendors left join {ledger}.campaigns using (vendor_id)
    where vendor_id = any(%(ids)s::uuid[])
    group by vendors.vendor_id
"""
PLAYLIST = """
    with used as (
        select playlist_id, count(*) as campaigns from {ledger}.campaign_playlists
        where playlist_id = any(%(ids)s::uuid[]) group by playlist_id
    ),
    seen as (
        select playlist_id, count(distinct track_id) as songs,
            (sum(streams) filter (
                where time_window = '28d' and scraped_at = scraped_28d_at
            ))::bigint as streams
        from {ledger}.playlist_streams inner join {ledger}.songs using (track_id)
        where playlist_id = any(%(ids)s::uuid[]) group by playlist_id
    )
    select playlist_id as id, name, curator, coalesce(campaigns, 0), coalesce(songs, 0),
        streams, array[]::text[]
    from {ledger}.playlists left join used using (playlist_id) left join seen using (playlist_id)
    where playlist_id = any(%(ids)s::uuid[])
"""
DETAILS = {"client": CLIENT, "vendor": VENDOR, "playlist": PLAYLIST}
CANDIDATES = "select {}::text, {}::text, score, evidence from {}"


@dataclass(frozen=True, slots=True)
class Side:
    """One name of a pair; `songs` is None for kinds that scrapes do not show."""

    entity: EntityName
    campaigns: int
    songs: int | None
    streams: int | None
    emails: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamePair:
    """A possible duplicate: `alias` is proposed to be merged into `kept`."""

    kind: str
    score: int
    evidence: str
    kept: Side
    alias: Side


def read_queue(conn: connection, schema: str, kinds: Iterable[str]) -> list[NamePair]:
    """The pairs of these kinds by score. Raises UserError when no build has made the queue."""
    pairs = [pair for kind in kinds for pair in _read_kind(conn, schema, kind)]
    return sorted(pairs, key=_order)


def require_queue(conn: connection, schema: str, candidates: str) -> sql.Identifier:
    """A ledger's table of candidates. Raises UserError when no build has made it."""
    table = sql.Identifier(f"{schema}_quality", candidates)
    with conn.cursor() as cur:
        cur.execute("select to_regclass(%s)", [table.as_string(cur)])
        if cur.fetchone()[0] is None:
            raise UserError(
                f"There is no ledger with a queue in schema `{schema}` yet. Run `make sync`, or "
                "`make load` and `dbt build`."
            )
    return table


def _order(pair: NamePair) -> tuple:
    used = pair.kept.campaigns + pair.alias.campaigns
    keys = pair.kept.entity.key, pair.alias.entity.key
    return (-pair.score, -used, KINDS.index(pair.kind), *keys)


def _weight(side: Side) -> tuple[bool, int, int]:
    """How well it is established: seen in a scrape first, then campaigns, then songs."""
    return bool(side.songs), side.campaigns, side.songs or 0


def _read_kind(conn: connection, schema: str, kind: str) -> list[NamePair]:
    candidates = require_queue(conn, schema, f"{kind}_match_candidates")
    columns = [sql.Identifier(f"{kind}_id_{end}") for end in "ab"]
    with conn.cursor() as cur:
        cur.execute(sql.SQL(CANDIDATES).format(*columns, candidates))
        rows = cur.fetchall()
        ids = sorted({each for row in rows for each in row[:2]})
        details = sql.SQL(DETAILS[kind]).format(ledger=sql.Identifier(schema))
        cur.execute(details, {"ids": ids})
        sides = {
            str(row[0]): Side(EntityName(row[1], row[2] or ""), *row[3:6], tuple(row[6] or ()))
            for row in cur
        }
    pairs = []
    for id_a, id_b, score, evidence in rows:
        alias, kept = sorted((sides[id_a], sides[id_b]), key=_weight)
        pairs.append(NamePair(kind, score, evidence, kept, alias))
    return pairs
