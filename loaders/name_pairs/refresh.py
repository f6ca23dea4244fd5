"""Score the names that a load found, and keep the pairs where the models find them.

    FoundNames, else labels and playlist names of staging ──► staging_names.names
                                          score_pairs() ──► staging_names.pairs

The comment of `pairs` is a fingerprint of the files: with the same a second run does nothing, and a
load that follows it adds the names of its own files alone. After an undo and after another version
all names are asked of staging. A kind is compared when a name of it is new; all is written in one
transaction, and both tables always exist after a load.
"""

import hashlib
import logging
from collections.abc import Callable, Iterator
from functools import partial

from psycopg2.extensions import connection, cursor

from loaders.name_pairs.found_names import KINDS, MOST, FoundNames

Ask = Callable[..., "cursor"]

log = logging.getLogger(__name__)
VERSION = 4  # of the names and scores: another one compares all names again
DATASET = "staging_names"
TABLES = {
    "names": {"kind": "text", "name_key": "text"},
    "pairs": {"kind": "text", "key_a": "text", "key_b": "text", "score": "smallint"},
}
AT_ONCE = 20_000  # rows in one statement

# A user who may not create schemas is refused `create schema if not exists` also where it exists.
TABLE = """
    do $$ begin
        if to_regnamespace('staging_names') is null then create schema staging_names; end if;
    end $$;
    create table if not exists staging_names.names (
        kind text, name_key text, primary key (kind, name_key)
    );
    create table if not exists staging_names.pairs (
        kind text, key_a text, key_b text, score smallint not null,
        primary key (kind, key_a, key_b)
    )
"""
FILES = "select obj_description(to_regclass('staging_names.pairs'))"
CELLS = "select distinct {0} from staging_airtable.campaigns where {0} is not null"
SHOWN = "select distinct name, made_by, schema_version from staging_spotify.scraped_playlists"
ADD = """
    insert into staging_names.names (kind, name_key) select %s, unnest(%s::text[])
    on conflict do nothing
"""
COUNTS = "select kind, count(*) from staging_names.names group by kind"
INSERT = """
    insert into staging_names.pairs (kind, key_a, key_b, score)
    select %s, * from unnest(%s::text[], %s::text[], %s::smallint[])
"""


def refresh_pairs(
    conn: connection, files: set[str], found: FoundNames | None = None, prefix: str = ""
) -> tuple[str, ...] | None:
    """Compare the names of all these files (SHA-256), unless that is done already; commit.

    `found` are the names of those that were loaded now. Returns the kinds with more than `MOST`
    names, which are not compared, or None when nothing was to do. `prefix` is that of the staging
    schemas, where those are a candidate's. The caller holds the lock of loading.
    """
    with conn.cursor() as cur:
        ask = partial(_ask, cur, prefix)
        known = ask(FILES).fetchone()[0]
        if known == _fingerprint(files):
            conn.commit()
            log.debug("the pairs of names are those of these files already")
            return None
        ask(TABLE)
        if found is None or not _follows(known, files - found.files):
            log.debug("all names are asked of staging")
            ask("delete from staging_names.names; delete from staging_names.pairs")
            found = _staged_names(ask)
        grown = [kind for kind in KINDS if _add(ask, kind, found.keys[kind])]
        counts = dict(ask(COUNTS).fetchall())
        for kind in grown:
            ask("delete from staging_names.pairs where kind = %s", [kind])
            if counts[kind] <= MOST:
                _compare(ask, kind)
        ask("comment on table staging_names.pairs is %s", [_fingerprint(files)])
        ask("analyze staging_names.pairs")
    conn.commit()
    log.debug("names: %s; new ones of %s", counts, grown)
    return tuple(kind for kind in KINDS if counts.get(kind, 0) > MOST)


def _follows(known: str | None, earlier: set[str]) -> bool:
    """Whether the stored names are those of the earlier files, or there are neither."""
    return known == _fingerprint(earlier) or (known is None and not earlier)


def _fingerprint(files: set[str]) -> str:
    return hashlib.sha256("\n".join([str(VERSION), *sorted(files)]).encode()).hexdigest()


def _ask(cur: cursor, prefix: str, query: str, values: list | None = None) -> cursor:
    cur.execute(query.replace("staging_", f"{prefix}staging_"), values)
    return cur


def _add(ask: Ask, kind: str, keys: set[str]) -> bool:
    """Store names; whether one was new."""
    return bool(keys) and ask(ADD, [kind, sorted(keys)]).rowcount > 0


def _compare(ask: Ask, kind: str) -> None:
    from loaders.name_pairs.similarity import score_pairs

    keys = sorted(
        key for (key,) in ask("select name_key from staging_names.names where kind = %s", [kind])
    )
    rows = [
        (keys[one], keys[two], score) for (one, two), score in sorted(score_pairs(keys).items())
    ]
    for start in range(0, len(rows), AT_ONCE):
        columns = map(list, zip(*rows[start : start + AT_ONCE], strict=True))
        ask(INSERT, [kind, *columns])


def _staged_names(ask: Ask) -> FoundNames:
    found = FoundNames()
    ask(
        "set local work_mem = '64MB'"
    )  # what is distinct in a million cells, in a third of the time
    for column, add in (
        ("client", found.add_clients),
        ("vendor", found.add_vendors),
        ("playlists", found.add_playlists),
    ):
        for rows in _in_batches(ask, CELLS.format(column)):
            add(cell for (cell,) in rows)
    for rows in _in_batches(ask, SHOWN):
        found.add_shown(set(rows))
    return found


def _in_batches(ask: Ask, query: str) -> Iterator[list[tuple]]:
    ask(f"close all; declare names cursor for {query}")
    while rows := ask(f"fetch {AT_ONCE} from names").fetchall():
        yield rows
