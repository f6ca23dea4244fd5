"""The ten stages of `playledger sync`.

    STAGES ──► title_of(), count_rows() ──► the run log, what is printed, the pages

A stage is a part of the work that people ask about, not an order of execution: dbt builds a model
as soon as its inputs are built. Which stage a model belongs to is said by `meta.stage` in the dbt
project.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from psycopg2 import sql
from psycopg2.extensions import connection
from psycopg2.extras import RealDictCursor

from playledger.runs.table import has_table


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: its name in the run log, its title, the noun for its rows, and the ledger's tables
    that hold them.
    """

    name: str
    title: str
    noun: str = ""
    tables: tuple[str, ...] = ()


STAGES = (
    Stage("parse", "Parse and normalise", "rows"),
    Stage("clients", "Clients", "clients", ("clients",)),
    Stage("vendors", "Vendors", "vendors", ("vendors",)),
    Stage("campaigns", "Campaigns", "campaigns", ("campaigns",)),
    Stage("sfa", "SFA URLs", "songs", ("songs",)),
    Stage("streams", "Streams", "stream rows", ("playlist_streams",)),
    Stage("playlists", "Playlists", "playlists", ("playlists",)),
    Stage("links", "Links", "links", ("campaign_clients", "campaign_groups", "campaign_playlists")),
    Stage("verification", "Verification", "checks"),
    Stage("production", "Production"),
)

NAMES = tuple(stage.name for stage in STAGES)
BY_NAME = {stage.name: stage for stage in STAGES}
BUILT = STAGES[1:8]  # by dbt alone: their counts are rows of the ledger

COUNT = """
    select
        count(*) as rows,
        count(*) filter (where created_at >= %(since)s) as new,
        count(*) filter (where created_at < %(since)s and updated_at >= %(since)s) as changed
    from {table}
"""


def title_of(name: str) -> str:
    """`4/10 Campaigns`; the name alone of a stage of another command than sync."""
    if name not in BY_NAME:
        return name
    return f"{NAMES.index(name) + 1}/{len(STAGES)} {BY_NAME[name].title}"


def count_rows(conn: connection, schema: str, since: datetime) -> dict[str, dict[str, int]]:
    """`rows`, `new` and `changed` since a time, by stage that dbt builds; 0 of a missing table."""
    found = {}
    with conn.cursor(cursor_factory=RealDictCursor) as cur:
        for stage in BUILT:
            counts = Counter(rows=0, new=0, changed=0)
            for name in stage.tables:
                if has_table(conn, schema, name):
                    table = sql.Identifier(schema, name)
                    cur.execute(sql.SQL(COUNT).format(table=table), {"since": since})
                    counts.update(cur.fetchone())
            found[stage.name] = dict(counts)
    return found
