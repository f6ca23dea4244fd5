with

roster_songs as (

    select * from {{ ref('stg_spotify__roster_songs') }}

),

campaigns as (

    select * from {{ ref('int_campaigns') }}

),

roster_problems as (

    select
        roster_songs.file_sha256,
        'song ' || roster_songs.position || ' of ' || roster_songs.label as place,
        'sfa_url' as column_name,
        roster_songs.campaign || ': ' || roster_songs.sfa_url_cell as raw_value,
        case when roster_songs.track_id is null then 'not_an_sfa_url' else 'roster_song_unmatched' end as reason
    from roster_songs
    where
        roster_songs.track_id is null
        or not exists (
            select 1 from campaigns
            where
                campaigns.name_key = roster_songs.campaign_key
                and campaigns.label_key = roster_songs.label_key
        )

)

select * from roster_problems
