"""The page of one playlist: the songs it carries, since when, and for which campaigns.

a playlist's id ──► the ledger ──► DetailPage
"""

from collections.abc import Mapping

from playledger.web import charts
from playledger.web.details.detail_page import (
    DetailPage,
    Fact,
    Section,
    Table,
    find_by_uuid,
    list_section,
)
from playledger.web.details.shared import possible_duplicates, spotify_link
from playledger.web.ledger_reader import Reader, Row
from playledger.web.listing import Column
from playledger.web.lists.placements import PLACEMENTS

MOST_SONGS = 100  # on the page, the most streams first
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
# A song was dropped when each of its windows was read since and no longer shows the playlist.
SONGS = """
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
        seen.last_seen < read.least_at as is_dropped,
        coalesce(work.name, seen.track_id) as song,
        latest.*,
        count(*) over () as songs,
        count(*) filter (where seen.last_seen < read.least_at) over () as dropped,
        min(seen.first_seen) over () as playlist_first_seen,
        max(seen.last_seen) over () as playlist_last_seen
    from seen
    inner join {ledger}.songs as songs on seen.track_id = songs.track_id
    cross join lateral (
        select least(songs.scraped_7d_at, songs.scraped_28d_at, songs.scraped_12m_at) as least_at
    ) as read
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
            and streams.scraped_at = least(seen.last_seen, case streams.time_window
                when '7d' then songs.scraped_7d_at
                when '28d' then songs.scraped_28d_at
                else songs.scraped_12m_at end)
    ) as latest on true
    order by latest.streams_28d desc nulls last, latest.streams_12m desc nulls last, seen.track_id
    limit %(songs)s
"""
# Of several scrapes on one day, the last.
OVER_TIME = """
    select distinct on (track_id, scraped_at::date)
        track_id,
        scraped_at::date as scraped_on,
        streams
    from {ledger}.playlist_streams
    where playlist_id = %(id)s::uuid and time_window = '28d'
    order by track_id, scraped_at::date, scraped_at desc
"""
SONG_COLUMNS = (
    Column("song", "Song", "", link="/campaigns?q={track_id}"),
    Column("date_added", "Added", "", "date"),
    Column("streams_7d", "7 days", "", "number"),
    Column("streams_28d", "28 days", "", "number"),
    Column("streams_12m", "12 months", "", "number"),
    Column("first_seen", "First seen", "", "time"),
    Column("last_seen", "Last seen", "", "time"),
    Column("is_dropped", "Dropped", "", "yes_no"),
)


def find_playlist(reader: Reader, id_text: str, _: Mapping[str, str]) -> DetailPage:
    """The page of a playlist."""
    row = find_by_uuid(reader, PLAYLIST, id_text)
    playlist = str(row.playlist_id)
    songs = reader.rows(SONGS, {"id": playlist, "songs": MOST_SONGS})
    on_spotify = spotify_link("playlist", row.spotify_playlist_id)
    first = songs[0] if songs else None  # each row has the totals too
    names = {each.track_id: each.song for each in songs}
    over_time = charts.streams_by_song(reader.rows(OVER_TIME, {"id": playlist}), names)
    placements = f"/placements?playlist={playlist}"
    return DetailPage(
        "Playlist",
        row.name,
        (),
        (
            Fact("Our songs", first.songs if first else 0, "number", f"/songs?playlist={playlist}"),
            Fact("Dropped", first.dropped if first else 0, "number"),
            Fact("Campaigns", row.campaigns, "number", placements),
            Fact("Claimed", row.claimed, "number", f"{placements}&seen=claimed"),
            Fact("Seen", row.seen, "number", f"{placements}&seen=seen"),
        ),
        (
            Section(
                "Details",
                paragraphs=_dropped(first),
                facts=(
                    Fact("Kind", row.kind, "playlist"),
                    Fact("Curator", row.curator),
                    Fact("Vendor", row.vendor, link=f"/vendors/{row.vendor_id}"),
                    Fact("On Spotify", on_spotify, "outside"),
                    Fact("First seen", first and first.playlist_first_seen, "time"),
                    Fact("Last seen", first and first.playlist_last_seen, "time"),
                ),
            ),
            Section(
                "Our songs on it",
                charts=(over_time,) if first else (),
                tables=(
                    Table("", SONG_COLUMNS, songs, "No scrape has found one of our songs on it."),
                ),
            ),
            list_section(
                "Campaigns", reader, PLACEMENTS, {"playlist": playlist}, "No campaigns.",
                ("playlist", "kind", "curator"),
            ),
            *possible_duplicates(reader, "playlist", playlist),
        ),
    )  # fmt: skip


def _dropped(first: Row | None) -> tuple[str, ...]:
    if first is None:
        return ("No scrape has found it: it is known only from what vendors claim.",)
    if first.dropped == first.songs:
        return ("It has dropped all of our songs, going by the latest scrape of each.",)
    count = f"{first.dropped:,} of our songs"
    return (
        (f"It has dropped {count}, going by the latest scrape of each.",) if first.dropped else ()
    )
