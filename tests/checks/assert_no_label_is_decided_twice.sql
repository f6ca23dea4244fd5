-- Fails if a seed maps one label twice: the result would be ambiguous.
with

decisions as (

    {% for seed, label in [
        ("campaign_statuses", "label"), ("client_aliases", "alias"), ("curator_states", "label"),
        ("invoice_states", "label"), ("salesperson_aliases", "alias"), ("vendor_aliases", "alias"),
    ] -%}
    select
        'seeds/{{ seed }}.csv' as seed,
        {{ text_key(label) }} as label_key
    from {{ ref(seed) }}
    union all
    {% endfor -%}
    select
        'seeds/playlist_aliases.csv',
        concat_ws(' by ', {{ text_key('alias') }}, {{ text_key('curator') }})
    from {{ ref('playlist_aliases') }}

)

select
    seed,
    label_key,
    count(*) as times
from decisions
group by seed, label_key
having count(*) > 1
