"""Indexes that models declare: made by a build where they are missing, and of use to the pages."""

from __future__ import annotations

import pytest
import yaml

from playledger.web.search import matches
from tests.project import PROJECT

pytestmark = pytest.mark.database
FILES = {"ledger": "models/marts/_marts.yml", "ledger_quality": "models/quality/_quality.yml"}
PRESENT = """
    select
        nspname || '.' || tables.relname || ' ' || indexes.relname, count(*), bool_and(indisvalid)
    from pg_index
    inner join pg_class as tables on indrelid = tables.oid
    inner join pg_class as indexes on indexrelid = indexes.oid
    inner join pg_namespace on tables.relnamespace = pg_namespace.oid
    where nspname in ('ledger', 'ledger_quality')
    group by 1
"""
TWICE = """
    select count(*) from pg_index inner join pg_class on indrelid = pg_class.oid
    where relnamespace in ('ledger'::regnamespace, 'ledger_quality'::regnamespace)
    group by indrelid, indkey, pg_get_expr(indexprs, indrelid), indoption
    having count(*) > 1
"""


def declared(kind: str) -> dict[str, str]:
    """What models declare: {`schema.table index`: columns or text}."""
    return {
        f"{schema}.{model['name']} {name}": what
        for schema, path in FILES.items()
        for model in yaml.safe_load((PROJECT / path).read_text())["models"]
        for name, what in model.get("config", {}).get("meta", {}).get(kind, {}).items()
    }


def explained(ledger, query: str, *values: object) -> str:
    """The plan of a question where no table is read from end to end if there is another way."""
    with ledger.database.connect() as conn, conn.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute(f"explain {query}", values)
        return "\n".join(line for (line,) in cursor)


def test_a_build_makes_every_declared_index_once(ledger):
    wanted = {**declared("btree_indexes"), **declared("text_search_indexes")}
    present = {name: (count, is_valid) for name, count, is_valid in ledger.ask(PRESENT)}
    assert len(wanted) > 20
    assert {name: present.get(name) for name in wanted} == dict.fromkeys(wanted, (1, True))
    assert ledger.ask(TWICE) == []


def test_a_build_puts_back_the_indexes_that_an_earlier_version_did_not_make(changing_ledger):
    ledger = changing_ledger
    before = sorted(ledger.ask(PRESENT))
    for name in {**declared("btree_indexes"), **declared("text_search_indexes")}:
        table, _, index = name.partition(" ")
        ledger.ask(f"drop index {table.partition('.')[0]}.{index}")
    assert len(ledger.ask(PRESENT)) < len(before)
    for _ in range(2):
        ledger.build("--select", "vendors")
        assert sorted(ledger.ask(PRESENT)) == before


@pytest.mark.parametrize("name", sorted(declared("text_search_indexes")))
def test_the_words_that_pages_ask_for_are_those_of_the_index(ledger, name):
    table, _, index = name.partition(" ")
    text = declared("text_search_indexes")[name]
    condition = matches(text, "word").replace("%(word)s", "%s")
    plan = explained(ledger, f"select from {table} where {condition}", "'a':*")
    assert f"Bitmap Index Scan on {index}" in plan


def test_the_newest_campaigns_are_read_in_the_order_of_their_index(ledger):
    query = "select campaign_id from ledger.campaigns order by start_date desc nulls last, "
    assert "campaigns_in_order" in explained(ledger, f"{query} campaign_id desc limit 50")


def test_how_rare_a_word_is_has_been_counted(ledger):
    known = ledger.ask("select tablename from pg_stats where tablename = 'campaigns_words'")
    assert known != []
