with

sightings as (

    select * from {{ ref('int_seen_rows') }}

),

contents as (

    select * from {{ ref('stg_airtable__contents') }}

),

nobody as (

    select
        {{ text_key('label') }} as label_key,
        can_be_name
    from {{ ref('nobody_labels') }}

),

doubtful_labels as (

    select * from {{ ref('int_doubtful_labels') }}

),

vendor_aliases as (

    select {{ text_key('alias') }} as label_key from {{ ref('vendor_aliases') }}

),

doubtful_vendors as (

    select
        vendors.vendor,
        case when nobody.can_be_name then 'may_be_nobody' else 'no_vendor_label' end as reason
    from (select distinct vendor from contents) as vendors
    inner join nobody on {{ text_key('vendors.vendor') }} = nobody.label_key
    where nobody.label_key not in (select label_key from vendor_aliases)

),

issues as (

    select
        contents.content_id,
        'client' as column_name,
        doubtful_labels.label as raw_value,
        doubtful_labels.reason
    from contents
    inner join doubtful_labels using (client_cell)

    union all

    select
        contents.content_id,
        'vendor',
        contents.vendor,
        doubtful_vendors.reason
    from contents
    inner join doubtful_vendors using (vendor)

)

select
    sightings.file_sha256,
    sightings.source_row,
    null::bigint as campaign_id,
    'row ' || sightings.source_row as place,
    issues.column_name,
    issues.raw_value,
    issues.reason
from issues
inner join sightings using (content_id)
