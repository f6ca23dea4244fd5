{#-
    Fails if a combination of columns that is a key occurs more than once; returns each with its count. Nulls are
    equal.
-#}
{% test unique_together(model, columns) %}
    select
        {{ columns | join(", ") }},
        count(*) as times
    from {{ model }}
    group by {{ columns | join(", ") }}
    having count(*) > 1
{% endtest %}
