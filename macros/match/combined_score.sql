{#-
    A score up to 100, raised by further evidence: each piece closes its share (0 to 1) of the gap to 100, so that no
    piece is proof by itself and all together never exceed 100.
-#}
{% macro combined_score(score, shares) -%}
    round(100 - (100 - {{ score }}){% for share in shares %} * (1 - {{ share }}){% endfor %})::integer
{%- endmacro %}


{#- The share that a number of things in common adds to a score: 0, 0.3 or 0.5. -#}
{% macro evidence_weight(count) -%}
    case when {{ count }} >= 2 then 0.5 when {{ count }} = 1 then 0.3 else 0 end
{%- endmacro %}


{#- How similar two names are, in words; null without a score. -#}
{% macro similarity_text(name_score) -%}
    case when {{ name_score }} = 100 then 'the same letters' else 'names ' || {{ name_score }} || ' % alike' end
{%- endmacro %}


{#- How many things two have in common, in words: `2 songs in common`; null for none. -#}
{% macro common_count_text(count, thing) -%}
    {{ count }} || case {{ count }} when 0 then null when 1 then ' {{ thing }}' else ' {{ thing }}s' end || ' in common'
{%- endmacro %}


{#- How many elements two arrays have in common. -#}
{% macro count_in_common(one, two) -%}
    (
        select count(*)
        from (
            select unnest({{ one }})
            intersect
            select unnest({{ two }})
        ) as shared
    )
{%- endmacro %}
