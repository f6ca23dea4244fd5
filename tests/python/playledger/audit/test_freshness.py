"""How old the data is: what counts as newer, what is stale, and how it is said."""

import re
from datetime import timedelta

import pytest
from click.testing import CliRunner

from loaders.errors import UserError
from loaders.export_order import LoadOverrides
from loaders.source_file import find_inputs
from playledger.audit.freshness import Age, long_duration, measure_ages, read_limit
from playledger.cli.main import main
from tests.python.support.ledger import Ledger, load_into

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("text", "limit"),
    [("26h", 26 * HOUR), ("90m", 1.5 * HOUR), ("7d", 168 * HOUR), (" 2 H ", 2 * HOUR)],
)
def test_an_age_is_read(text, limit):
    assert read_limit(text) == limit


@pytest.mark.parametrize("text", ["", "26", "h", "1.5h", "-3h", "0h", "26 hours", "٣h", "9999999d"])
def test_what_is_no_age_is_refused(text):
    with pytest.raises(UserError, match=r"90m .minutes., 26h .hours. or 7d .days."):
        read_limit(text)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=-5), "0 minutes"),
        (timedelta(seconds=59), "0 minutes"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=26, minutes=1), "26 hours and 1 minute"),
        (timedelta(hours=48), "2 days"),
        (timedelta(days=3, hours=1, minutes=50), "3 days and 1 hour"),
    ],
)
def test_an_age_is_told_in_words(span, words):
    assert long_duration(span) == words


def test_only_what_is_older_than_the_limit_is_stale():
    assert not Age("exports", 26 * HOUR).is_stale(26 * HOUR)
    assert Age("exports", 26 * HOUR + timedelta(seconds=1)).is_stale(26 * HOUR)
    assert not Age("exports", None).is_stale(26 * HOUR)
    assert Age("scrapes", 50 * HOUR).describe(26 * HOUR) == (
        "The newest of the scrapes was loaded 2 days and 2 hours ago: stale, over 26 hours."
    )


def hours_old(place: Ledger) -> dict[str, float | None]:
    """The age of each kind in whole hours."""
    with place.database.connect() as conn:
        return {each.kind: each.age and round(each.age / HOUR) for each in measure_ages(conn)}


def make_old(place: Ledger, dataset: str, hours: int) -> None:
    place.ask(f"update {dataset}.files set loaded_at = now() - interval '{hours} hours'")


def test_a_database_without_a_load_has_no_ages(database, tmp_path):
    assert hours_old(Ledger(database, tmp_path, {})) == {"exports": None, "scrapes": None}


def test_only_a_newer_file_of_the_whole_list_makes_exports_fresher(database, tmp_path):
    place = Ledger(database, tmp_path, {})
    first, same, older, view, newer = (tmp_path / f"{number}.csv" for number in range(5))
    header = "Campaign,Vendor,Last Modified\n"
    first.write_text(f"{header}A - B,V,10/16/2025 4:42pm\nC - D,V,10/16/2025 4:42pm\n")
    place.load(first)
    make_old(place, "staging_airtable", 50)
    assert hours_old(place) == {"exports": 50, "scrapes": None}

    same.write_bytes(first.read_bytes())
    place.load(same)
    assert hours_old(place)["exports"] == 50

    older.write_text(f"{header}A - B,V,9/16/2025 4:42pm\nC - D,V,9/16/2025 4:42pm\n")
    load_into(database, find_inputs(older, None, None), tmp_path, LoadOverrides(older=True))
    assert hours_old(place)["exports"] == 50

    view.write_text(f"{header}A - B,V,11/16/2025 4:42pm\n")
    load_into(database, find_inputs(view, None, None, is_view=True), tmp_path)
    assert hours_old(place)["exports"] == 50

    newer.write_text(f"{header}A - B,V,12/16/2025 4:42pm\nC - D,V,10/16/2025 4:42pm\n")
    place.load(newer)
    assert hours_old(place)["exports"] == 0


def test_a_load_that_was_killed_makes_nothing_fresher(changing_ledger):
    make_old(changing_ledger, "staging_spotify", 50)
    changing_ledger.ask(
        "insert into staging_spotify._dlt_loads (load_id, schema_name, status, inserted_at, "
        "schema_version_hash) values ('killed', 'x', 1, now(), 'x')"
    )
    changing_ledger.ask(
        "insert into staging_spotify.files (file_sha256, run_key, file_kind, loaded_at, "
        "_dlt_load_id, _dlt_id) values ('x', 'x', 'scrape', now(), 'killed', 'x')"
    )
    assert hours_old(changing_ledger)["scrapes"] == 50


def test_a_roster_result_makes_no_scrape_fresher(changing_ledger):
    make_old(changing_ledger, "staging_spotify", 50)
    changing_ledger.ask(
        "update staging_spotify.files set loaded_at = now() where file_kind = 'roster'"
    )
    assert hours_old(changing_ledger)["scrapes"] == 50


@pytest.fixture
def verify(changing_ledger, monkeypatch):
    """The command on the changing ledger, as (exit code, output)."""
    known = changing_ledger.database.parameters
    url = f"postgresql://postgres@/{known['dbname']}?host={known['host']}"
    monkeypatch.setenv("PLAYLEDGER_HOME", str(changing_ledger.home / "freshness"))
    monkeypatch.setenv("DATABASE_URL", url)

    def run(*options: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, ["verify", *options])
        return result.exit_code, " ".join(result.output.split())

    return run


def test_verify_tells_which_kind_is_stale_and_how_old_it_is(changing_ledger, verify):
    assert verify("--max-age", "26h")[0] == 0
    make_old(changing_ledger, "staging_spotify", 30)
    code, output = verify("--max-age", "26h")
    assert code == 4
    assert "newest of the scrapes was loaded 30 hours ago: stale, over 26 hours." in output
    assert re.search(r"newest of the exports was loaded \d+ minutes? ago: fresh\.", output)
    assert verify("--max-age", "2d")[0] == 0
    assert verify()[0] == 0


def test_verify_does_not_hold_a_kind_that_was_never_loaded_for_stale(changing_ledger, verify):
    changing_ledger.ask("delete from staging_spotify.files where file_kind = 'scrape'")
    _, output = verify("--max-age", "26h")
    assert "No scrapes were ever loaded: their age does not count." in output
    assert "stale" not in output


def test_verify_refuses_what_is_no_age_before_it_asks_the_database(verify, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://ada@127.0.0.1:9/agency")
    code, output = verify("--max-age", "yesterday")
    assert code == 2
    assert "`--max-age yesterday` is no age" in output


def dbt_freshness(ledger: Ledger) -> dict[str, str] | str:
    """The verdict of `dbt source freshness` by source, or what it says when it cannot ask."""
    from dbt.cli.main import dbtRunner

    from tests.project import PROJECT

    folders = {
        "project-dir": PROJECT,
        "profiles-dir": ledger.home,
        "target-path": ledger.home / "target",
        "log-path": ledger.home / "logs",
        "output": ledger.home / "sources.json",
    }
    words = [f"--{name}={value}" for name, value in folders.items()]
    outcome = dbtRunner().invoke(["--quiet", "source", "freshness", *words])
    if outcome.result is None:
        return str(outcome.exception)
    sources = (run for run in outcome.result.results if run.node.resource_type == "source")
    return {run.node.source_name: str(run.status) for run in sources}


def test_dbt_finds_sources_fresh_late_and_too_late(changing_ledger):
    airtable, spotify = "staging_airtable", "staging_spotify"
    assert dbt_freshness(changing_ledger) == {airtable: "pass", spotify: "pass"}
    make_old(changing_ledger, airtable, 9 * 24)
    make_old(changing_ledger, spotify, 9 * 24)
    assert dbt_freshness(changing_ledger) == {airtable: "warn", spotify: "error"}
    changing_ledger.ask("delete from staging_spotify.files")
    assert dbt_freshness(changing_ledger) == {airtable: "warn", spotify: "pass"}


def test_dbt_says_what_to_do_when_nothing_was_loaded(empty_ledger):
    said = dbt_freshness(empty_ledger)
    assert "Nothing is loaded yet" in said
    assert "Run `make load`" in said
