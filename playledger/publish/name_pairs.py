"""The pairs of names that are alike: a candidate's compared with the live ones, then published.

candidate's pairs, live ones ──► compare_pairs() ──► moved pairs ──► TAKE_PAIRS, when published

There are thousands, and a load moves a few. They are compared while the candidate is loaded, so
that the publishing transaction writes those alone; the lock of loading keeps the live ones still.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playledger.publish.catalog import columns_of

if TYPE_CHECKING:
    from psycopg2.extensions import connection

LIVE, OWN = "staging_names", "candidate_staging_names"

# A pair without a score is gone.
COMPARE = f"""
    create table {OWN}.moved as
    select kind, key_a, key_b, given.score
    from {LIVE}.pairs as known
    full join {OWN}.pairs as given using (kind, key_a, key_b)
    where given.score is distinct from known.score
"""  # noqa: S608
ALL_NEW = f"create table {OWN}.moved as select kind, key_a, key_b, score from {OWN}.pairs"  # noqa: S608
TAKE_PAIRS = f"""
    delete from {LIVE}.pairs as known
    using {OWN}.moved as gone
    where
        (known.kind, known.key_a, known.key_b) = (gone.kind, gone.key_a, gone.key_b)
        and gone.score is null;
    insert into {LIVE}.pairs (kind, key_a, key_b, score)
    select kind, key_a, key_b, score from {OWN}.moved where score is not null
    on conflict (kind, key_a, key_b) do update set score = excluded.score;
    do $$ begin
        execute format(
            'comment on table {LIVE}.pairs is %L', obj_description(to_regclass('{OWN}.pairs'))
        );
    end $$
"""  # noqa: S608


def compare_pairs(held: connection) -> None:
    """Keep the pairs of a loaded candidate that the live ones lack, or have otherwise; commit."""
    with held.cursor() as cur:
        cur.execute(COMPARE if columns_of(held, LIVE, "pairs") else ALL_NEW)
        cur.execute(f"analyze {OWN}.moved")
    held.commit()
