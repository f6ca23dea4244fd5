{#-
    Pairs the rows and the known campaigns that are still alone and agree in some columns, none of them empty. Where
    several agree alike, they are paired in the order of their contents, so that the order of the file plays no part; and
    each that is not the same to the letter has a rival, which is kept for the report.

    Arguments: `name` of the evidence; `columns` that must agree; `rows` and `known`, the tables of both sides.
-#}
{% macro match_by(name, columns, rows, known) -%}
    insert into match_found (source_row, campaign_id, matched_by, rival_row, rival_campaign_id)
    select
        given.source_row,
        known.campaign_id,
        '{{ name }}',
        {{ "null, null" if columns == ["row_hash"] else "given.rival, known.rival" }}
    from {{ match_side(rows, "source_row", columns) }} as given
    inner join {{ match_side(known, "campaign_id", columns) }} as known
        using ({{ columns | join(", ") }}, nth);
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
        where
            not exists (select 1 from match_found where match_found.{{ id }} = {{ relation }}.{{ id }})
            {%- for column in columns %} and {{ column }} is not null{% endfor %}
        window
            alike as (partition by {{ columns | join(", ") }}),
            in_order as (
                partition by {{ columns | join(", ") }}
                order by goal, sale_price, client_key, start_date, vendor_key, url_key, row_hash, {{ id }}
            )
    )
{%- endmacro %}
