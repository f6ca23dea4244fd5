with

seen_contents as (

    select * from {{ ref('int_seen_contents') }}

)

select
    campaign_id,
    content_id,
    first_file_sha256 as file_sha256,
    first_source_row as source_row
from seen_contents
union distinct
select
    campaign_id,
    content_id,
    last_file_sha256,
    last_source_row
from seen_contents
