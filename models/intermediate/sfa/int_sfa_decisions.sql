with

decisions as (

    select * from {{ ref('sfa_decisions') }}

),

cleaned as (

    select
        {{ text_key(unguarded('campaign')) }} as campaign_key,
        {{ text_key(unguarded('client')) }} as label_key,
        ({{ sfa_ids('sfa_url') }})[1] as artist_id,
        ({{ sfa_ids('sfa_url') }})[2] as track_id,
        {{ clean_text('sfa_url') }} as sfa_url_cell,
        decision,
        decided_on
    from decisions

)

select * from cleaned
