{#-
    A check box: `checked` is true, an empty cell is false, null if the file lacks the column. Any other text is null
    and reported as an issue.
-#}
{% macro parse_checkbox(cell, is_present) -%}
    case
        when {{ text_key(cell) }} = 'checked' then true
        when {{ is_present }} and {{ collapse_whitespace(cell) }} is null then false
    end
{%- endmacro %}
