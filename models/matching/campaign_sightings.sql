{{ config(post_hook=["{{ match_exports() }}", "analyze {{ this }}"]) }}

-- depends_on: {{ ref('stg_airtable__match_keys') }}
-- depends_on: {{ ref('match_evidence') }}
-- depends_on: {{ ref('stg_airtable__rows') }}
-- depends_on: {{ ref('stg_airtable__contents') }}
-- depends_on: {{ ref('date_orders') }}
-- depends_on: {{ ref('stg_airtable__files') }}

-- No rows: the post-hook writes them export by export, since each export is matched against the result of the one
-- before.
select
    null::text as file_sha256,
    null::bigint as source_row,
    null::bigint as campaign_id,
    null::text as matched_by,
    null::boolean as has_rival,
    null::bigint as rival_row,
    null::bigint as rival_campaign_id,
    null::text as name_key,
    null::date as start_date,
    null::timestamp as last_modified_at,
    null::text as vendor_key,
    null::bigint as goal,
    null::text as url_key,
    null::text as client_key,
    null::numeric(12, 2) as sale_price,
    null::text as row_hash,
    now() as created_at,
    now() as updated_at
where false
