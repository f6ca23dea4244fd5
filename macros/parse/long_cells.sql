{#-
    The most characters of cells that hold labels, links or lines; a longer cell is not read, and reported. Free text has
    the limit of the reader alone.
-#}
{% macro cell_limits() -%}
    {{ return({
        "client": 2000, "salesperson": 500, "url": 5000, "client_email": 5000, "vendor_email": 5000, "playlists": 50000,
    }) }}
{%- endmacro %}


{#- A cell of staging within its limit; null for a longer one. -#}
{% macro limited_cell(column) -%}
    case when char_length({{ column }}) <= {{ cell_limits()[column] }} then {{ column }} end
{%- endmacro %}


{#-
    A name that every index and comparison can hold. One of more than 500 characters is cut, and ends in a fingerprint,
    so that names which differ stay different. NFKC can make 18 characters of one: up to 80 bytes, none is too long.
-#}
{% macro short_name(name) -%}
    case
        when octet_length({{ name }}) <= 80 then {{ name }}
        when greatest(char_length({{ name }}), char_length(normalize({{ name }}, NFKC))) <= 500 then {{ name }}
        else left(normalize({{ name }}, NFKC), 300) || '… ' || left(md5({{ text_key(name) }}), 8)
    end
{%- endmacro %}


{#- Whether a name was cut by `short_name`. -#}
{% macro is_cut_name(name) -%}
    char_length({{ name }}) = 310 and {{ name }} ~ '… [0-9a-f]{8}$'
{%- endmacro %}
