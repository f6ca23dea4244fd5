{#-
    One e-mail address in lower case, without a trailing dot or whitespace around it or its @; null if the text is
    none. Whitespace elsewhere is an error: `john doe@x.com` may be johndoe@x.com or doe@x.com. The pattern is the one
    of the HTML standard, with a top-level domain required.
-#}
{% macro parse_email(piece) -%}
    substring(
        rtrim(lower(regexp_replace({{ collapse_whitespace(piece) }}, ' ?@ ?', '@')), ' .')
        from '^(?:[a-z0-9!#$%&''*+/=?^_`{|}~-]+\.)*[a-z0-9!#$%&''*+/=?^_`{|}~-]+@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$'
    )
{%- endmacro %}
