with

campaigns as (

    select
        file_sha256,
        source_row,
        client_cell,
        vendor
    from {{ ref('int_seen_rows') }}

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
    from (select distinct vendor from {{ ref('stg_airtable__contents') }}) as vendors
    inner join nobody on {{ text_key('vendors.vendor') }} = nobody.label_key
    where nobody.label_key not in (select label_key from vendor_aliases)

),

issues as (

    select
        campaigns.file_sha256,
        campaigns.source_row,
        'client' as column_name,
        doubtful_labels.label as raw_value,
        doubtful_labels.reason
    from campaigns
    inner join doubtful_labels using (client_cell)

    union all

    select
        campaigns.file_sha256,
        campaigns.source_row,
        'vendor',
        campaigns.vendor,
        doubtful_vendors.reason
    from campaigns
    inner join doubtful_vendors using (vendor)

)

select
    file_sha256,
    source_row,
    null::bigint as campaign_id,
    'row ' || source_row as place,
    column_name,
    raw_value,
    reason
from issues
