with

observed as (

    select * from {{ ref('int_observed_playlists') }}

)

-- A playlist of Spotify's own cannot be sold: a vendor's name never means one.
select
    name_key,
    array_agg(curator order by curator) as curators
from observed
where curator is distinct from 'Spotify'
group by name_key
