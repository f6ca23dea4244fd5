with

labels as (

    select distinct vendor from {{ ref('stg_airtable__contents') }}
    where vendor is not null

),

aliases as (

    select * from {{ ref('vendor_aliases') }}

),

nobody as (

    select {{ text_key('label') }} as label_key from {{ ref('nobody_labels') }}
    where not can_be_name

),

-- An alias stands for the name that a person gave it in the seed, even where the label usually says nothing.
named as (

    select
        labels.vendor,
        {{ text_key('labels.vendor') }} as label_key,
        coalesce({{ collapse_whitespace('aliases.name') }}, labels.vendor) as vendor_name,
        {{ text_key('coalesce(aliases.name, labels.vendor)') }} as vendor_key
    from labels
    left join aliases on {{ text_key('labels.vendor') }} = {{ text_key('aliases.alias') }}
    where aliases.alias is not null or {{ text_key('labels.vendor') }} not in (select label_key from nobody)

),

{{ stable_ids('vendor', named='named') }}

select
    named.vendor,
    named.vendor_name,
    named.vendor_key,
    ids.vendor_id
from named
inner join ids using (vendor_key)
