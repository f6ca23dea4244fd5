{#-
    One e-mail address: lower case, no trailing dot, no blanks around it or its @; null when it is none. A blank
    elsewhere parts words: nobody can tell whether `john doe@x.com` is johndoe@x.com or doe@x.com. The form is the
    one that browsers check (HTML standard), with a top-level domain required.
-#}
{% macro parse_email(piece) -%}
    substring(
        rtrim(lower(regexp_replace({{ clean_text(piece) }}, ' ?@ ?', '@')), ' .')
        from '^(?:[a-z0-9!#$%&''*+/=?^_`{|}~-]+\.)*[a-z0-9!#$%&''*+/=?^_`{|}~-]+@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$'
    )
{%- endmacro %}
