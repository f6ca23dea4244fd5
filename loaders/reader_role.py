"""The role that only reads: whether it is there and has a look at a ledger.

a cursor, the ledger's schema ──► may_be_reader() ──► whether `set role ledger_reader` is of use
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from psycopg2.extensions import cursor

READER = "ledger_reader"
# Roles belong to the whole server: that of another database's ledger has no look at this one.
MAY_READ = """
    select from pg_roles
    where
        rolname = %s and pg_has_role(oid, 'member')
        and has_schema_privilege(oid, to_regnamespace(quote_ident(%s)), 'usage')
"""


def may_be_reader(cur: cursor, schema: str) -> bool:
    """Whether this user may take the role, and the role may look into the schema."""
    cur.execute(MAY_READ, [READER, schema])
    return cur.fetchone() is not None
