"""What to scrape: songs with an SFA URL, for their streams, and campaigns that lack an SFA URL.

    ledger ──► songs_to_scrape(), campaigns_without_sfa_url() ──► SongTarget, campaigns

Reads only. What was scraped longest ago comes first, so a second call after a load returns the same
songs in another order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import TypeVar

from psycopg2 import sql
from psycopg2.extensions import connection
from psycopg2.extras import RealDictCursor
from rapidfuzz import fuzz, process

from loaders.cell_rules import text_key
from loaders.errors import UserError
from loaders.scrape.site import Site, parse_song_url
from playledger.audit.verification import require_ledger

STATUSES = ["active", "complete"]  # of the campaigns that are scraped for
SUGGESTIONS = 5

SONGS = """
    select campaign_id, name, artist, song, sfa_url, status = 'active'
    from {ledger}.campaigns
    where status = any(%s) and sfa_url is not null
    order by campaign_id
"""
# A song is as old as the window that was read longest ago, and new while one was never read.
SCRAPED = """
    select
        track_id,
        case when num_nonnulls(scraped_7d_at, scraped_28d_at, scraped_12m_at) = 3
            then least(scraped_7d_at, scraped_28d_at, scraped_12m_at) end
    from {ledger}.songs
    where track_id = any(%s)
"""

# Searches know a client by the whole Client cell; only this table has it.
CAMPAIGNS = """
    select
        campaigns.campaign_id,
        campaigns.name as campaign,
        known.client_cell as client,
        campaigns.artist,
        campaigns.song,
        campaigns.goal,
        vendors.name as vendor,
        campaigns.status
    from {ledger}.campaigns as campaigns
    inner join {intermediate}.int_campaigns as known using (campaign_id)
    left join {ledger}.vendors as vendors using (vendor_id)
    where campaigns.status = any(%s) and campaigns.sfa_url is null
    order by campaigns.status <> 'active', campaigns.campaign_id
"""


@dataclass(frozen=True, slots=True)
class SongTarget:
    """One song to scrape, and for which campaigns; `label` and `campaigns` are names for people.

    `last_scraped_at` is of the newest scrapes that read its windows, the oldest of the three, by
    the scraper's clock (UTC, no zone); None while a window was never read.
    """

    artist_id: str
    track_id: str
    label: str
    is_active: bool
    last_scraped_at: datetime | None
    campaign_ids: tuple[int, ...]
    campaigns: tuple[str, ...]


Target = TypeVar("Target", SongTarget, dict[str, object])


def songs_to_scrape(conn: connection, schema: str) -> list[SongTarget]:
    """Every song with an SFA URL of an active or complete campaign.

    First what was never scraped as a whole, then what was scraped longest ago; among equals, songs
    of active campaigns first. Of a song that two campaigns name under two artists, the earlier
    campaign's artist counts. Raises UserError when there is no ledger yet.
    """
    require_ledger(conn, schema)
    found: dict[str, list[tuple]] = {}
    with conn.cursor() as cur:
        cur.execute(_composed(SONGS, schema), [STATUSES])
        for campaign_id, name, artist, song, sfa_url, is_active in cur:
            page = parse_song_url(sfa_url, Site())
            if page:  # people type other addresses too
                label = f"{artist} - {song}" if artist else song
                row = page.artist_id, label, is_active, campaign_id, name
                found.setdefault(page.track_id, []).append(row)
        cur.execute(_composed(SCRAPED, schema), [list(found)])
        scraped = dict(cur)
    targets = []
    for track, campaigns in found.items():
        artists, labels, active, ids, names = zip(*campaigns, strict=True)
        song = (artists[0], track, labels[0], any(active), scraped.get(track), ids)
        targets.append(SongTarget(*song, tuple(dict.fromkeys(names))))
    return sorted(targets, key=_priority)


def campaigns_without_sfa_url(conn: connection, schema: str) -> list[dict[str, object]]:
    """Every active or complete campaign without an SFA URL, active ones first.

    Each with `campaign_id`, `campaign` (its name), `client` (its whole Client cell, None without
    one), `artist` (None when the name has none), `song`, `goal`, `vendor` and `status`. Raises
    UserError when there is no ledger yet.
    """
    require_ledger(conn, schema)
    with conn.cursor(cursor_factory=RealDictCursor) as cur:
        cur.execute(_composed(CAMPAIGNS, schema), [STATUSES])
        return [dict(row) for row in cur]


def matches(target: SongTarget | Mapping[str, object], text: str) -> bool:
    """Whether `text` is an id or name of a target's campaigns, or its track id."""
    if isinstance(target, SongTarget):
        ids = (target.track_id, *map(str, target.campaign_ids))
    else:
        ids = (str(target["campaign_id"]),)
    return text.strip() in ids or text_key(text) in map(text_key, _names(target))


def select_targets(targets: Sequence[Target], text: str) -> list[Target]:
    """The targets that match; UserError with suggestions when none does."""
    if selected := [target for target in targets if matches(target, text)]:
        return selected
    names = list(dict.fromkeys(chain.from_iterable(map(_names, targets))))
    options = {"processor": text_key, "limit": SUGGESTIONS, "score_cutoff": 60}
    alike = process.extract(text, names, scorer=fuzz.WRatio, **options)
    raise UserError(
        f"Nothing to scrape matches “{text}”: give a campaign's id, its name as in the export, or "
        f"a track id.{' Did you mean one of these?' if alike else ''}"
        + "".join(f"\n  {name}" for name, *_ in alike)
    )


def _names(target: SongTarget | Mapping[str, object]) -> tuple[str, ...]:
    return target.campaigns if isinstance(target, SongTarget) else (str(target["campaign"]),)


def _priority(target: SongTarget) -> tuple:
    last = target.last_scraped_at
    return (last is not None, last or datetime.min, not target.is_active, target.campaign_ids)


def _composed(query: str, schema: str) -> sql.Composed:
    intermediate = sql.Identifier(f"{schema}_intermediate")
    return sql.SQL(query).format(ledger=sql.Identifier(schema), intermediate=intermediate)
