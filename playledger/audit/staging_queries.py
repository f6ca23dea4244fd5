"""The account's queries on staging: what of some files was loaded, whatever became of it.

Those of `BY_DATASET` give one row, its columns named as in `FIGURES`. `{finished}` are the files in
question: those of `%(sha256)s`, all of them when `%(all)s`. `%(blanks)s` is every white space that
Unicode knows, whatever the server's locale.
"""

from psycopg2 import sql

from loaders.files.staging_schema import EXPORT_COLUMNS
from playledger.audit.figures import OTHER_TEXT

# A load that was killed is in no finished load: its rows do not count.
FINISHED = """
    with finished as (
        select files.file_sha256, files.run_key, files.file_kind
        from {dataset}.files as files
        inner join {dataset}._dlt_loads as loads
            on files._dlt_load_id = loads.load_id and loads.status = 0
        where %(all)s or files.file_sha256 = any(%(sha256)s)
    )
"""

FILES = "{finished} select distinct file_kind, file_sha256 from finished"

EXPORTS = """
    {finished}
    select
        (select count(*) from finished) as export_files,
        campaigns.rows + rejected.rows as export_rows,
        rejected.rows as rows_unreadable
    from (
        select count(*) as rows from {dataset}.campaigns
        inner join finished using (file_sha256, run_key)
    ) as campaigns
    cross join (
        select count(*) as rows from {dataset}.rejected_records
        inner join finished using (file_sha256, run_key)
    ) as rejected
"""

EXPORT_LOADS = "{finished} select distinct file_sha256, run_key from finished"

# Of one file as one load wrote it: filled cells, characters by column, and the client labels.
EXPORT_TEXTS = """
    select
        coalesce(sum(num_nonnulls({cells}) + others.cells), 0)::bigint as cells,
        {texts},
        coalesce(sum(others.characters), 0)::bigint as {text_of_others},
        coalesce(
            array_agg(distinct labels.label) filter (where labels.label <> ''), '{{}}'
        ) as client_labels
    from {dataset}.campaigns
    cross join lateral (
        select btrim(regexp_replace(client, '[' || %(blanks)s || ']+', ' ', 'g')) as label
    ) as labels
    cross join lateral (
        select count(*) as cells, sum(length(value)) as characters
        from jsonb_each_text(extra::jsonb)
    ) as others
    where file_sha256 = %(loaded)s and run_key = %(run_key)s
"""

PAGES = """
    {finished}
    select
        (select count(*) from finished where file_kind = 'scrape') as scrape_files,
        (select count(*) from finished where file_kind = 'roster') as roster_files,
        rejected.*,
        {counts}
    from (
        select
            count(*) filter (where place = 'file') as scrapes_rejected,
            count(*) filter (where place <> 'file') as windows_rejected
        from {dataset}.rejected_records
        inner join finished using (file_sha256, run_key)
        where file_kind = 'scrape'
    ) as rejected
"""
COUNT = """
    (
        select count(*) from {dataset}.{table} inner join finished using (file_sha256, run_key)
    ) as {figure}
"""
COUNTED = {
    "windows": "scraped_windows",
    "playlist_rows": "scraped_playlists",
    "roster_songs": "roster_songs",
    "roster_candidates": "roster_candidates",
}

BY_DATASET = {"staging_airtable": EXPORTS, "staging_spotify": PAGES}


def staging_query(query: str, schema: str) -> sql.Composed:
    """A query about the files of one dataset, by the name of its schema."""
    dataset, name = sql.Identifier(schema), sql.Identifier
    counts = (
        sql.SQL(COUNT).format(dataset=dataset, table=name(table), figure=name(figure))
        for figure, table in COUNTED.items()
    )
    return sql.SQL(query).format(
        dataset=dataset,
        finished=sql.SQL(FINISHED).format(dataset=dataset),
        cells=_each_column("nullif(btrim({column}, %(blanks)s), '')"),
        texts=_each_column("coalesce(sum(length({column})), 0)::bigint as {text}"),
        counts=sql.SQL(", ").join(counts),
        text_of_others=sql.Identifier(OTHER_TEXT),
    )


def _each_column(expression: str) -> sql.Composed:
    return sql.SQL(", ").join(
        sql.SQL(expression).format(column=sql.Identifier(name), text=sql.Identifier(f"text_{name}"))
        for name in EXPORT_COLUMNS
    )
