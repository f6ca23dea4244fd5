{#-
    One export's rows, each with the campaign that it is: a known one by the strongest evidence, one to one, else a
    new one. Rows that repeat are paired in the order of their content, so that the order of the file plays no part; unless
    they are the same to the letter, each has rivals, and is reported.

    Arguments: `file_sha256` of the export; `known`, the relation of earlier sightings, or none.
-#}
{% macro match_export(file_sha256, known=none) %}
    {%- set keys = ["name_key", "start_date", "vendor_key", "goal", "url_key", "name_words", "row_hash"] -%}
    with

    export_rows as (

        select
            file_sha256, export_number, source_row, row_hash, start_date, goal,
            {{ text_key('name') }} as name_key,
            {{ text_key('vendor') }} as vendor_key,
            coalesce({{ track_id_of_url('url') }}, {{ text_key('url') }}) as url_key,
            (
                select string_agg(split.word, ' ' order by split.word)
                from regexp_split_to_table({{ text_key('name') }}, '[^[:alnum:]]+') as split (word)
            ) as name_words
        from {{ ref('stg_airtable__campaigns') }}
        where file_sha256 = '{{ file_sha256 }}'

    ),

    known_campaigns as (

        {% if known -%}
        select distinct on (campaign_id) campaign_id, {{ keys | join(", ") }} from {{ known }}
        order by campaign_id, export_number desc, source_row desc
        {%- else -%}
        select null::bigint as campaign_id, {{ keys | join(", ") }} from export_rows where false
        {%- endif %}

    ),

    taken_0 as (

        select null::bigint as source_row, null::bigint as campaign_id, null::text as matched_by, null::boolean as has_rival
        where false

    ),

    {% for evidence in match_evidence() -%}
    {%- set key = "row(" ~ evidence.columns | join(", ") ~ ")::text" -%}
    taken_{{ loop.index }} as (

        select * from taken_{{ loop.index0 }}
        union all
        select left_rows.source_row, left_known.campaign_id, '{{ evidence.name }}',
            {{ "false" if evidence.columns == ["row_hash"] else "left_rows.alike > 1 or left_known.alike > 1" }}
        from (
            select source_row, {{ key }} as key, count(*) over (partition by {{ key }}) as alike,
                row_number() over (partition by {{ key }} order by row_hash, source_row) as nth
            from export_rows
            where not exists (
                select 1 from taken_{{ loop.index0 }} as taken where taken.source_row = export_rows.source_row
            )
            {%- for column in evidence.all %} and {{ column }} is not null{% endfor %}
        ) as left_rows
        inner join (
            select campaign_id, {{ key }} as key, count(*) over (partition by {{ key }}) as alike,
                row_number() over (partition by {{ key }} order by row_hash, campaign_id) as nth
            from known_campaigns
            where not exists (
                select 1 from taken_{{ loop.index0 }} as taken where taken.campaign_id = known_campaigns.campaign_id
            )
        ) as left_known using (key, nth)

    ),

    {% endfor -%}
    numbered as (

        select
            export_rows.*,
            taken.matched_by,
            taken.has_rival,
            coalesce(
                taken.campaign_id,
                {% if known %}coalesce((select max(campaign_id) from {{ known }}), 0){% else %}0{% endif %}
                + row_number() over (partition by taken.campaign_id is null order by export_rows.source_row)
            ) as campaign_id
        from export_rows
        left join taken_{{ match_evidence() | length }} as taken using (source_row)

    )

    select
        file_sha256, source_row, export_number, campaign_id,
        coalesce(matched_by, 'new') as matched_by,
        coalesce(has_rival, false) as has_rival,
        {{ keys | join(", ") }},
        now() as created_at,
        now() as updated_at
    from numbered
{% endmacro %}
