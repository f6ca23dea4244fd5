with

pairs as (

    select * from {{ ref('int_playlist_pairs') }}

),

-- Many curators use similar names: two playlists seen on one page are two, and two that were both seen can be one
-- only if they brought streams to the same song, one after the other.
plausible as (

    select * from pairs
    where not is_seen_side_by_side and (songs > 0 or not is_both_seen)

),

scored as (

    select
        *,
        {{ combined_score(
            "0.95 * name_score",
            [evidence_weight("songs"), "case when is_vendor_shared then 0.05 else 0 end"],
        ) }} as score
    from plausible

)

select
    playlist_id_a,
    playlist_id_b,
    name_a,
    name_b,
    score,
    concat_ws(
        '; ',
        {{ similarity_text('name_score') }},
        {{ common_count_text('songs', 'song') }},
        case when is_vendor_shared then 'same vendor' end
    ) as evidence,
    now() as created_at,
    now() as updated_at
from scored
where score >= 85
