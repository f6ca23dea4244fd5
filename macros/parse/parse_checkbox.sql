{#-
    A check box: `checked` or another of `ticked_marks` is true, an empty cell or one of `clear_marks` is false, null if the
    file lacks the column. Any other text is null and reported as an issue.
-#}
{% macro parse_checkbox(cell, is_present) -%}
    {%- set mark = "translate(" ~ text_key(cell) ~ ", e'\\ufe0e\\ufe0f', '')" -%}
    case
        when {{ cell }} = 'checked' then true
        when {{ cell }} is null then case when {{ is_present }} then false end
        when {{ mark }} in ({{ ticked_marks() }}) then true
        when {{ mark }} in ({{ clear_marks() }}) then false
        when {{ is_present }} and {{ collapse_whitespace(cell) }} is null then false
    end
{%- endmacro %}


{#- What people and spreadsheets write for a ticked box, as keys. `❌` and `☒` can mean either and are in no list. -#}
{% macro ticked_marks() -%}
    'checked', 'ticked', 'true', 'yes', 'y', 't', 'on', '1', 'x', '[x]', '✓', '✔', '☑', '✅', 'wahr', 'vrai',
    'verdadero', 'verdadeiro', 'vero', 'ja', 'oui', 'sí'
{%- endmacro %}


{#- What people and spreadsheets write for a box that is not ticked, as keys. -#}
{% macro clear_marks() -%}
    'unchecked', 'unticked', 'not checked', 'false', 'no', 'n', 'f', 'off', '0', '[]', '[ ]', '☐', '⬜', '□', 'falsch',
    'faux', 'falso', 'nein', 'non'
{%- endmacro %}
