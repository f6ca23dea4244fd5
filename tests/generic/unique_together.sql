{#- Fails if a combination of columns that is a key is there more than once; gives back each with how often. -#}
{% test unique_together(model, columns) %}
    select
        {{ columns | join(", ") }},
        count(*) as times
    from {{ model }}
    group by {{ columns | join(", ") }}
    having count(*) > 1
{% endtest %}
