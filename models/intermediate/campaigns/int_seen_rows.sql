with

seen_contents as (

    select * from {{ ref('int_seen_contents') }}

),

ends as (

    select
        campaign_id,
        first_file_sha256 as file_sha256,
        first_source_row as source_row
    from seen_contents
    union distinct
    select
        campaign_id,
        last_file_sha256,
        last_source_row
    from seen_contents

)

select
    ends.campaign_id,
    export_rows.*
from ends
inner join {{ ref('stg_airtable__campaigns') }} as export_rows using (file_sha256, source_row)
