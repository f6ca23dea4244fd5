{#-
    The cells of a campaign whose emptying is told, by the column that issues name: `cell` and `raw`, the columns of
    staging as parsed and as typed; `header`, that of `files.columns`; `ledger`, the columns of `campaigns` that follow
    the cell, its own first. Check boxes are left out: an unticked one is a value.
-#}
{% macro campaign_cells() -%}
    {%- set cells = {
        "client": {"cell": "client_cell", "ledger": ["client_id", "campaign_group_id"]},
        "salesperson": {"ledger": ["salesperson", "salespeople"]},
        "url": {"ledger": ["url", "url_kind", "track_id"]},
        "status": {"cell": "status_cell"},
        "invoice": {"cell": "invoice_cell"},
        "vendor": {"ledger": ["vendor_id"]},
        "curator_status": {"cell": "curator_status_cell"},
        "client_emails": {"cell": "client_email_cell", "header": "client_email"},
        "vendor_email": {"cell": "vendor_email_cell"},
        "start_date": {"raw": "start_date_cell", "ledger": ["start_date", "campaign_group_id"]},
        "last_modified_at": {"raw": "last_modified_at_cell", "header": "last_modified"},
    } -%}
    {%- for name in ["playlists", "notes", "sp_vendor_updates", "spotify_campaign"] -%}
        {%- do cells.update({name: {}}) -%}
    {%- endfor -%}
    {%- for name in ["goal", "remaining", "daily", "weekly", "sale_price"] -%}
        {%- do cells.update({name: {"raw": name ~ "_cell"}}) -%}
    {%- endfor -%}
    {%- for name, parts in cells.items() -%}
        {%- do parts.setdefault("cell", name) -%}
        {%- do parts.setdefault("raw", parts.cell) -%}
        {%- do parts.setdefault("header", name) -%}
        {%- do parts.setdefault("ledger", [name]) -%}
    {%- endfor -%}
    {{ return(cells) }}
{%- endmacro %}


{#-
    The cells whose emptying empties the ledger, as in `campaign_cells`: those whose own column of `campaigns` declares
    `meta: {emptied: clear}`; the default is `keep`. `columns` are the columns that the YAML of `campaigns` declares.
-#}
{% macro cleared_cells(columns=none) -%}
    {%- set declared = columns if columns is not none else campaigns_columns() -%}
    {%- set cleared = {} -%}
    {%- for name, parts in campaign_cells().items() -%}
        {%- set policy = declared.get(parts.ledger[0], {}).get("meta", {}).get("emptied", "keep") -%}
        {%- if policy not in ["keep", "clear"] -%}
            {{ exceptions.raise_compiler_error(
                "campaigns." ~ parts.ledger[0] ~ ": unknown policy `emptied: " ~ policy ~ "`"
            ) }}
        {%- endif -%}
        {%- if policy == "clear" %}{% do cleared.update({name: parts}) %}{% endif -%}
    {%- endfor -%}
    {{ return(cleared) }}
{%- endmacro %}


{#- The columns that the YAML of `campaigns` declares, by name; none while dbt parses the project or tests a unit. -#}
{% macro campaigns_columns() -%}
    {%- set tables = live_tables() if graph is defined and graph.nodes else [] -%}
    {%- set found = tables | selectattr("name", "equalto", "campaigns") | list -%}
    {{ return(found[0].columns if found else {}) }}
{%- endmacro %}


{#-
    Whether a row of `stg_airtable__campaigns` gives its campaign a value of a cell of `campaign_cells`: it has one, or
    it empties a cell whose emptying empties the ledger.
-#}
{% macro gives_value(parts, value, rows="") -%}
    {{ value }} is not null or ({{ rows }}{{ parts.raw }} is null and {{ rows }}file_columns ? '{{ parts.header }}')
{%- endmacro %}
