{#-
    An amount in US dollars: `$1500.00`, `1,500`, `-$50`, `US$1,500.00`, `1500 USD`, `($50.00)`, `$1.5k`. Anything else,
    such as `$1.500` or an amount in another currency, is null and reported as an issue. The typical form is tried first.
-#}
{% macro parse_money(cell) -%}
    {%- set form = "(?:" ~ number_form(9, "(?:[0-9]{1,2}0{0,20})?", "[0-9]{2}") ~ "|\\.[0-9]{1,2})" -%}
    {%- set before = "(?:us ?\\$|\\$ ?us|usd ?\\$?|\\$) ?" -%}
    {%- set behind = "(?: ?(?:usd|us ?\\$|\\$|(?:us )?dollars?))?" -%}
    case
        when {{ cell }} ~ '^-?\$?(?:[0-9]{1,9}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,2})(?:\.[0-9]{1,2})?$'
            then translate({{ cell }}, '$,', '')::numeric(12, 2)
        when
            {{ number_text(cell) }}
            ~ '^''?(?:[-+] ?)?(?:{{ before }})?{{ form }}{{ behind }}\.?$|^{{ before }}[-+] ?{{ form }}{{ behind }}\.?$|^(?:{{ before }})?\( ?(?:{{ before }})?{{ form }}{{ behind }} ?\){{ behind }}$'
            and not {{ is_ambiguous_number(number_text(cell)) }}
            then ({{ number_value(number_text(cell)) }})::numeric(12, 2)
    end
{%- endmacro %}


{#- Whether a cell is an amount in a currency that is not US dollars, by its sign or its code. -#}
{% macro is_other_currency(cell) -%}
    {{ number_text(cell) }} ~ '[0-9]'
    and {{ number_text(cell) }}
    ~ '[\u00a2\u00a3\u00a5\u0e3f\u20a0-\u20cf\uffe0\uffe1\uffe5]|(?:^|[^a-z])(?:ca?|au?|nz|hk|sg?|mx|r)\$|(?:^|[^a-z])(?:eur|euros?|gbp|pounds?|cad|aud|nzd|chf|jpy|yen|cny|rmb|mxn|pesos?|brl|inr|rs|sek|nok|dkk|kr|pln|zar|sgd|hkd|krw|try|ils|aed)(?:[^a-z]|$)'
{%- endmacro %}
