{#- Fails with every row of the model. For models that list what must not exist. -#}
{% test no_rows(model) %}
select * from {{ model }}
{% endtest %}
