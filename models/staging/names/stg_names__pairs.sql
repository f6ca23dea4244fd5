with

pairs as (

    select * from {{ source('staging_names', 'pairs') }}

),

renamed as (

    select
        kind,
        key_a,
        key_b,
        score::integer as score
    from pairs

)

select * from renamed
