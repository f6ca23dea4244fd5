{#-
    The rows of `data_issues` and `resolved_issues` as the build before left them: a query of `columns`, the dates when
    each was first and last seen, and when it was found mended. Without rows for a ledger that was never built; an
    earlier version had no dates, and no `resolved_issues`.
-#}
{% macro issues_before(columns) -%}
    {%- set open = load_relation(api.Relation.create(this.database, this.schema, "data_issues")) -%}
    {%- set resolved = load_relation(this) -%}
    {%- set present = adapter.get_columns_in_relation(open) | map(attribute="name") if open else [] -%}
    {%- set is_dated = "first_seen_at" in present -%}
    {%- if open %}
        select
            {{ columns | join(", ") }},
            {{ "first_seen_at" if is_dated else "created_at as first_seen_at" }},
            {{ "last_seen_at" if is_dated else "updated_at as last_seen_at" }},
            now() as resolved_at
        from {{ open }}
    {%- else %}
        select
            null::uuid as issue_id,
            {%- for name in columns if name != "issue_id" %}
            null::{{ {"campaign_id": "bigint", "source_row": "bigint"}.get(name, "text") }} as {{ name }},
            {%- endfor %}
            now() as first_seen_at,
            now() as last_seen_at,
            now() as resolved_at
        where false
    {%- endif %}
    {%- if resolved %}
        union all
        select {{ columns | join(", ") }}, first_seen_at, last_seen_at, resolved_at from {{ resolved }}
    {%- endif -%}
{%- endmacro %}
