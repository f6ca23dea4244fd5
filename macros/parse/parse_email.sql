{#-
    One e-mail address: lower case, no blanks, no trailing dot; null when it is none. The form is the one
    that browsers check (HTML standard), with a top-level domain required.
-#}
{% macro parse_email(piece) -%}
    substring(
        rtrim(lower(regexp_replace({{ piece }}, '{{ blanks() }}', '', 'g')), '.')
        from '^(?:[a-z0-9!#$%&''*+/=?^_`{|}~-]+\.)*[a-z0-9!#$%&''*+/=?^_`{|}~-]+@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$'
    )
{%- endmacro %}
