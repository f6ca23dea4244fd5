{#- The planner cannot know how many issues there are, and would choose a nested loop. -#}
{{ config(pre_hook="set local enable_nestloop = off") }}
{#- Those that say themselves whether an issue is of today. -#}
{%- set dated = ["int_issues_matches", "int_issues_sfa"] -%}
{#- Their value names rows, which have other numbers in another file: they are the same whatever it says. -#}
{%- set without_value = ["int_issues_matches", "int_issues_pasted_rows"] %}

with

issues as (

    {% for model in [
        "int_issues_cells", "int_issues_columns", "int_issues_names", "int_issues_emptied",
        "int_issues_matches", "int_issues_sfa", "int_issues_scrapes",
        "int_issues_rosters", "int_issues_claims", "int_issues_pasted_rows",
        "int_issues_encodings",
        "int_issues_date_orders", "int_issues_windows",
    ] -%}
    select
        file_sha256,
        source_row,
        campaign_id,
        place,
        column_name,
        raw_value,
        reason,
        {{ "is_current" if model in dated else "null::boolean" }} as is_current,
        {{ "null" if model in without_value else "raw_value" }} as identifying_value
    from {{ ref(model) }}
    {{ "union all" if not loop.last }}
    {% endfor %}
),

sightings as (

    select * from {{ ref('campaign_sightings') }}

),

scraped as (

    select
        file_sha256,
        max(scraped_at) as scraped_at
    from (
        {% for model in ["stg_spotify__windows", "stg_spotify__roster_songs", "stg_spotify__roster_candidates"] -%}
        select
            file_sha256,
            scraped_at
        from {{ ref(model) }}
        {{ "union all" if not loop.last }}
        {% endfor %}
    ) as times
    group by file_sha256

),

-- By the files' own clocks: when a file is loaded says nothing of the sheet, and a plan is applied after it was made.
files as (

    select
        file_sha256,
        file_name,
        coalesce(shown_at at time zone 'America/New_York', loaded_at) as shown_at,
        export_rank
    from {{ ref('stg_airtable__files') }}
    union all
    select
        files.file_sha256,
        files.file_name,
        coalesce(scraped.scraped_at at time zone 'UTC', files.loaded_at),
        null
    from {{ ref('stg_spotify__files') }} as files
    left join scraped using (file_sha256)

),

scrapes as (

    select distinct on (file_sha256)
        file_sha256,
        track_id,
        scraped_at
    from {{ ref('stg_spotify__windows') }}
    order by file_sha256

),

-- What an issue is about, whichever file has it: a campaign, a song's window, a label of the roster, else its own file.
about as (

    select
        issues.file_sha256,
        files.file_name,
        files.shown_at,
        files.export_rank,
        issues.source_row,
        coalesce(issues.campaign_id, sightings.campaign_id) as campaign_id,
        scrapes.track_id,
        scrapes.scraped_at,
        issues.place,
        issues.column_name,
        issues.raw_value,
        issues.reason,
        issues.is_current,
        issues.identifying_value,
        case
            when coalesce(issues.campaign_id, sightings.campaign_id) is not null
                then 'campaign ' || coalesce(issues.campaign_id, sightings.campaign_id)
            when scrapes.track_id is not null
                then concat_ws(' ', scrapes.track_id, regexp_replace(issues.place, ', row .*', ''))
            when files.export_rank is null then regexp_replace(issues.place, '^\S+ \d+ of ', 'roster ')
            else concat_ws(' ', issues.file_sha256, issues.place)
        end as subject
    from issues
    inner join files using (file_sha256)
    left join sightings using (file_sha256, source_row)
    left join scrapes using (file_sha256)

),

-- Rows of one window that read the same are issues of their own.
numbered as (

    select
        *,
        row_number() over (
            partition by file_sha256, subject, reason, column_name, identifying_value order by place, raw_value
        ) as nth
    from about

)

select
    *,
    md5(
        concat_ws(
            '|', reason, subject, coalesce(column_name, ''), coalesce(identifying_value, ''), nullif(nth, 1)
        )
    )::uuid as issue_id
from numbered
