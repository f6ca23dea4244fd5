{#-
    Whether a cell holds a link; people type TBA, TBD and the like until there is one. Letters are all characters but
    ASCII's own signs: a name of letters may be in any script, and which those are must not depend on the locale.
-#}
{% macro is_link(cell) -%}
    {{ collapse_whitespace(cell) }} ~ '[^ -/:-@\[-`{-~]\.[^ -@\[-`{-~]{2}'
{%- endmacro %}


{#- Whether a URL cell holds text that is no link yet, such as `TBA`. False for an empty cell. -#}
{% macro leads_nowhere(cell) -%}
    ({{ cell }} is not null and {{ url_kind(cell) }} = 'other' and not {{ is_link(cell) }})
{%- endmacro %}
