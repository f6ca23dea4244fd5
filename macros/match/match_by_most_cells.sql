{#-
    Pairs a row and a known campaign of one name, or of one link, when nearly all that both say is the same and neither
    has a second choice as good. So a row that changed its vendor is not mistaken for a new row of the same song that has
    the old one. The counts that move every week play no part. A name or link of very many rows is left to the other
    kinds of evidence: each of its rows would be compared with each of its campaigns.
-#}
{% macro match_by_most_cells(least_cells=6, least_share=0.75, largest_block=10000) -%}
    {%- set cells = export_columns() | reject("in", ["remaining", "daily", "weekly"]) | list -%}
    with

    pairs as (

        {% for key in ["name_key", "url_key"] -%}
        select
            given.source_row,
            known.campaign_id,
            given.file_sha256 as given_file,
            known.file_sha256 as known_file,
            known.source_row as known_row,
            given.name_key = known.name_key as has_same_name
        from (select *, count(*) over (partition by {{ key }}) as alike from match_rows_left) as given
        inner join (select *, count(*) over (partition by {{ key }}) as alike from match_known_left) as known
            using ({{ key }})
        where given.alike * known.alike <= {{ largest_block }}
        {{ "union" if not loop.last }}
        {% endfor %}
    ),

    cells as materialized (

        select cells.*
        from {{ source('staging_airtable', 'campaigns') }} as cells
        inner join {{ ref('stg_airtable__files') }} as files using (file_sha256, run_key)
        inner join
            (
                select given_file as file_sha256, source_row from pairs
                union
                select known_file, known_row from pairs
            ) as wanted using (file_sha256, source_row)

    ),

    compared as (

        select
            pairs.source_row,
            pairs.campaign_id,
            pairs.has_same_name,
            num_nonnulls({% for cell in cells %}nullif(given.{{ cell }} = known.{{ cell }}, false){{ ", " if not loop.last }}{% endfor %})
                as agreeing,
            num_nonnulls({% for cell in cells %}given.{{ cell }} = known.{{ cell }}{{ ", " if not loop.last }}{% endfor %})
                as said_by_both,
            num_nonnulls({% for cell in cells %}coalesce(given.{{ cell }}, known.{{ cell }}){{ ", " if not loop.last }}{% endfor %})
                as said
        from pairs
        inner join cells as given on pairs.given_file = given.file_sha256 and pairs.source_row = given.source_row
        inner join cells as known on pairs.known_file = known.file_sha256 and pairs.known_row = known.source_row

    ),

    ranked as (

        select
            *,
            2 * agreeing - said > lead(2 * agreeing - said, 1, -99) over rows_choices
            and row_number() over rows_choices = 1 as is_rows_choice,
            2 * agreeing - said > lead(2 * agreeing - said, 1, -99) over campaigns_choices
            and row_number() over campaigns_choices = 1 as is_campaigns_choice
        from compared
        window
            rows_choices as (partition by source_row order by 2 * agreeing - said desc),
            campaigns_choices as (partition by campaign_id order by 2 * agreeing - said desc)

    ),

    found as (

        insert into match_found (source_row, campaign_id, matched_by)
        select
            source_row,
            campaign_id,
            case when has_same_name then 'most_cells' else 'most_cells_but_name' end
        from ranked
        where
            is_rows_choice and is_campaigns_choice
            and agreeing >= {{ least_cells }} and agreeing >= {{ least_share }} * said_by_both
        returning source_row, campaign_id

    ),

    {{ match_removal() }};
{%- endmacro %}
