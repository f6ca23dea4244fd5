{#- Fails with every row of the model: for models that list what must not be. -#}
{% test no_rows(model) %}
select * from {{ model }}
{% endtest %}
