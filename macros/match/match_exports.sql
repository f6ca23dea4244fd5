{#-
    Matches every row of every export that is not matched yet with a campaign: a known one by the strongest evidence,
    one to one, else a new one. The post-hook of `campaign_sightings`. Exports are matched one by one, the oldest
    first, each against what is known after the one before it; before that it is decided how its dates are read.
-#}
{% macro match_exports() -%}
    {%- if execute and not is_structure_only() and load_relation(ref("stg_airtable__files")) -%}
        {%- set evidence = run_query(
            "select name, agreeing from " ~ ref("match_evidence") ~ " order by strength"
        ).rows -%}
        {%- set pending = run_query(pending_exports()).rows -%}
        {%- for export in pending if not export["is_decided"] %}
        delete from {{ ref('date_orders') }} where file_sha256 = '{{ export["file_sha256"] }}';
        {% endfor -%}
        {%- for export in pending -%}
            {%- if not export["is_decided"] -%}
                {{ decide_date_orders(export["file_sha256"], export["is_matched"]) }}
            {%- endif -%}
            {%- if not export["is_matched"] %}{{ match_export(export["file_sha256"], evidence) }}{% endif -%}
        {%- endfor -%}
        {%- if pending %}
        update {{ build_states() }} set state = {{ writers_of(ref('date_orders')) }} where node = 'date_orders';
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}


{#-
    A query of the exports that are not matched yet or whose dates are to be decided, the oldest first. A decision stays
    until a person says another order for its file; then those of later exports that rest on known dates are made anew.
-#}
{% macro pending_exports() -%}
    with

    exports as (

        select
            files.file_sha256,
            files.export_rank,
            exists (
                select 1 from {{ this }} as known where known.file_sha256 = files.file_sha256
            ) as is_matched,
            count(orders.file_sha256) > 0 as is_decided,
            coalesce(bool_or(files.typed_date_order is distinct from orders.typed_order), false) as is_told_anew,
            coalesce(bool_or(orders.reason in ('known_dates', 'against_known', 'assumed')), false) as rests_on_known
        from {{ ref('stg_airtable__files') }} as files
        left join {{ ref('date_orders') }} as orders using (file_sha256)
        where files.record_count > 0
        group by files.file_sha256, files.export_rank, files.typed_date_order

    ),

    judged as (

        select
            *,
            is_decided and not is_told_anew and not (
                rests_on_known
                and coalesce(bool_or(is_decided and is_told_anew) over (
                    order by export_rank rows between unbounded preceding and 1 preceding
                ), false)
            ) as stays_decided
        from exports

    )

    select file_sha256, is_matched, stays_decided as is_decided from judged
    where not is_matched or not stays_decided
    order by export_rank
{%- endmacro %}
