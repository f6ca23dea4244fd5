{#-
    Kinds of evidence that a row of an export is a known campaign, strongest first: the columns that must agree.
    `all` names those that must not be empty.
-#}
{% macro match_evidence() -%}
    {{ return([
        {"name": "whole_row", "columns": ["row_hash"]},
        {"name": "name_date_vendor_goal_url", "columns": ["name_key", "start_date", "vendor_key", "goal", "url_key"]},
        {"name": "name_date_vendor_url", "columns": ["name_key", "start_date", "vendor_key", "url_key"]},
        {"name": "name_date_vendor_goal", "columns": ["name_key", "start_date", "vendor_key", "goal"]},
        {"name": "name_date_vendor", "columns": ["name_key", "start_date", "vendor_key"]},
        {"name": "name_vendor_url", "columns": ["name_key", "vendor_key", "url_key"], "all": ["url_key"]},
        {"name": "name_date_url", "columns": ["name_key", "start_date", "url_key"], "all": ["url_key"]},
        {"name": "name_date", "columns": ["name_key", "start_date"], "all": ["start_date"]},
        {"name": "url_date_vendor", "columns": ["url_key", "start_date", "vendor_key"], "all": ["url_key", "start_date"]},
        {"name": "words_date_vendor", "columns": ["name_words", "start_date", "vendor_key"], "all": ["start_date"]},
        {"name": "name_vendor", "columns": ["name_key", "vendor_key"], "all": ["vendor_key"]},
        {"name": "name", "columns": ["name_key"]},
    ]) }}
{%- endmacro %}
