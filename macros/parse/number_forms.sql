{#-
    A cell of a number in plain characters: full-width digits and signs, the kinds of minus and of apostrophe, capital
    letters; characters that cannot be seen are gone.
-#}
{% macro number_text(cell) -%}
    {{ collapse_whitespace(
        "translate(" ~ cell
        ~ ", e'\\uff10\\uff11\\uff12\\uff13\\uff14\\uff15\\uff16\\uff17\\uff18\\uff19\\uff0c\\uff0e\\uff04\\uff08\\uff09\\uff0b"
        ~ "\\u2212\\uff0d\\u2010\\u2011\\u2013\\ufe63\\u2019\\u2018\\u02bc\\u00b4\\uff07ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        ~ "\\u00ad\\u200b\\u200c\\u200d\\u200e\\u200f\\u202a\\u202b\\u202c\\u202d\\u202e\\u2060\\u2066\\u2067\\u2068\\u2069\\ufeff'"
        ~ ", '0123456789,.$()+------''''''''''abcdefghijklmnopqrstuvwxyz')"
    ) }}
{%- endmacro %}


{#-
    A regular expression for the forms of one number without its sign, up to `digits` digits before the decimals:
    `10000`, `10,000`, `10 000`, `10'000`, each with `decimals` behind a dot; `1.234.567`, `1.500,00` with `cents` behind
    the comma; `1.5k`, `2M`.
-#}
{% macro number_form(digits, decimals, cents) -%}
    {%- set groups = digits // 3 - 1 -%}
    {%- set first = "[1-9][0-9]{0,2}" -%}
    (?:(?:[0-9]{1,{{ digits }}}|{{ first }}(?:(?:,[0-9]{3}){1,{{ groups }}}|(?: [0-9]{3}){1,{{ groups }}}|(?:''[0-9]{3}){1,{{ groups }}}))(?:\.{{ decimals }})?
    {#- -#}
    |{{ first }}(?:\.[0-9]{3}){2,{{ groups }}}
    {#- -#}
    |(?:[0-9]{4,{{ digits }}}|{{ first }}(?:(?:\.[0-9]{3}){1,{{ groups }}}|(?: [0-9]{3}){1,{{ groups }}})),{{ cents }}
    {#- -#}
    |(?:[0-9]{1,6}|{{ first }},[0-9]{3})(?:\.[0-9]{1,2})? ?(?:k|thousand)
    {#- -#}
    |[0-9]{1,3}(?:\.[0-9]{1,2})? ?(?:m|million))
{%- endmacro %}


{#- Whether the only dot has three digits on its right and up to three on its left: `1.500` can be 1500 or 1.5. -#}
{% macro is_ambiguous_number(text) -%}
    {{ text }} ~ '^[^0-9]*[1-9][0-9]{0,2}\.[0-9]{3}[^0-9]*$'
{%- endmacro %}


{#- The value of a text that has one of the forms, a minus or brackets around it included. -#}
{% macro number_value(text) -%}
    case
        when {{ text }} ~ '\..*\.[0-9]|,[0-9]{2}(?:[^0-9]|$)'
            then replace(regexp_replace({{ text }}, '[^0-9,]', '', 'g'), ',', '.')::numeric
        else rtrim(regexp_replace({{ text }}, '[^0-9.]', '', 'g'), '.')::numeric
    end
    * case when {{ text }} ~ '[0-9] ?[kt]' then 1000 when {{ text }} ~ '[0-9] ?m' then 1000000 else 1 end
    * case when {{ text }} ~ '[-(]' then -1 else 1 end
{%- endmacro %}
