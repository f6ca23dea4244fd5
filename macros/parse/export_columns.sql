{#- The 26 columns of a campaign export by their staging names, in the order of the export. -#}
{% macro export_columns() -%}
    {{ return([
        "campaign", "client", "goal", "salesperson", "remaining", "daily", "weekly", "url", "sale_price",
        "start_date", "status", "invoice", "vendor", "paid_vendor", "curator_status", "playlists", "sfa",
        "notify_vendor", "ask_for_sfa", "update_client", "client_email", "vendor_email", "notes",
        "last_modified", "sp_vendor_updates", "spotify_campaign",
    ]) }}
{%- endmacro %}
