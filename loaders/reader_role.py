"""The role `ledger_reader`, which only reads: whether it can be used on a ledger.

a cursor, the ledger's schema ──► may_be_reader() ──► whether to `set role ledger_reader`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from psycopg2.extensions import cursor

READER = "ledger_reader"
# Roles belong to the whole server: one made for another database may not read this ledger.
MAY_READ = """
    select from pg_roles
    where
        rolname = %s and pg_has_role(oid, 'member')
        and has_schema_privilege(oid, to_regnamespace(quote_ident(%s)), 'usage')
"""


def may_be_reader(cur: cursor, schema: str) -> bool:
    """Whether this user may take the role, and the role may read the schema."""
    cur.execute(MAY_READ, [READER, schema])
    return cur.fetchone() is not None
