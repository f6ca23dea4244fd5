{#-
    A cell as one line of text: each run of whitespace becomes one space, trimmed; null if nothing is left. The
    whitespace characters are listed because `\s` knows only those of the database's locale.
-#}
{% macro collapse_whitespace(cell) -%}
    nullif(btrim(regexp_replace({{ cell }}, '{{ whitespace() }}+', ' ', 'g')), '')
{%- endmacro %}


{#- A regular expression for one whitespace character, all those of Unicode. -#}
{% macro whitespace() -%}
    [\s\u001c-\u001f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]
{%- endmacro %}
