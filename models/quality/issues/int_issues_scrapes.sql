with

windows as (

    select * from {{ ref('int_windows_in_force') }}
    where is_read

),

-- Without the dates, which take as long to parse as all other columns.
playlist_rows as (

    select
        file_sha256,
        time_window,
        position,
        name_cell,
        rank,
        rank_cell,
        streams,
        streams_cell,
        date_added_cell,
        scraped_at
    from {{ ref('stg_spotify__playlist_rows') }}

),

values_of_rows as (

    select
        playlist_rows.file_sha256,
        'window ' || time_window || ', row ' || playlist_rows.position as place,
        playlist_rows.name_cell,
        playlist_rows.streams is null as is_streams_unread,
        playlist_rows.streams_cell,
        playlist_rows.rank is null and not {{ is_nothing('playlist_rows.rank_cell') }} as is_rank_unread,
        playlist_rows.rank_cell,
        {{ is_unread_date('playlist_rows.date_added_cell', 'playlist_rows.scraped_at::date') }} as is_date_unread,
        playlist_rows.date_added_cell
    from windows
    inner join playlist_rows using (file_sha256, time_window)

)

{% for column, name in [("streams", "streams"), ("rank", "rank"), ("date", "date_added")] -%}
select
    file_sha256,
    null::bigint as source_row,
    null::bigint as campaign_id,
    place,
    '{{ name }}' as column_name,
    name_cell || ': ' || coalesce({{ name }}_cell, '') as raw_value,
    '{{ column }}_unread' as reason
from values_of_rows
where is_{{ column }}_unread
{{ "union all" if not loop.last }}
{% endfor %}
