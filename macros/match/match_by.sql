{#-
    Pairs the rows and the known campaigns that are still alone and agree in some columns, none of them empty. Where
    several agree alike, they are paired in the order of their contents, so that the order of the file plays no part; and
    each that is not the same to the letter has a rival, which is kept for the report.

    Arguments: `name` of the evidence; `columns` that must agree.
-#}
{% macro match_by(name, columns) -%}
    with

    found as (

        insert into match_found (source_row, campaign_id, matched_by, rival_row, rival_campaign_id)
        select given.source_row, known.campaign_id, '{{ name }}', given.rival, known.rival
        from {{ match_side("match_rows_left", "source_row", columns) }} as given
        inner join {{ match_side("match_known_left", "campaign_id", columns) }} as known
            using ({{ columns | join(", ") }}, nth)
        returning source_row, campaign_id

    ),

    {{ match_removal() }};
{%- endmacro %}


{#- One side: what is still alone, with its place among those that agree alike, and one of the others. -#}
{% macro match_side(relation, id, columns) -%}
    (
        select
            {{ id }}, {{ columns | join(", ") }},
            row_number() over in_order as nth,
            case
                when min(row_hash) over alike <> max(row_hash) over alike
                    then coalesce(lead({{ id }}) over in_order, lag({{ id }}) over in_order)
            end as rival
        from {{ relation }}
        where {% for column in columns %}{{ column }} is not null{{ " and " if not loop.last }}{% endfor %}
        window
            alike as (partition by {{ columns | join(", ") }}),
            in_order as (
                partition by {{ columns | join(", ") }}
                order by goal, sale_price, client_key, start_date, vendor_key, url_key, row_hash, {{ id }}
            )
    )
{%- endmacro %}


{#- Takes what a CTE `found` has paired from those who are alone. -#}
{% macro match_removal() -%}
    found_rows as (

        delete from match_rows_left using found
        where match_rows_left.source_row = found.source_row

    )

    delete from match_known_left using found
    where match_known_left.campaign_id = found.campaign_id
{%- endmacro %}
