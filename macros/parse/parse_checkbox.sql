{#-
    A check box: `checked` is true, an empty cell of a column that the file has is false, and a column
    that the file lacks says nothing (null). Any other text is null, and reported.
-#}
{% macro parse_checkbox(cell, is_present) -%}
    case
        when {{ text_key(cell) }} = 'checked' then true
        when {{ is_present }} and {{ clean_text(cell) }} is null then false
    end
{%- endmacro %}
