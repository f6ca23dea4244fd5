"""The ledger from nothing beside the live one: what is the same, what is found, what is left."""

import pytest
from click.testing import CliRunner

from loaders.locks import LOAD_LOCK, try_advisory_lock
from loaders.settings import Settings
from playledger.cli.main import main
from playledger.rebuild.check import Rebuild
from tests.python.support.ledger import Ledger

SCHEMAS = "select count(*) from pg_namespace where nspname ~ 'rebuild'"
WRITTEN = """
    select sum(n_tup_ins + n_tup_upd + n_tup_del) from pg_stat_user_tables
    where schemaname !~ 'rebuild'
"""


@pytest.fixture
def check(changing_ledger, monkeypatch):
    """The command on the changing ledger, as (exit code, output)."""
    known = changing_ledger.database.parameters
    url = f"postgresql://postgres@/{known['dbname']}?host={known['host']}"
    monkeypatch.setenv("PLAYLEDGER_HOME", str(changing_ledger.home / "rebuild"))
    monkeypatch.setenv("DATABASE_URL", url)

    def run(*options: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, ["rebuild", *options])
        return result.exit_code, " ".join(result.output.split())

    return run


def settings(ledger: Ledger) -> Settings:
    return Settings(ledger.home / "rebuild", ledger.schema, None)


def test_the_sample_is_the_same_and_what_was_tampered_with_is_found(changing_ledger, check):
    """A first run that is equal, and one that finds a value of each kind of table."""
    ask = changing_ledger.ask
    ask("create schema ledger_rebuild_staging")  # left behind by a killed run
    ask("update ledger.clients set phone = '555 0100' where client_id = "
        "(select min(client_id::text)::uuid from ledger.clients)")  # fmt: skip
    before = changing_ledger.one(WRITTEN)
    code, output = check("--check")
    assert (code, "The ledger is the one that its files give" in output) == (0, True), output
    assert changing_ledger.one(SCHEMAS) == 0
    assert changing_ledger.one(WRITTEN) == before

    ask("update ledger.campaigns set goal = goal + 1 where campaign_id = "
        "(select min(campaign_id) from ledger.campaigns where goal is not null)")  # fmt: skip
    ask("update ledger_intermediate.int_song_streams set streams = streams + 1 where "
        "(track_id, playlist_id, time_window) in (select track_id, playlist_id, time_window from "
        "ledger_intermediate.int_song_streams where streams is not null limit 2)")  # fmt: skip
    ask("delete from ledger_staging.stg_airtable__contents where content_id in "
        "(select content_id from ledger_staging.stg_airtable__contents limit 3)")  # fmt: skip
    code, output = check("--check", "--rows", "2")
    assert code == 4
    assert "ledger_staging.stg_airtable__contents: 3 rows differ missing: {" in output
    assert "ledger_intermediate.int_song_streams: 2 rows differ" in output
    assert "ledger.campaigns: 1 rows differ campaign_id" in output
    assert "goal is " in output
    assert changing_ledger.one(SCHEMAS) == 0


def test_what_has_to_wait_or_is_not_there_is_said(changing_ledger, check):
    code, output = check()
    assert (code, "Say --check." in output) == (2, True)
    with changing_ledger.database.connect() as conn:
        assert try_advisory_lock(conn, LOAD_LOCK)
        conn.commit()
        code, output = check("--check")
    assert (code, "Another load is running" in output) == (2, True)


def test_an_interrupted_one_is_dropped(changing_ledger):
    database = changing_ledger.database
    with pytest.raises(KeyboardInterrupt), Rebuild.open(database, settings(changing_ledger)):
        raise KeyboardInterrupt
    assert changing_ledger.one(SCHEMAS) == 0
