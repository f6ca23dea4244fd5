{{ config(post_hook=["{{ match_remaining_exports() }}", "analyze {{ this }}"]) }}

-- depends_on: {{ ref('stg_airtable__campaigns') }}
-- depends_on: {{ ref('stg_airtable__files') }}
{% set known = this if is_incremental() -%}
{% set pending = pending_exports(known) -%}

{{ match_export(pending | first if pending else "", known) }}
