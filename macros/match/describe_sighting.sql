{#- A sighting described for a person: name, vendor, start date, goal and link, after a title such as `'row 7'`. -#}
{% macro describe_sighting(sighting, title) -%}
    {{ title }} || ': ' || concat_ws(
        ' | ',
        {{ sighting }}.name_key,
        coalesce({{ sighting }}.vendor_key, 'no vendor'),
        coalesce({{ sighting }}.start_date::text, 'no date'),
        coalesce('goal ' || {{ sighting }}.goal, 'no goal'),
        {{ sighting }}.url_key
    )
{%- endmacro %}
