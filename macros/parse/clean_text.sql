{#-
    A cell as one line of text: every run of white space to one blank, trimmed; null when nothing is left.
    The blanks are listed because `\s` knows only those of the database's locale.
-#}
{% macro clean_text(cell) -%}
    nullif(btrim(regexp_replace({{ cell }}, '{{ blanks() }}+', ' ', 'g')), '')
{%- endmacro %}


{#- Every white space of Unicode, as a regular expression of one character. -#}
{% macro blanks() -%}
    [\s\u001c-\u001f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]
{%- endmacro %}
