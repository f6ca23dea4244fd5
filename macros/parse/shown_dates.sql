{#-
    A date as a page shows it, most often `May 13, 2025`. Other forms are read where they have one meaning only:
    `13 May 2025` in the languages of `month_of_word`, `2025-05-13`, `2025年5月13日`, `13.5.2025`, `13/5/2025`, and
    `Yesterday` by the day of the scrape. Anything else is null, and reported unless `is_nothing`.
-#}
{% macro parse_shown_date(cell, scraped_on) -%}
    case
        when {{ cell }} = 'Not available' then null
        when {{ cell }} ~ '^(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (0?[1-9]|[12][0-9]|3[01]), (19|20)[0-9]{2}$'
            then {{ day_of_calendar(
                "right(" ~ cell ~ ", 4)::integer",
                "(strpos('JanFebMarAprMayJunJulAugSepOctNovDec', left(" ~ cell ~ ", 3)) + 2) / 3",
                "btrim(substr(" ~ cell ~ ", 5, 2), ', ')::integer",
            ) }}
        when {{ cell }} is not null then ({{ other_shown_date(cell, scraped_on) }})
    end
{%- endmacro %}


{#- A query for the date of one cell that is not of the usual form. Every part has its own limits: nothing can fail. -#}
{% macro other_shown_date(cell, scraped_on) -%}
    {%- set day = "(0?[1-9]|[12][0-9]|3[01])" -%}
    {%- set month = "(0?[1-9]|1[0-2])" -%}
    {%- set year = "((?:19|20)[0-9]{2})" -%}
    {%- set ordinal = "(?:st|nd|rd|th|er|º|ª)?" -%}
    {%- set clock = "(?:[t ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.-][0-9]+)?)?(?:z|[+-][0-9]{2}:?[0-9]{2})?)?" -%}
    {%- set today = "today|heute|aujourd.hui|hoy|oggi|hoje|vandaag|idag|i dag|今日|今天|오늘" -%}
    {%- set yesterday = "yesterday|gestern|hier|ayer|ieri|ontem|gisteren|igår|i går|昨日|昨天|어제" -%}
    {#- Of days only: weeks and hours name no day. -#}
    {%- set days_ago = [
        "[0-9]{1,3} days? ago", "vor [0-9]{1,3} tag(en)?", "il y a [0-9]{1,3} jours?", "hace [0-9]{1,3} días?",
        "[0-9]{1,3} giorn[io] fa", "há [0-9]{1,3} dias?", "[0-9]{1,3} dag(en)? geleden", "[0-9]{1,3} ?(日前|天前|일 전)",
    ] | join("|") %}
    select
        case
            when shown.text ~ '^({{ today }})$' then {{ scraped_on }}
            when shown.text ~ '^({{ yesterday }})$' then {{ scraped_on }} - 1
            when shown.text ~ '^({{ days_ago }})$'
                then {{ scraped_on }} - substring(shown.text from '[0-9]+')::integer
            else {{ day_of_calendar("parts.found[1]", "parts.found[2]", "parts.found[3]") }}
        end
    from (select {{ fold_case(collapse_whitespace(cell)) }} as text) as shown
    cross join lateral (
        select
            regexp_match(translate(shown.text, '年月년월/.', '------'), '^{{ year }} ?- ?{{ month }} ?- ?{{ day }} ?[-日일]?{{ clock }}$') as ymd,
            regexp_match(shown.text, '^{{ day }}[.] ?{{ month }}[.] ?{{ year }}[.]?$') as dotted,
            regexp_match(shown.text, '^{{ day }}[/-]{{ day }}[/-]{{ year }}$') as slashed,
            {{ collapse_whitespace("regexp_replace(regexp_replace(shown.text, '[-.,/]', ' ', 'g'), '(^| )(de|del|of|den) ', ' ', 'g')") }} as words
    ) as forms
    cross join lateral (
        select
            coalesce(
                regexp_match(forms.words, '^{{ day }}{{ ordinal }} ([^0-9 ]+) {{ year }}$'),
                (select array[found.form[2], found.form[1], found.form[3]] from regexp_match(forms.words, '^([^0-9 ]+) {{ day }}{{ ordinal }} {{ year }}$') as found (form) where found.form is not null),
                (select array[found.form[3], found.form[2], found.form[1]] from regexp_match(forms.words, '^{{ year }} ([^0-9 ]+) {{ day }}$') as found (form) where found.form is not null)
            ) as worded
    ) as named
    cross join lateral (
        select
            case
                when forms.ymd is not null then forms.ymd::integer[]
                when forms.dotted is not null then array[forms.dotted[3], forms.dotted[2], forms.dotted[1]]::integer[]
                when forms.slashed[1]::integer = forms.slashed[2]::integer or forms.slashed[1]::integer > 12
                    then array[forms.slashed[3], forms.slashed[2], forms.slashed[1]]::integer[]
                when forms.slashed[2]::integer > 12
                    then array[forms.slashed[3], forms.slashed[1], forms.slashed[2]]::integer[]
                when named.worded is not null
                    then array[named.worded[3]::integer, {{ month_of_word("named.worded[2]") }}, named.worded[1]::integer]
            end as found
    ) as dates
    cross join lateral (
        -- Both parts over 12 are no date; a word that is no month is none either.
        select case when dates.found[2] between 1 and 12 then dates.found end as found
    ) as parts
{%- endmacro %}


{#-
    The month of a word in lower case, 1 to 12; null for any other word. Only languages in which no name of a month means
    another one elsewhere.
-#}
{% macro month_of_word(word) -%}
    {%- set languages = [
        "january february march april may june july august september october november december",
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "januar februar märz april mai juni juli august september oktober november dezember",
        "jänner feber mär apr mai jun jul aug sept okt nov dez",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "janv févr mars avr mai juin juil août sept oct nov déc",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "ene feb mar abr may jun jul ago sept oct nov dic",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "gen feb mar apr mag giu lug ago set ott nov dic",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "jan fev mar abr mai jun jul ago set out nov dez",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
        "januari februari mars april maj juni juli augusti september oktober november december",
        "januar februar marts april maj juni juli august september oktober november desember",
    ] -%}
    (array[{% for words in languages %}{{ range(1, 13) | join(",") }}{{ "," if not loop.last }}{% endfor %}])[
        array_position(array[{% for words in languages %}'{{ words.split() | join("','") }}'{{ "," if not loop.last }}{% endfor %}], {{ word }})
    ]
{%- endmacro %}


{#- Whether a text is no date and stands for something. The usual forms are tested first: they are most of the rows. -#}
{% macro is_unread_date(cell, scraped_on) -%}
    case
        when {{ cell }} ~ '^((Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) ([1-9]|1[0-9]|2[0-8]), 20[0-9]{2}|Not available)$'
            then false
        else not {{ is_nothing(cell) }} and ({{ parse_shown_date(cell, scraped_on) }}) is null
    end
{%- endmacro %}
