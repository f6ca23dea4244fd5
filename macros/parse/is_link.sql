{#-
    Whether a cell holds a link; people type TBA, TBD and the like until there is one. Letters are all characters but
    ASCII's own signs: a name of letters may be in any script, and which those are must not depend on the locale.
-#}
{% macro is_link(cell) -%}
    {{ cell }} ~ '[^ -/:-@\[-`{-~]\.[^ -@\[-`{-~]{2}'
{%- endmacro %}
