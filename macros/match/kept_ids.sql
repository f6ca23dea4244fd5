{#-
    The id of every name: a client or vendor keeps its id when a person gives it another name in the seed of aliases, and
    gets it back when the line is taken out again. In this order: who has the name in the ledger; who is in the ledger
    under a label that the seed gives this name; the id that the name itself makes, unless somebody else has it; one more
    made from the name.

    Arguments: `entity`, `client` or `vendor`; `named`, a relation of each `label_key` and the `<entity>_key` of the name that
    it stands for. Gives CTEs; the last, `ids`, has `<entity>_key` and `<entity>_id`.
-#}
{% macro kept_ids(entity, named) -%}
    {%- set live = load_relation(api.Relation.create(target.database, target.schema, entity ~ "s")) -%}
    known as (

        {% if live -%}
        select {{ entity }}_id, name_key, created_at from {{ live }}
        {%- else -%}
        select null::uuid as {{ entity }}_id, null::text as name_key, null::timestamptz as created_at where false
        {%- endif %}

    ),

    names as (

        select distinct {{ entity }}_key from {{ named }}

    ),

    claims as (

        select names.{{ entity }}_key, known.{{ entity }}_id, 1 as preference, known.created_at
        from names
        inner join known on names.{{ entity }}_key = known.name_key
        union all
        select named.{{ entity }}_key, known.{{ entity }}_id, 2, known.created_at
        from {{ named }} as named
        inner join known on named.label_key = known.name_key
        where not exists (select 1 from names where names.{{ entity }}_key = known.name_key)

    ),

    choices as (

        select * from claims
        union all
        select {{ entity }}_key, md5('{{ entity }} ' || {{ entity }}_key)::uuid, 3, null from names
        where not exists (
            select 1 from known
            where known.{{ entity }}_id = md5('{{ entity }} ' || names.{{ entity }}_key)::uuid
        )
        union all
        select {{ entity }}_key, md5('another {{ entity }} ' || {{ entity }}_key)::uuid, 4, null from names

    ),

    ids as (

        select distinct on ({{ entity }}_key) {{ entity }}_key, {{ entity }}_id from choices
        order by {{ entity }}_key, preference, created_at, {{ entity }}_id

    )
{%- endmacro %}
