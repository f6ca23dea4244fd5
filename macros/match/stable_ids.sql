{#-
    CTEs that give each name its id. A client or vendor keeps its id when the seed of aliases gives it another name,
    and gets it back when that line is removed. The first that exists, in this order: the id of the live row with this
    name; that of a live row whose name is an alias of this one; the hash of the name, unless another row has it;
    another hash.

    Arguments: `entity`, `client` or `vendor`; `named`, a relation of each `label_key` and the `<entity>_key` of the
    name that it stands for. The last CTE, `ids`, has `<entity>_key` and `<entity>_id`.
-#}
{% macro stable_ids(entity, named) -%}
    {%- set live = load_relation(api.Relation.create(target.database, target.schema, entity ~ "s")) -%}
    known as (

        /*known*/
        {% if live -%}
        -- A row of an earlier version may have the key of an earlier rule.
        select {{ entity }}_id, {{ text_key('name_key') }} as name_key, created_at from {{ live }}
        {%- else -%}
        select null::uuid as {{ entity }}_id, null::text as name_key, null::timestamptz as created_at where false
        {%- endif %}
        /*known*/

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
