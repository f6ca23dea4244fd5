{#-
    Gives every row of every export that has none yet its campaign: a known one by the strongest evidence, one to one,
    else a new one. A hook of `campaign_sightings`. Exports are taken one by one, the oldest first: each is matched with
    what the one before it left.
-#}
{% macro match_exports() -%}
    {%- if execute and not is_structure_only() and load_relation(ref("stg_airtable__files")) -%}
        {%- set evidence = run_query("select name, agreeing from " ~ ref("match_evidence") ~ " order by strength").rows -%}
        {%- set pending = run_query(
            "select file_sha256 from " ~ ref("stg_airtable__files") ~ " as files where record_count > 0 and not exists "
            ~ "(select 1 from " ~ this ~ " as known where known.file_sha256 = files.file_sha256) order by export_number"
        ).columns[0].values() -%}
        {%- for file_sha256 in pending %}{{ match_export(file_sha256, evidence) }}{% endfor -%}
    {%- endif -%}
{%- endmacro %}


{#- The steps for one export, as statements on tables that PostgreSQL has counted: it guesses badly otherwise. -#}
{% macro match_export(file_sha256, evidence) -%}
    create temporary table match_rows on commit drop as
    select source_row, row_hash from {{ ref('stg_airtable__match_keys') }}
    where file_sha256 = '{{ file_sha256 }}';

    create temporary table match_known on commit drop as
    select distinct on (sightings.campaign_id) sightings.*
    from {{ this }} as sightings
    inner join {{ ref('stg_airtable__files') }} as files using (file_sha256)
    order by sightings.campaign_id, files.export_number desc, sightings.source_row desc;

    create temporary table match_found (
        source_row bigint primary key,
        campaign_id bigint not null unique,
        matched_by text not null,
        rival_row bigint,
        rival_campaign_id bigint
    ) on commit drop;

    analyze match_rows;
    analyze match_known;

    -- Rows that are the same to the letter, each with one that is.
    insert into match_found (source_row, campaign_id, matched_by)
    select given.source_row, known.campaign_id, 'whole_row'
    from (select *, row_number() over (partition by row_hash order by source_row) as nth from match_rows) as given
    inner join
        (select *, row_number() over (partition by row_hash order by campaign_id) as nth from match_known) as known
        using (row_hash, nth);

    analyze match_found;

    -- The keys of the others alone: to read them takes the longest of all steps.
    create temporary table match_keys on commit drop as
    select * from {{ ref('stg_airtable__match_keys') }} as keys
    where
        file_sha256 = '{{ file_sha256 }}'
        and not exists (select 1 from match_found where match_found.source_row = keys.source_row);

    create temporary table match_known_left on commit drop as
    select *, {{ match_details() }} from match_known
    where not exists (select 1 from match_found where match_found.campaign_id = match_known.campaign_id);

    -- A row that shares neither name nor words nor link with a known campaign is a new one.
    create temporary table match_rows_left on commit drop as
    select *, {{ match_details() }} from match_keys
    where exists (select 1 from match_known_left);

    delete from match_rows_left as given
    where
        not exists (select 1 from match_known_left as known where known.name_key = given.name_key)
        and not exists (select 1 from match_known_left as known where known.name_words = given.name_words)
        and not exists (select 1 from match_known_left as known where known.url_key = given.url_key);

    analyze match_known_left;
    analyze match_rows_left;
    {{ match_by_most_cells() }}
    {% for kind in evidence if kind["agreeing"] not in [none, "", "row_hash"] -%}
    -- Of those that fit alike, the ones that agree in client and price as well go first.
    {% for details in [["client_key", "sale_price"], ["sale_price"], ["client_key"], []] -%}
    {{ match_by(kind["name"], kind["agreeing"].split(" ") + details) }}
    {% endfor -%}
    {% endfor %}
    {{ record_sightings(file_sha256) }}
    drop table match_rows, match_known, match_found, match_keys, match_rows_left, match_known_left;
{% endmacro %}


{#- Columns that some kinds of evidence ask for and a sighting does not keep. -#}
{% macro match_details() -%}
    coalesce(vendor_key, '') as vendor_label,
    (
        select string_agg(split.word, ' ' order by split.word)
        from regexp_split_to_table(name_key, '[^[:alnum:]]+') as split (word)
        where split.word <> ''
    ) as name_words
{%- endmacro %}


{#-
    The rows of the export as sightings. What a row does not say, because a cell is empty or a view lacks the column, is
    carried over from the campaign, so that the next export meets all that is known of it. A new row that lost a campaign
    to another of the same name, date and vendor has that one as its rival.
-#}
{% macro record_sightings(file_sha256) -%}
    insert into {{ this }}
    (
        file_sha256, source_row, campaign_id, matched_by, has_rival, rival_row, rival_campaign_id, name_key,
        start_date, vendor_key, goal, url_key, client_key, sale_price, row_hash, created_at, updated_at
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
        coalesce(given.name_key, known.name_key),
        coalesce(given.start_date, known.start_date),
        coalesce(given.vendor_key, known.vendor_key),
        coalesce(given.goal, known.goal),
        coalesce(given.url_key, known.url_key),
        coalesce(given.client_key, known.client_key),
        coalesce(given.sale_price, known.sale_price),
        case when given.is_in_view then coalesce(known.row_hash, given.row_hash) else match_rows.row_hash end,
        -- Each export later than the one before, also within one transaction.
        clock_timestamp(),
        clock_timestamp()
    from match_rows
    left join match_found as found using (source_row)
    left join match_keys as given using (source_row)
    left join match_known as known using (campaign_id)
    left join
        (
            select distinct on (name_key, start_date, vendor_key) *
            from match_found
            inner join match_keys using (source_row)
            where rival_row is not null
            order by name_key, start_date, vendor_key, source_row
        ) as winner
        on
            found.source_row is null
            and given.name_key = winner.name_key
            and (given.start_date, given.vendor_key) is not distinct from (winner.start_date, winner.vendor_key);
{%- endmacro %}
