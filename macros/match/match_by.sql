{#-
    Pairs the unmatched rows and known campaigns that agree in some columns, none of them null. Several that agree
    equally are paired in the order of their contents, so that the order of the file does not matter; unless all their
    cells are the same, each then has a rival, which is reported.

    Arguments: `name` of the evidence; `columns` that must agree.
-#}
{% macro match_by(name, columns) -%}
    with

    found as (

        insert into match_pairs (source_row, campaign_id, matched_by, rival_row, rival_campaign_id)
        select incoming.source_row, known.campaign_id, '{{ name }}', incoming.rival, known.rival
        from {{ match_side("match_open_rows", "source_row", columns) }} as incoming
        inner join {{ match_side("match_open_campaigns", "campaign_id", columns) }} as known
            using ({{ columns | join(", ") }}, nth)
        returning source_row, campaign_id

    ),

    {{ remove_matched() }};
{%- endmacro %}


{#-
    One side of the pairing: what is unmatched, with its place `nth` among those that agree equally, and one of those
    as its rival.
-#}
{% macro match_side(relation, id, columns) -%}
    (
        select
            {{ id }}, {{ columns | join(", ") }},
            row_number() over in_order as nth,
            case
                when min(row_hash) over ties <> max(row_hash) over ties
                    then coalesce(lead({{ id }}) over in_order, lag({{ id }}) over in_order)
            end as rival
        from {{ relation }}
        where {% for column in columns %}{{ column }} is not null{{ " and " if not loop.last }}{% endfor %}
        window
            ties as (partition by {{ columns | join(", ") }}),
            in_order as (
                partition by {{ columns | join(", ") }}
                order by goal, sale_price, client_key, start_date, vendor_key, url_key, row_hash, {{ id }}
            )
    )
{%- endmacro %}


{#- Removes the pairs of a CTE `found` from what is unmatched. Ends a `with`. -#}
{% macro remove_matched() -%}
    found_rows as (

        delete from match_open_rows using found
        where match_open_rows.source_row = found.source_row

    )

    delete from match_open_campaigns using found
    where match_open_campaigns.campaign_id = found.campaign_id
{%- endmacro %}


{#-
    Columns that some kinds of evidence compare and a sighting does not store: the words of the name, and the vendor
    or an empty text.
-#}
{% macro derived_match_keys() -%}
    coalesce(vendor_key, '') as vendor_label,
    (
        select string_agg(split.word, ' ' order by split.word)
        from regexp_split_to_table(name_key, '[^[:alnum:]]+') as split (word)
        where split.word <> ''
    ) as name_words
{%- endmacro %}
