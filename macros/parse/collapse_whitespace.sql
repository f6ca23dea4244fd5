{#-
    A cell as one line of text: each run of whitespace becomes one space, trimmed; null if nothing is left. The
    whitespace characters are listed because `\s` means others in another locale.
-#}
{% macro collapse_whitespace(cell) -%}
    nullif(btrim(regexp_replace({{ cell }}, '{{ whitespace() }}+', ' ', 'g')), '')
{%- endmacro %}


{#- A regular expression for one whitespace character, all those of Unicode. -#}
{% macro whitespace() -%}
    [\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]
{%- endmacro %}
