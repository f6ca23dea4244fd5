{#-
    The playlist's name in a piece of a claim's text: without other links and the marks that a vendor puts behind it
    ([NEW], (removed) ...). Brackets of any other content belong to the name. Beside a link, also without what joins the
    two: `Name: link`, `Name (link)`, `[Name](link)`; signs alone are no name there.
-#}
{% macro claimed_name(text, is_behind_link="false", is_before_link="false") -%}
    {{ without_signs_alone(
        "regexp_replace(" ~ without_state(
            trimmed_beside_links("regexp_replace(" ~ text ~ ", '" ~ other_link() ~ "', '', 'g')", is_behind_link, is_before_link)
        ) ~ ", case when " ~ is_behind_link ~ " then '^\\(([^()]*)\\)$' when " ~ is_before_link ~ " then '^\\(([^()]*)$' else '^$' end, '\\1')",
        is_behind_link ~ " or " ~ is_before_link,
    ) }}
{%- endmacro %}


{#- A regular expression for a link that is no playlist's. -#}
{% macro other_link() -%}
    (?: open\.spotify\.com/|https?://)[^ ]+
{%- endmacro %}


{#- A text without what joins it to a link behind it, before it, or both. -#}
{% macro trimmed_beside_links(text, is_behind_link, is_before_link) -%}
    regexp_replace(
        regexp_replace(
            regexp_replace(
                {{ text }},
                case when {{ is_behind_link }} then '^[])>"''”’“‘]*[-–—:|=>→.,;/& ]*' else '^ +' end, ''
            ),
            case when {{ is_before_link }} then '\[((?:[^][]|\[[^][]*\])+)\] ?\( *$' else '^$' end, '\1'
        ),
        case when {{ is_before_link }} then '[-–—:|=>→,;/& ]*["''“”‘’<([ ]*$' else ' +$' end, ''
    )
{%- endmacro %}


{#- A claimed name without the state that a vendor notes behind it. -#}
{% macro without_state(text) -%}
    regexp_replace(
        ({{ text }}) collate "C",
        '(?:(?: *[-–—:|]? ?[[({] *(?:new|added|newly added|just added|re-?added|pending|confirmed|ok|removed|removing(?: soon| shortly)?)[!?.]* *[])}]'
        || '| [-–—] (?:added|pending|removed|removing(?: soon| shortly)?)) *)+$', '', 'i'
    ) collate "default"
{%- endmacro %}


{#- The text trimmed; null if it is empty, or of signs alone where those are none of a name. -#}
{% macro without_signs_alone(text, is_beside_link) -%}
    case
        when not ({{ is_beside_link }}) or {{ text }} !~ '^[-–—:|=>→,;/&().<>"''“”‘’*_!?+•·\\ \[\]]*$'
            then {{ collapse_whitespace(text) }}
    end
{%- endmacro %}
