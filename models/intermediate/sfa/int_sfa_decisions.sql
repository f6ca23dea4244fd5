with

decisions as (

    select * from {{ ref('sfa_decisions') }}

),

cleaned as (

    select
        {{ text_key(strip_formula_quote('campaign')) }} as campaign_key,
        {{ text_key(strip_formula_quote('client')) }} as label_key,
        ({{ sfa_ids('sfa_url') }})[1] as artist_id,
        ({{ sfa_ids('sfa_url') }})[2] as track_id,
        {{ collapse_whitespace('sfa_url') }} as sfa_url_cell,
        decision,
        decided_on
    from decisions

)

select * from cleaned
