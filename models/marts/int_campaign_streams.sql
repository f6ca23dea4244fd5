with

campaigns as (

    select * from {{ ref('campaigns') }}

),

songs as (

    select * from {{ ref('songs') }}

),

song_streams as (

    select * from {{ ref('int_song_streams') }}

),

aliases as (

    select * from {{ ref('int_playlist_aliases') }}

),

-- The SFA URL's track is the promoted song; the campaign's own link may be another copy of it. A scrape that could not
-- read a window says nothing about it: each window has its own latest scrape, and its own track.
sources as (

    {% for time_window in ["7d", "28d", "12m"] -%}
    select
        campaigns.campaign_id,
        '{{ time_window }}' as time_window,
        case
            when sfa_songs.scraped_{{ time_window }}_at is not null then sfa_songs.track_id
            else link_songs.track_id
        end as track_id,
        coalesce(sfa_songs.scraped_{{ time_window }}_at, link_songs.scraped_{{ time_window }}_at) as scraped_at
    from campaigns
    left join songs as sfa_songs on campaigns.sfa_track_id = sfa_songs.track_id
    left join songs as link_songs on campaigns.track_id = link_songs.track_id
    where coalesce(sfa_songs.scraped_{{ time_window }}_at, link_songs.scraped_{{ time_window }}_at) is not null
    {{ "union all" if not loop.last }}
    {% endfor %}
)

-- A playlist and its alias in one window are one playlist seen twice: the larger number counts.
select
    sources.campaign_id,
    coalesce(aliases.canonical_id, song_streams.playlist_id) as playlist_id,
    {%- for time_window in ["7d", "28d", "12m"] %}
    max(song_streams.streams) filter (
        where song_streams.time_window = '{{ time_window }}'
        and song_streams.last_scraped_at = sources.scraped_at
    ) as streams_{{ time_window }},
    {%- endfor %}
    min(song_streams.first_date_added) as date_added,
    max(song_streams.last_scraped_at) as scraped_at
from sources
inner join song_streams using (track_id, time_window)
left join aliases on song_streams.playlist_id = aliases.playlist_id
group by sources.campaign_id, coalesce(aliases.canonical_id, song_streams.playlist_id)
