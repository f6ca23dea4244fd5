{#-
    Stores the rows of the matched export as sightings. What a row lacks, because a cell is empty or a view has no
    such column, is copied from its campaign, so that the next export is matched against all that is known. A new row
    that lost a campaign to another row of the same name, date and vendor has that row as its rival.
-#}
{% macro record_sightings(file_sha256) -%}
    insert into {{ this }}
    (
        file_sha256, source_row, campaign_id, matched_by, has_rival, rival_row, rival_campaign_id, name_key,
        start_date, last_modified_at, vendor_key, goal, url_key, client_key, sale_price, row_hash, created_at, updated_at
    )
    select
        '{{ file_sha256 }}',
        match_rows.source_row,
        coalesce(
            found.campaign_id,
            (select coalesce(max(campaign_id), 0) from {{ this }})
            + row_number() over (partition by found.campaign_id is null order by match_rows.source_row)
        ),
        coalesce(found.matched_by, 'new'),
        num_nonnulls(found.rival_row, found.rival_campaign_id, winner.source_row) > 0,
        coalesce(found.rival_row, winner.source_row),
        coalesce(found.rival_campaign_id, winner.campaign_id),
        coalesce(incoming.name_key, known.name_key),
        coalesce(incoming.start_date, known.start_date),
        coalesce(incoming.last_modified_at, known.last_modified_at),
        coalesce(incoming.vendor_key, known.vendor_key),
        coalesce(incoming.goal, known.goal),
        coalesce(incoming.url_key, known.url_key),
        coalesce(incoming.client_key, known.client_key),
        coalesce(incoming.sale_price, known.sale_price),
        case when incoming.is_in_view then coalesce(known.row_hash, incoming.row_hash) else match_rows.row_hash end,
        -- Later than the export before, also within one transaction.
        clock_timestamp(),
        clock_timestamp()
    from match_rows
    left join match_pairs as found using (source_row)
    left join match_row_keys as incoming using (source_row)
    left join match_campaigns as known using (campaign_id)
    left join
        (
            select distinct on (name_key, start_date, vendor_key) *
            from match_pairs
            inner join match_row_keys using (source_row)
            where rival_row is not null
            order by name_key, start_date, vendor_key, source_row
        ) as winner
        on
            found.source_row is null
            and incoming.name_key = winner.name_key
            and (incoming.start_date, incoming.vendor_key) is not distinct from (winner.start_date, winner.vendor_key);
{%- endmacro %}
