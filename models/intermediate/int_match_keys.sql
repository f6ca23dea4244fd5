with

campaigns as (

    select * from {{ ref('stg_airtable__campaigns') }}

)

select
    file_sha256,
    source_row,
    is_in_view,
    {{ text_key('name') }} as name_key,
    start_date,
    {{ text_key('vendor') }} as vendor_key,
    goal,
    case
        when {{ is_link('url') }}
            then coalesce(array_to_string({{ spotify_link('url') }}, ' '), {{ text_key('url') }})
    end as url_key,
    {{ text_key('client_cell') }} as client_key,
    sale_price,
    row_hash
from campaigns
