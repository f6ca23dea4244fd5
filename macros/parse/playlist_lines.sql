{#- The lines of a Playlists cell, for a `from` clause: (line, position). -#}
{% macro split_lines(cell) -%}
    lateral regexp_split_to_table({{ cell }}, '[\r\n\u000b\u2028\u2029]+') with ordinality
{%- endmacro %}


{#- A line on one line, without characters at its ends that cannot be seen. -#}
{% macro claim_line(line) -%}
    nullif(regexp_replace({{ collapse_whitespace(line) }}, '^[ \u200b\u2060\ufeff]+|[ \u200b\u2060\ufeff]+$', '', 'g'), '')
{%- endmacro %}


{#-
    Whether a line claims a playlist by how it begins: with a dash or another bullet, a quote, or in bold and not as a
    heading. A star is a bullet only before a blank: it begins names, too.
-#}
{% macro is_claim(line) -%}
    ({{ line }} ~ '^(?:["''“]|{{ bullet() }})' or {{ line }} ~ '^(?:\*\*|__)[^ *_]' and {{ line }} !~ ':[*_]*$')
{%- endmacro %}


{#- A regular expression for the bullet of a line, with the empty box of a check list. -#}
{% macro bullet() -%}
    (?:[-–—•·▪▫◦●○■□‣⁃∙►▶→➜➤✅✔☑✓]\ufe0f?|[*+] ) ?(?:\[[ xX]?\] )?
{%- endmacro %}


{#- The number in front of a numbered line; null for a line without one. -#}
{% macro line_number(line) -%}
    substring({{ line }} from '^[''"]? ?\(?([0-9]{1,3})[.)](?: |(?![0-9]))')::integer
{%- endmacro %}


{#-
    The text of a claim: a line without its bullet, or its number if it `is_numbered`, and without the stars of bold
    text. Links to Spotify in it are plain.
-#}
{% macro claim_text(line, is_numbered) -%}
    {{ plain_links(
        "regexp_replace(regexp_replace(case when " ~ is_numbered
        ~ " then regexp_replace(" ~ line ~ ", '^[''\"]? ?\\(?[0-9]{1,3}[.)] ?', '')"
        ~ " else regexp_replace(" ~ line ~ ", '^[''\"]? ?" ~ bullet() ~ "', '') end"
        ~ ", '\\*\\*([^ *](?:[^*]*[^ *])?)\\*\\*', '\\1', 'g')"
        ~ ", '(?<![0-9A-Za-z])__([^ _](?:[^_]*[^ _])?)__(?![0-9A-Za-z])', '\\1', 'g')"
    ) }}
{%- endmacro %}


{#- A regular expression for a link to a playlist in a claim's text; its id is a group of it if it `is_caught`. -#}
{% macro claimed_link(is_caught=false) -%}
    {{ " " }}open\.spotify\.com/playlist[:/]+({{ "" if is_caught else "?:" }}[0-9A-Za-z]{22})(?=[^0-9A-Za-z]|[hH][tT][tT][pP][sS]?:/|$)(?:[/?#][^ )\]>"''“”’*,;|]*)?
{%- endmacro %}
