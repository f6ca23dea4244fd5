"""The page of one playlist: which songs are on it, since when, and for whom.

a playlist's id ──► the ledger ──► DetailPage
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from playledger.web import charts
from playledger.web.details.detail_page import DetailPage, Fact, Section, Table, as_uuid, listed
from playledger.web.details.shared import alike
from playledger.web.formatting import plural
from playledger.web.listing import Column
from playledger.web.lists.placements import PLACEMENTS

if TYPE_CHECKING:
    from playledger.web.ledger_reader import Reader, Row

SONGS = 100  # that the page shows, the most streams first
SPOTIFY_ID = re.compile(r"[0-9A-Za-z]{22}")
PLAYLIST = """
    select
        playlists.*,
        vendors.name as vendor,
        placed.*
    from {ledger}.playlists as playlists
    left join {ledger}.vendors as vendors on playlists.vendor_id = vendors.vendor_id
    cross join lateral (
        select
            count(*) as campaigns,
            count(*) filter (where is_claimed) as claimed,
            count(*) filter (where is_observed) as seen
        from {ledger}.campaign_playlists as placements
        where placements.playlist_id = playlists.playlist_id
    ) as placed
    where playlists.playlist_id = %(id)s::uuid
"""
# A song is gone when its newest scrape does not have the playlist any more.
CARRIED = """
    with seen as (
        select
            track_id,
            min(scraped_at) as first_seen,
            max(scraped_at) as last_seen,
            min(date_added) as date_added
        from {ledger}.playlist_streams
        where playlist_id = %(id)s::uuid
        group by track_id
    )

    select
        seen.*,
        songs.last_scraped_at > seen.last_seen as is_gone,
        coalesce(work.name, seen.track_id) as song,
        newest.*,
        count(*) over () as songs,
        count(*) filter (where songs.last_scraped_at > seen.last_seen) over () as gone,
        min(seen.first_seen) over () as first_of_all,
        max(seen.last_seen) over () as last_of_all
    from seen
    inner join {ledger}.songs as songs on seen.track_id = songs.track_id
    left join lateral (
        select min(campaigns.name) as name
        from {ledger}.campaigns
        where seen.track_id in (campaigns.track_id, campaigns.sfa_track_id)
    ) as work on true
    left join lateral (
        select
            max(streams) filter (where time_window = '7d') as streams_7d,
            max(streams) filter (where time_window = '28d') as streams_28d,
            max(streams) filter (where time_window = '12m') as streams_12m
        from {ledger}.playlist_streams as streams
        where
            streams.track_id = seen.track_id
            and streams.playlist_id = %(id)s::uuid
            and streams.scraped_at = seen.last_seen
    ) as newest on true
    order by newest.streams_28d desc nulls last, newest.streams_12m desc nulls last, seen.track_id
    limit %(songs)s
"""
# The last scrape of a day stands for it.
OVER_TIME = """
    select distinct on (track_id, scraped_at::date)
        track_id,
        scraped_at::date as scraped_on,
        streams
    from {ledger}.playlist_streams
    where playlist_id = %(id)s::uuid and time_window = '28d'
    order by track_id, scraped_at::date, scraped_at desc
"""
CARRIES = (
    Column("song", "Song", "", link="/campaigns?q={track_id}"),
    Column("date_added", "Added", "", "date"),
    Column("streams_7d", "7 days", "", "number"),
    Column("streams_28d", "28 days", "", "number"),
    Column("streams_12m", "12 months", "", "number"),
    Column("first_seen", "First seen", "", "time"),
    Column("last_seen", "Last seen", "", "time"),
    Column("is_gone", "Gone", "", "yes_no"),
)


def find_playlist(reader: Reader, held: str, _: Mapping[str, str]) -> DetailPage | None:
    """The page of the playlist with that id."""
    held = as_uuid(held)
    row = reader.row(PLAYLIST, {"id": held}) if held else None
    if row is None:
        return None
    songs = reader.rows(CARRIED, {"id": held, "songs": SONGS})
    first = songs[0] if songs else None
    placements = f"/placements?playlist={held}"
    return DetailPage(
        "Playlist",
        row.name,
        (),
        (
            Fact(
                "Songs of ours", first.songs if first else 0, "number", f"/songs?playlist={held}"
            ),
            Fact("Of these gone", first.gone if first else 0, "number"),
            Fact("Campaigns", row.campaigns, "number", placements),
            Fact("Claimed", row.claimed, "number", f"{placements}&seen=claimed"),
            Fact("Seen", row.seen, "number", f"{placements}&seen=seen"),
        ),
        (
            Section(
                "The playlist",
                told=_told(first),
                facts=(
                    Fact("Kind", row.kind, "playlist"),
                    Fact("Curator", row.curator),
                    Fact("Vendor", row.vendor, link=f"/vendors/{row.vendor_id}"),
                    Fact("On Spotify", _address(row.spotify_playlist_id), "outside"),
                    Fact("First seen", first and first.first_of_all, "time"),
                    Fact("Last seen", first and first.last_of_all, "time"),
                ),
            ),
            Section(
                "Our songs on it",
                charts=(_over_time(reader, held, songs),) if first else (),
                tables=(Table("", CARRIES, songs, "No scrape has seen a song of ours on it."),),
            ),
            Section(
                "Campaigns that it carries",
                tables=(
                    listed(
                        reader, PLACEMENTS, {"playlist": held}, "None.", "",
                        ("playlist", "kind", "curator"),
                    ),
                ),
            ),
            *alike(reader, "playlist", held),
        ),
    )  # fmt: skip


def _told(first: Row | None) -> tuple[str, ...]:
    if first is None:
        return ("No scrape has seen it: it is known from what vendors say alone.",)
    if first.gone == first.songs:
        return ("No song of ours is on it any more, as far as the newest scrapes of them show.",)
    told = f"{plural(first.gone, 'song')} of ours left it: their newest scrape does not have it."
    return (told,) if first.gone else ()


def _over_time(reader: Reader, held: str, songs: list[Row]) -> charts.Chart:
    names = {each.track_id: each.song for each in songs}
    return charts.streams_by_song(reader.rows(OVER_TIME, {"id": held}), names)


def _address(playlist_id: str | None) -> str | None:
    if playlist_id is None or SPOTIFY_ID.fullmatch(playlist_id) is None:
        return playlist_id
    return f"https://open.spotify.com/playlist/{playlist_id}"
