with

claims as (

    select * from {{ ref('int_playlist_claims') }}

),

aliases as (

    select * from {{ ref('int_playlist_aliases') }}

)

-- What vendors claim under an alias, they also claim of the playlist that it stands for.
select
    claimed.playlist_id,
    mode() within group (order by claims.vendor_id) as vendor_id
from claims
left join aliases using (playlist_id)
cross join lateral (values (claims.playlist_id), (aliases.canonical_id)) as claimed (playlist_id)
where claimed.playlist_id is not null
group by claimed.playlist_id
