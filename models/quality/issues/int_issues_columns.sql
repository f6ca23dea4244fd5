with

unread_columns as (

    select * from {{ ref('int_unread_columns') }}

)

select
    file_sha256,
    null::bigint as source_row,
    null::bigint as campaign_id,
    'column' as place,
    column_name,
    cells || ' cells, such as ' || examples as raw_value,
    'column_unread' as reason
from unread_columns
