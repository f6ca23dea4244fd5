{#- A sighting as a person tells one campaign from another: name, vendor, start date, goal and link. -#}
{% macro match_side_in_words(sighting, title) -%}
    {{ title }} || ': ' || concat_ws(
        ' | ',
        {{ sighting }}.name_key,
        coalesce({{ sighting }}.vendor_key, 'no vendor'),
        coalesce({{ sighting }}.start_date::text, 'no date'),
        coalesce('goal ' || {{ sighting }}.goal, 'no goal'),
        {{ sighting }}.url_key
    )
{%- endmacro %}
