"""What is to be scraped: songs whose streams are wanted, and campaigns that lack an SFA URL.

    ledger ──► songs_to_scrape(), campaigns_without_sfa_url() ──► SongNeed ..., campaigns

Reads only. A second look after a load asks for the same things in another order: what was scraped
longest ago comes first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from psycopg2 import sql

from loaders.cell_rules import text_key
from loaders.errors import UserError
from loaders.scrape.site import Site, song_of
from playledger.sync.load_step import require_ledger

if TYPE_CHECKING:
    from psycopg2.extensions import connection

WANTED = ["active", "complete"]  # statuses of campaigns that something is scraped for
SHOWN = 5  # what could be meant, when nothing is

SONGS = """
    select campaign_id, name, artist, song, sfa_url, status = 'active'
    from {ledger}.campaigns
    where status = any(%s) and sfa_url is not null
    order by campaign_id
"""
SCRAPED = "select track_id, last_scraped_at from {ledger}.songs where track_id = any(%s)"

# The Client cell as a whole is how searches call a client; only this table has it.
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
class SongNeed:
    """One song to scrape, and for which campaigns; `label` and `campaigns` are for people.

    `last_scraped_at` is of the newest accepted scrape, by the scraper's clock; None when there is
    none.
    """

    artist_id: str
    track_id: str
    label: str
    is_active: bool
    last_scraped_at: datetime | None
    campaign_ids: tuple[int, ...]
    campaigns: tuple[str, ...]


Need = TypeVar("Need", SongNeed, dict[str, object])


def songs_to_scrape(conn: connection, schema: str) -> list[SongNeed]:
    """Every song with an SFA URL of an active or complete campaign, in the order of need.

    First what was never scraped, then what was scraped longest ago; among equals, songs of active
    campaigns first. A page that two campaigns name under two artists is the earlier one's. Raises
    UserError when there is no ledger yet.
    """
    require_ledger(conn, schema)
    found: dict[str, list[tuple]] = {}
    artists: dict[str, str] = {}
    with conn.cursor() as cursor:
        cursor.execute(_composed(SONGS, schema), [WANTED])
        for number, name, artist, song, sfa_url, is_active in cursor:
            page = song_of(sfa_url, Site())
            if page:  # a person may have typed anything
                artists.setdefault(page.track_id, page.artist_id)
                label = f"{artist} - {song}" if artist else song
                found.setdefault(page.track_id, []).append((number, name, label, is_active))
        cursor.execute(_composed(SCRAPED, schema), [list(found)])
        scraped = dict(cursor)
    needs = []
    for track, campaigns in found.items():
        numbers, names, labels, active = zip(*campaigns, strict=True)
        known = tuple(dict.fromkeys(names))
        song = (artists[track], track, labels[0], any(active), scraped.get(track), numbers, known)
        needs.append(SongNeed(*song))
    return sorted(needs, key=_urgency)


def campaigns_without_sfa_url(conn: connection, schema: str) -> list[dict[str, object]]:
    """Every active or complete campaign without an SFA URL, active ones first.

    Each with `campaign_id`, `campaign` (its name), `client` (its whole Client cell, None without
    one), `artist` (None when the name has none), `song`, `goal`, `vendor` and `status`. Raises
    UserError when there is no ledger yet.
    """
    require_ledger(conn, schema)
    with conn.cursor() as cursor:
        cursor.execute(_composed(CAMPAIGNS, schema), [WANTED])
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]


def matches(need: SongNeed | Mapping[str, object], text: str) -> bool:
    """Whether a song, or a campaign without an SFA URL, is meant by a campaign's id or name, or by
    a track id.
    """
    if isinstance(need, SongNeed):
        numbers, names, track = need.campaign_ids, need.campaigns, need.track_id
    else:
        numbers, names, track = (need["campaign_id"],), (str(need["campaign"]),), None
    words = text.strip()
    return words == track or words in map(str, numbers) or text_key(words) in map(text_key, names)


def only(needs: Sequence[Need], text: str) -> list[Need]:
    """Those of the needs that are meant; UserError with what could be, when none is."""
    chosen = [need for need in needs if matches(need, text)]
    if not chosen:
        near = "".join(f"\n  {name}" for name in _near(needs, text))
        raise UserError(
            f"Nothing to scrape is called “{text}”: give a campaign's id, its name as in the "
            f"export, or a track id.{' Was one of these meant?' if near else ''}{near}"
        )
    return chosen


def _near(needs: Sequence[SongNeed | Mapping[str, object]], text: str) -> list[str]:
    from rapidfuzz import fuzz, process

    names = {
        name: None
        for need in needs
        for name in (need.campaigns if isinstance(need, SongNeed) else (str(need["campaign"]),))
    }
    found = process.extract(
        text, list(names), scorer=fuzz.WRatio, processor=text_key, limit=SHOWN, score_cutoff=60
    )
    return [name for name, *_ in found]


def _urgency(need: SongNeed) -> tuple:
    last = need.last_scraped_at
    return (last is not None, last or datetime.min, not need.is_active, need.campaign_ids)


def _composed(query: str, schema: str) -> sql.Composed:
    names = {"ledger": schema, "intermediate": f"{schema}_intermediate"}
    return sql.SQL(query).format(**{name: sql.Identifier(text) for name, text in names.items()})
