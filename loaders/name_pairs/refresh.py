"""Score the names that staging holds, and keep the pairs where the models find them.

    labels and playlist names of staging ──► score_pairs() ──► staging_names.pairs

The table's comment is a fingerprint of the files, so that a second run does nothing. The table is
written whole in one transaction and always exists after a load. More than `MOST` names of one kind
are not compared: a load must take no longer than its files.
"""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from psycopg2.extensions import connection, cursor

from loaders.cell_rules import client_labels, short_name, text_key, without_badge
from loaders.claim_rules import newly_claimed

Ask = Callable[..., "cursor"]

log = logging.getLogger(__name__)
VERSION = 3  # of the names and scores: another one compares all names again
DATASET = "staging_names"
COLUMNS = {"kind": "text", "key_a": "text", "key_b": "text", "score": "smallint"}
AT_ONCE = 20_000  # rows in one statement
LONGEST_KEY = 1_200  # bytes; two of them must fit into one row of an index, which holds 2,700
MOST = 50_000  # names of one kind; the real lists have hundreds of clients, thousands of playlists

# A user who may not create schemas is refused `create schema if not exists` also where it exists.
TABLE = """
    do $$ begin
        if to_regnamespace('staging_names') is null then create schema staging_names; end if;
    end $$;
    create table if not exists staging_names.pairs (
        kind text, key_a text, key_b text, score smallint not null,
        primary key (kind, key_a, key_b)
    )
"""
FILES = "select obj_description(to_regclass('staging_names.pairs'))"


def _shown_name(name: str, made_by: str | None, is_glued: bool) -> list[str]:
    return [short_name(without_badge(name, made_by) if is_glued else name)]


CELLS = "select distinct {0} from staging_airtable.campaigns where {0} is not null"
SHOWN = (
    "select distinct name, made_by, schema_version is null from staging_spotify.scraped_playlists"
)
KINDS = ("client", "vendor", "playlist")

INSERT = """
    insert into staging_names.pairs (kind, key_a, key_b, score)
    select %s, * from unnest(%s::text[], %s::text[], %s::smallint[])
"""


def refresh_pairs(
    conn: connection, files: Iterable[str], prefix: str = ""
) -> tuple[str, ...] | None:
    """Compare all names, unless the pairs are those of these files (SHA-256); commit.

    Returns the kinds with more than `MOST` names, which were not compared, or None when nothing was
    to do. `prefix` is that of the staging schemas, where those are a candidate's. The caller holds
    the lock of loading.
    """
    fingerprint = hashlib.sha256("\n".join([str(VERSION), *sorted(files)]).encode()).hexdigest()
    with conn.cursor() as cur:
        ask = partial(_ask, cur, prefix)
        ask(FILES)
        if cur.fetchone()[0] == fingerprint:
            conn.commit()
            log.debug("the pairs of names are those of these files already")
            return None
        ask(TABLE)
        ask("delete from staging_names.pairs")
        found = {kind: _up_to_most(_names(ask, kind)) for kind in KINDS}
        for kind, names in found.items():
            if names is not None:
                _write(ask, kind, names)
        ask("comment on table staging_names.pairs is %s", [fingerprint])
        ask("analyze staging_names.pairs")
    conn.commit()
    for kind, names in found.items():
        log.debug("%s names: %s", kind, "too many" if names is None else len(names))
    return tuple(kind for kind, names in found.items() if names is None)


def _ask(cur: cursor, prefix: str, query: str, values: list | None = None) -> cursor:
    cur.execute(query.replace("staging_", f"{prefix}staging_"), values)
    return cur


def _write(ask: Ask, kind: str, names: set[str]) -> None:
    from loaders.name_pairs.similarity import score_pairs

    found = {key for name in names if (key := text_key(name))}
    keys = sorted(key for key in found if len(key.encode()) <= LONGEST_KEY)
    rows = [
        (keys[one], keys[two], score) for (one, two), score in sorted(score_pairs(keys).items())
    ]
    for start in range(0, len(rows), AT_ONCE):
        columns = map(list, zip(*rows[start : start + AT_ONCE], strict=True))
        ask(INSERT, [kind, *columns])


def _sources(kind: str) -> list[tuple[str, Callable[..., Iterable[str]]]]:
    """Queries, each with what finds the names in one of its rows.

    A million lists of playlists have some thousand lines: read once each, they take a fourth of the
    time.
    """
    return {
        "client": [(CELLS.format("client"), client_labels)],
        "vendor": [(CELLS.format("vendor"), lambda label: [short_name(label)])],
        "playlist": [
            (CELLS.format("playlists"), partial(newly_claimed, seen=set())),
            (SHOWN, _shown_name),
        ],
    }[kind]


def _names(ask: Ask, kind: str) -> Iterator[str]:
    for query, names_of in _sources(kind):
        ask(f"close all; declare names cursor for {query}")
        while found := ask(f"fetch {AT_ONCE} from names").fetchall():
            for row in found:
                yield from names_of(*row)


def _up_to_most(names: Iterator[str]) -> set[str] | None:
    """The names, each once; None as soon as there are more than `MOST`."""
    found: set[str] = set()
    for name in names:
        found.add(name)
        if len(found) > MOST:
            return None
    return found
