{#-
    A score to 100, raised by evidence: each piece takes its share (0 to 1) of what is missing, so that no piece alone
    makes certain and more of them never pass 100.
-#}
{% macro raised_score(score, shares) -%}
    round(100 - (100 - {{ score }}){% for share in shares %} * (1 - {{ share }}){% endfor %})::integer
{%- endmacro %}


{#- What so many things in common weigh as evidence. -#}
{% macro share_of(count) -%}
    case when {{ count }} >= 2 then 0.5 when {{ count }} = 1 then 0.3 else 0 end
{%- endmacro %}


{#- How alike two names are, in words; null when nothing says so. -#}
{% macro alike_in_words(name_score) -%}
    case when {{ name_score }} = 100 then 'the same letters' else 'names ' || {{ name_score }} || ' % alike' end
{%- endmacro %}


{#- So many things in common, in words: `2 songs in common`; null for none. -#}
{% macro common_in_words(count, thing) -%}
    {{ count }} || case {{ count }} when 0 then null when 1 then ' {{ thing }}' else ' {{ thing }}s' end || ' in common'
{%- endmacro %}


{#- How many things two arrays have in common. -#}
{% macro common_count(one, two) -%}
    (
        select count(*)
        from (
            select unnest({{ one }})
            intersect
            select unnest({{ two }})
        ) as shared
    )
{%- endmacro %}
