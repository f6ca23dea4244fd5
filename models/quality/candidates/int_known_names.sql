with

client_labels as (

    select * from {{ ref('int_client_labels') }}

),

vendor_labels as (

    select * from {{ ref('int_vendor_labels') }}

),

playlists as (

    select * from {{ ref('playlists') }}

),

playlist_aliases as (

    select * from {{ ref('int_playlist_aliases') }}

)

-- The label as typed, and the name that an alias stands for, which may occur in no export.
select
    'client' as kind,
    {{ text_key('client_labels.label') }} as name_key,
    client_labels.client_id as known_id
from client_labels
union distinct
select
    'client',
    client_key,
    client_id
from client_labels
union distinct
select
    'vendor',
    {{ text_key('vendor') }},
    vendor_id
from vendor_labels
union distinct
select
    'vendor',
    vendor_key,
    vendor_id
from vendor_labels
union distinct
select
    'playlist',
    playlists.name_key,
    coalesce(playlist_aliases.canonical_id, playlists.playlist_id)
from playlists
left join playlist_aliases using (playlist_id)
