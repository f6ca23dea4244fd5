{#-
    A regular expression for UTF-8 that was read as Windows-1252 (`Ã©`, `â€“`, `ðŸ”¥`). Each match is valid UTF-8 once
    its characters are bytes again. A capital before `Ã`, a quotation mark behind it: `MAÇÃ”` is a word in quotes.
-#}
{% macro wrongly_decoded() -%}
    {%- set signs = "€‚ƒ„†‡ˆ‰Š‹ŒŽ˜™š›œžŸ¡-¿" -%}
    {%- set quotes = "‘’“”–—…•\\u00a0" -%}
    {%- set both = signs ~ quotes -%}
    {%- set patterns = [
        "[ÂÃÄÅ][" ~ signs ~ "]",
        "(?<![[:upper:]])[ÂÃ][" ~ quotes ~ "]",
        "â€[" ~ both ~ "]",
        "ðŸ[" ~ both ~ "]{2}",
        "[áâã-ìîï][" ~ signs ~ "][" ~ both ~ "]",
        "[áâã-ìîï][" ~ quotes ~ "][" ~ signs ~ "]",
    ] -%}
    (?:{{ patterns | join("|") }})
{%- endmacro %}


{#-
    A text with what was decoded wrongly read anew: UTF-8 as above, and the `Ž` behind a small letter that an old Mac
    wrote as `é`. It equals the text where nothing was.
-#}
{% macro mended_text(text) -%}
    regexp_replace(
        (
            select
                string_agg(
                    coalesce(convert_from(convert_to(pieces.match[1], 'WIN1252'), 'UTF8'), pieces.match[2]), ''
                    order by pieces.nth
                )
            from
                regexp_matches(
                    {{ text }}, '({{ wrongly_decoded() }}+)|((?:(?!{{ wrongly_decoded() }}).)+|.)', 'g'
                ) with ordinality as pieces (match, nth)
        ), '([[:lower:]])Ž', '\1é', 'g'
    )
{%- endmacro %}
