"""What to scrape: songs with an SFA URL, for their streams, and campaigns that lack an SFA URL.

    ledger ──► songs_to_scrape(), campaigns_without_sfa_url() ──► SongTarget, campaigns

Reads only. What was scraped longest ago comes first, so a second call after a load returns the same
songs in another order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from psycopg2 import sql

from loaders.errors import UserError
from loaders.scrape.site import Site, song_of
from playledger.audit.cell_rules import key
from playledger.audit.verification import require_ledger

if TYPE_CHECKING:
    from psycopg2.extensions import connection

STATUSES = ["active", "complete"]  # of the campaigns that are scraped for
SUGGESTIONS = 5

SONGS = """
    select campaign_id, name, artist, song, sfa_url, status = 'active'
    from {ledger}.campaigns
    where status = any(%s) and sfa_url is not null
    order by campaign_id
"""
SCRAPED = "select track_id, last_scraped_at from {ledger}.songs where track_id = any(%s)"

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

    `last_scraped_at` is of the newest accepted scrape, by the scraper's clock (UTC, no zone); None
    without one.
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

    First what was never scraped, then what was scraped longest ago; among equals, songs of active
    campaigns first. Of a song that two campaigns name under two artists, the earlier campaign's
    artist counts. Raises UserError when there is no ledger yet.
    """
    require_ledger(conn, schema)
    found: dict[str, list[tuple]] = {}
    artists: dict[str, str] = {}
    with conn.cursor() as cur:
        cur.execute(_composed(SONGS, schema), [STATUSES])
        for campaign_id, name, artist, song, sfa_url, is_active in cur:
            page = song_of(sfa_url, Site())
            if page:  # people type other addresses too
                artists.setdefault(page.track_id, page.artist_id)
                label = f"{artist} - {song}" if artist else song
                found.setdefault(page.track_id, []).append((campaign_id, name, label, is_active))
        cur.execute(_composed(SCRAPED, schema), [list(found)])
        scraped = dict(cur)
    targets = []
    for track, campaigns in found.items():
        ids, names, labels, active = zip(*campaigns, strict=True)
        unique = tuple(dict.fromkeys(names))
        song = (artists[track], track, labels[0], any(active), scraped.get(track), ids, unique)
        targets.append(SongTarget(*song))
    return sorted(targets, key=_priority)


def campaigns_without_sfa_url(conn: connection, schema: str) -> list[dict[str, object]]:
    """Every active or complete campaign without an SFA URL, active ones first.

    Each with `campaign_id`, `campaign` (its name), `client` (its whole Client cell, None without
    one), `artist` (None when the name has none), `song`, `goal`, `vendor` and `status`. Raises
    UserError when there is no ledger yet.
    """
    require_ledger(conn, schema)
    with conn.cursor() as cur:
        cur.execute(_composed(CAMPAIGNS, schema), [STATUSES])
        names = [column.name for column in cur.description]
        return [dict(zip(names, row, strict=True)) for row in cur]


def matches(target: SongTarget | Mapping[str, object], text: str) -> bool:
    """Whether `text` is an id or name of a target's campaigns, or its track id."""
    if isinstance(target, SongTarget):
        ids, names, track = target.campaign_ids, target.campaigns, target.track_id
    else:
        ids, names, track = (target["campaign_id"],), (str(target["campaign"]),), None
    text = text.strip()
    return text == track or text in map(str, ids) or key(text) in map(key, names)


def select_targets(targets: Sequence[Target], text: str) -> list[Target]:
    """The targets that match; UserError with suggestions when none does."""
    selected = [target for target in targets if matches(target, text)]
    if not selected:
        suggestions = "".join(f"\n  {name}" for name in _suggestions(targets, text))
        raise UserError(
            f"Nothing to scrape matches “{text}”: give a campaign's id, its name as in the "
            f"export, or a track id.{' Did you mean one of these?' if suggestions else ''}"
            f"{suggestions}"
        )
    return selected


def _suggestions(targets: Sequence[SongTarget | Mapping[str, object]], text: str) -> list[str]:
    from rapidfuzz import fuzz, process

    names = {
        name: None
        for target in targets
        for name in (
            target.campaigns if isinstance(target, SongTarget) else (str(target["campaign"]),)
        )
    }
    found = process.extract(
        text, list(names), scorer=fuzz.WRatio, processor=key, limit=SUGGESTIONS, score_cutoff=60
    )
    return [name for name, *_ in found]


def _priority(target: SongTarget) -> tuple:
    last = target.last_scraped_at
    return (last is not None, last or datetime.min, not target.is_active, target.campaign_ids)


def _composed(query: str, schema: str) -> sql.Composed:
    names = {"ledger": schema, "intermediate": f"{schema}_intermediate"}
    return sql.SQL(query).format(**{name: sql.Identifier(text) for name, text in names.items()})
