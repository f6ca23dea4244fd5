"""Pairs of similar names: the candidate's compared with the live ones, then published.

candidate's pairs, live pairs ──► compare_pairs() ──► pair_changes ──► PUBLISH_PAIRS

There are thousands, and a load changes a few. They are compared while the candidate is loaded, so
that the publishing transaction writes the changed ones alone; the load lock keeps the live ones
as they are.
"""

from psycopg2.extensions import connection

from playledger.publish.catalog import read_columns

LIVE, CANDIDATE = "staging_names", "candidate_staging_names"

# A pair without a score is gone.
COMPARE = f"""
    create table {CANDIDATE}.pair_changes as
    select kind, key_a, key_b, candidate.score
    from {{}} as live
    full join {CANDIDATE}.pairs as candidate using (kind, key_a, key_b)
    where candidate.score is distinct from live.score
"""  # noqa: S608
PUBLISH_PAIRS = f"""
    delete from {LIVE}.pairs as live
    using {CANDIDATE}.pair_changes as gone
    where
        (live.kind, live.key_a, live.key_b) = (gone.kind, gone.key_a, gone.key_b)
        and gone.score is null;
    insert into {LIVE}.pairs (kind, key_a, key_b, score)
    select kind, key_a, key_b, score from {CANDIDATE}.pair_changes where score is not null
    on conflict (kind, key_a, key_b) do update set score = excluded.score;
    delete from {LIVE}.names as live
    where not exists (
        select from {CANDIDATE}.names as names
        where (names.kind, names.name_key) = (live.kind, live.name_key)
    );
    insert into {LIVE}.names (kind, name_key) select kind, name_key from {CANDIDATE}.names
    on conflict (kind, name_key) do nothing;
    do $$ begin
        execute format(
            'comment on table {LIVE}.pairs is %L', obj_description(to_regclass('{CANDIDATE}.pairs'))
        );
    end $$
"""  # noqa: S608


def compare_pairs(conn: connection) -> None:
    """Store which pairs of a loaded candidate are new, changed or gone. Commits."""
    no_pairs = f"(select * from {CANDIDATE}.pairs where false)"  # noqa: S608
    present = read_columns(conn, LIVE)
    with conn.cursor() as cur:
        cur.execute(COMPARE.format(f"{LIVE}.pairs" if present[LIVE, "pairs"] else no_pairs))
        cur.execute(f"analyze {CANDIDATE}.pair_changes")
    conn.commit()
