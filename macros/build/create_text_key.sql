{#-
    Creates the functions `text_key` and `fold_case` in the ledger's schema, if they are missing or differ.

    `lower()` depends on the server's version and locale: a dotted I or a final sigma has another key on another server,
    and another one in Python. So the letters that fold come from Python's `str.casefold`, which is Unicode's case
    folding, and `loaders/cell_rules.py` reads the same. NFKD comes first: it leaves letters that fold to one letter,
    with the exception of the sharp s. Most texts are ASCII, and most others hold no capital beyond it: `translate`,
    which is slow with so long a list, is for those that do.
-#}
{% macro create_text_key() %}
    {%- if execute and flags.WHICH in ["build", "run", "test"] -%}
        {%- set folds = case_folds() -%}
        {%- set bodies = {
            "fold_case": "
    select normalize(
        case
            when folded ~ '[" ~ folds.ranges ~ "ß]'
                then translate(replace(folded, 'ß', 'ss'), '" ~ folds.capitals ~ "', '" ~ folds.small ~ "')
            else folded
        end, NFKC
    )
    from (select lower(replace(normalize(cell, NFKD), 'ẞ', 'ß') collate \"C\") as folded) as decomposed
",
            "text_key": "
    select nullif(btrim(regexp_replace(
        case
            when octet_length(cell) = char_length(cell) then lower(cell collate \"C\")
            else \"" ~ target.schema ~ "\".fold_case(cell)
        end, '" ~ whitespace() ~ "+', ' ', 'g'
    )), '')
",
        } -%}
        {%- for name, body in bodies.items() if body != existing_body(name) -%}
            {% do run_query(
                "create or replace function \"" ~ target.schema ~ "\"." ~ name
                ~ "(cell text) returns text language sql immutable parallel safe as $body$" ~ body ~ "$body$; commit"
            ) %}
            {{ log("Created the function " ~ target.schema ~ "." ~ name) }}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}


{#- The body of a function of the ledger's schema that takes a text; none if it is missing. -#}
{% macro existing_body(name) %}
    {%- set found = run_query(
        "select prosrc from pg_proc where oid = to_regprocedure('\"" ~ target.schema ~ "\"." ~ name
        ~ "(text)')"
    ) -%}
    {{ return(found.rows[0][0] if found.rows else none) }}
{% endmacro %}


{#-
    The letters beyond ASCII that fold to one other letter: `capitals` and `small` in the same order, and `ranges` for a
    regular expression that finds a text with one of them. None is beyond U+1EFFF.
-#}
{% macro case_folds() %}
    {%- set found = {"capitals": [], "small": [], "ranges": []} -%}
    {%- set last = namespace(code=0) -%}
    {#- By pages of 256 letters: most have no letter that folds. -#}
    {%- for page in range(0, 55296, 256) | list + range(57344, 126976, 256) | list -%}
        {%- set letters = ("%c" * 256) | format(*range(page, page + 256)) -%}
        {%- for capital in (letters if letters != letters.casefold() else "") -%}
            {%- set small = capital.casefold() -%}
            {%- set code = page + loop.index0 -%}
            {%- if code > 127 and small != capital and small | length == 1 -%}
                {%- do found.capitals.append(capital) -%}
                {%- do found.small.append(small) -%}
                {%- if code - last.code > 8 -%}
                    {%- do found.ranges.append([capital, capital]) -%}
                {%- else -%}
                    {%- do found.ranges[-1].append(capital) -%}
                {%- endif -%}
                {%- set last.code = code -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set ranges = [] -%}
    {%- for each in found.ranges -%}
        {%- do ranges.append(each[0] ~ "-" ~ each[-1]) -%}
    {%- endfor -%}
    {{ return({
        "capitals": found.capitals | join, "small": found.small | join, "ranges": ranges | join,
    }) }}
{% endmacro %}
