with

windows as (

    select * from {{ ref('stg_spotify__windows') }}

)

-- The windows whose streams count, and the newest ones that could not be read.
select distinct on (track_id, time_window, is_read)
    file_sha256,
    track_id,
    time_window,
    scraped_at,
    is_read
from windows
order by track_id asc, time_window asc, is_read asc, scraped_at desc, file_sha256 asc
