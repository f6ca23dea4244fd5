-- Reads the source directly and has no CTEs: only then does PostgreSQL compute the keys of just those rows that a query
-- asks for, few of very many.
select
    campaigns.file_sha256::text as file_sha256,
    campaigns.source_row,
    files.coverage = 'view' as is_in_view,
    {{ text_key('campaigns.campaign') }} as name_key,
    {{ parse_date('campaigns.start_date', 'files.start_date_order', 'files.start_date_dot_order') }} as start_date,
    {{ parse_timestamp('campaigns.last_modified', 'files.last_modified_order', 'files.last_modified_dot_order') }}
        as last_modified_at,
    {{ text_key('campaigns.vendor') }} as vendor_key,
    {{ parse_whole_number('campaigns.goal') }} as goal,
    coalesce(
        array_to_string({{ spotify_link('campaigns.url') }}, ' '),
        case when {{ is_link('campaigns.url') }} then {{ text_key('campaigns.url') }} end
    ) as url_key,
    {{ text_key('campaigns.client') }} as client_key,
    {{ parse_money('campaigns.sale_price') }} as sale_price,
    md5(row(
        {%- for column in export_columns() %}
        campaigns.{{ column }}{{ "," if not loop.last }}
        {%- endfor %}
    )::text) as row_hash
from {{ source('staging_airtable', 'campaigns') }} as campaigns
inner join {{ ref('stg_airtable__files') }} as files using (file_sha256, run_key)
