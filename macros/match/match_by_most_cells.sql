{#-
    Pairs a row and a known campaign of the same name or link if nearly all cells that both fill are equal and neither
    has another candidate as good. So a row whose vendor changed is not mistaken for a new row of the same song with
    the old vendor. Counts that change every week are not compared. A name or link with very many rows is left to the
    other kinds of evidence: each of its rows would be compared with each of its campaigns.

    Arguments: `least_cells` that must agree; `least_share` of the cells filled on both sides that must agree;
    `largest_block`, the number of pairs of one name or link up to which they are compared.
-#}
{% macro match_by_most_cells(least_cells=6, least_share=0.75, largest_block=10000) -%}
    {%- set cells = export_columns() | reject("in", ["remaining", "daily", "weekly"]) | list -%}
    with

    pairs as (

        {% for key in ["name_key", "url_key"] -%}
        select
            incoming.source_row,
            known.campaign_id,
            incoming.file_sha256 as incoming_file,
            known.file_sha256 as known_file,
            known.source_row as known_row,
            incoming.name_key = known.name_key as has_same_name
        from (select *, count(*) over (partition by {{ key }}) as times from match_open_rows) as incoming
        inner join (select *, count(*) over (partition by {{ key }}) as times from match_open_campaigns) as known
            using ({{ key }})
        where incoming.times * known.times <= {{ largest_block }}
        {{ "union" if not loop.last }}
        {% endfor %}
    ),

    cells as materialized (

        select cells.*
        from {{ source('staging_airtable', 'campaigns') }} as cells
        inner join {{ ref('stg_airtable__files') }} as files using (file_sha256, run_key)
        inner join
            (
                select incoming_file as file_sha256, source_row from pairs
                union
                select known_file, known_row from pairs
            ) as compared_rows using (file_sha256, source_row)

    ),

    compared as (

        select
            pairs.source_row,
            pairs.campaign_id,
            pairs.has_same_name,
            num_nonnulls(
                {%- for cell in cells %}
                nullif(incoming.{{ cell }} = known.{{ cell }}, false){{ "," if not loop.last }}
                {%- endfor %}
            ) as agreeing,
            num_nonnulls(
                {%- for cell in cells %}
                incoming.{{ cell }} = known.{{ cell }}{{ "," if not loop.last }}
                {%- endfor %}
            ) as filled_in_both,
            num_nonnulls(
                {%- for cell in cells %}
                coalesce(incoming.{{ cell }}, known.{{ cell }}){{ "," if not loop.last }}
                {%- endfor %}
            ) as filled
        from pairs
        inner join cells as incoming
            on pairs.incoming_file = incoming.file_sha256 and pairs.source_row = incoming.source_row
        inner join cells as known
            on pairs.known_file = known.file_sha256 and pairs.known_row = known.source_row

    ),

    ranked as (

        select
            *,
            2 * agreeing - filled > lead(2 * agreeing - filled, 1, -99) over candidates_of_row
            and row_number() over candidates_of_row = 1 as is_best_for_row,
            2 * agreeing - filled > lead(2 * agreeing - filled, 1, -99) over candidates_of_campaign
            and row_number() over candidates_of_campaign = 1 as is_best_for_campaign
        from compared
        window
            candidates_of_row as (partition by source_row order by 2 * agreeing - filled desc),
            candidates_of_campaign as (partition by campaign_id order by 2 * agreeing - filled desc)

    ),

    found as (

        insert into match_pairs (source_row, campaign_id, matched_by)
        select
            source_row,
            campaign_id,
            case when has_same_name then 'most_cells' else 'most_cells_but_name' end
        from ranked
        where
            is_best_for_row and is_best_for_campaign
            and agreeing >= {{ least_cells }} and agreeing >= {{ least_share }} * filled_in_both
        returning source_row, campaign_id

    ),

    {{ remove_matched() }};
{%- endmacro %}
