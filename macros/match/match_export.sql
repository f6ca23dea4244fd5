{#-
    The statements that match one export, strongest evidence first. They work on temporary tables that are analyzed,
    since without row counts PostgreSQL chooses bad plans.
-#}
{% macro match_export(file_sha256, evidence) -%}
    create temporary table match_rows on commit drop as
    select source_row, row_hash from {{ ref('stg_airtable__match_keys') }}
    where file_sha256 = '{{ file_sha256 }}';

    create temporary table match_campaigns on commit drop as
    select distinct on (sightings.campaign_id) sightings.*
    from {{ this }} as sightings
    inner join {{ ref('stg_airtable__files') }} as files using (file_sha256)
    order by sightings.campaign_id, files.export_rank desc, sightings.source_row desc;

    create temporary table match_pairs (
        source_row bigint primary key,
        campaign_id bigint not null unique,
        matched_by text not null,
        rival_row bigint,
        rival_campaign_id bigint
    ) on commit drop;

    analyze match_rows;
    analyze match_campaigns;

    -- Rows whose cells are all the same, paired one to one.
    insert into match_pairs (source_row, campaign_id, matched_by)
    select incoming.source_row, known.campaign_id, 'whole_row'
    from (select *, row_number() over (partition by row_hash order by source_row) as nth from match_rows) as incoming
    inner join
        (select *, row_number() over (partition by row_hash order by campaign_id) as nth from match_campaigns) as known
        using (row_hash, nth);

    analyze match_pairs;

    -- Keys of the remaining rows only: reading them is the slowest step.
    create temporary table match_row_keys on commit drop as
    select * from {{ ref('stg_airtable__match_keys') }} as keys
    where
        file_sha256 = '{{ file_sha256 }}'
        and not exists (select 1 from match_pairs where match_pairs.source_row = keys.source_row);

    create temporary table match_open_campaigns on commit drop as
    select *, {{ derived_match_keys() }} from match_campaigns
    where not exists (select 1 from match_pairs where match_pairs.campaign_id = match_campaigns.campaign_id);

    -- A row that shares neither name nor words nor link with a known campaign is a new campaign.
    create temporary table match_open_rows on commit drop as
    select *, {{ derived_match_keys() }} from match_row_keys
    where exists (select 1 from match_open_campaigns);

    delete from match_open_rows as incoming
    where
        not exists (select 1 from match_open_campaigns as known where known.name_key = incoming.name_key)
        and not exists (select 1 from match_open_campaigns as known where known.name_words = incoming.name_words)
        and not exists (select 1 from match_open_campaigns as known where known.url_key = incoming.url_key);

    analyze match_open_campaigns;
    analyze match_open_rows;
    {{ match_by_most_cells() }}
    {% for kind in evidence if kind["agreeing"] not in [none, "", "row_hash"] -%}
    -- Among equal candidates, those that also agree in client and price are paired first.
    {% for details in [["client_key", "sale_price"], ["sale_price"], ["client_key"], []] -%}
    {{ match_by(kind["name"], kind["agreeing"].split(" ") + details) }}
    {% endfor -%}
    {% endfor %}
    {{ record_sightings(file_sha256) }}
    drop table match_rows, match_campaigns, match_pairs, match_row_keys, match_open_rows, match_open_campaigns;
{% endmacro %}
