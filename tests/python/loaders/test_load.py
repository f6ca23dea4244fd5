"""The load: every cell arrives as it was, once, and what was interrupted does not count."""

import csv
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import contextmanager
from pathlib import Path

import orjson
import pytest
from dlt.destinations.impl.postgres.postgres import PostgresCsvCopyJob

from loaders import reading
from loaders.database import Database
from loaders.errors import UserError
from loaders.files import csv_parts
from loaders.files.staging_schema import STAGING
from loaders.source_file import SourceFile, find_inputs
from sample import make_sample
from tests.python.support.ledger import load_into

UNREACHABLE = "postgresql://nobody:none@127.0.0.1:9/none"
AWKWARD = [
    "line\nbreak\r\nand another\n",
    '"quoted" and ""twice""',
    "back\\slash \\n \\N \\\\.",
    "\\.",
    "\\N",
    "NULL",
    "🔥 émoji — “curly” 中文 \u202f",
    " blanks ",
    "'; drop table x; --",
    "a,b;c\td|e",
    "\x0b\x0c\x1b\x7f\x85\u2028",
    "NA",
]


@pytest.fixture
def ask(database):
    def run(query: str) -> list[tuple]:
        with database.connect() as conn, conn.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall() if cursor.description else []

    return run


def counted(ask, table: str, dataset: str = "staging_airtable") -> int:
    """Rows of finished loads, as the staging models see them."""
    return ask(
        f"select count(*) from {dataset}.{table} as rows "
        f"inner join {dataset}.files as files using (file_sha256, run_key) "
        f"inner join {dataset}._dlt_loads as loads "
        "on files._dlt_load_id = loads.load_id and loads.status = 0"
    )[0][0]


def write(path: Path, *rows: Iterable[object]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def export(path: Path, rows: int, start: int = 0) -> Path:
    songs = ([f"Artist - Song {n}", n, ""] for n in range(start, start + rows))
    return write(path, ["Campaign", "Goal", "Notes"], *songs)


def inputs(csv: Path | None = None, scraped: Path | None = None) -> list[SourceFile]:
    return find_inputs(csv, scraped, None)


def names(files: list[SourceFile]) -> list[str]:
    return [file.path.name for file in files]


def test_an_export_of_many_parts_arrives_once(database, ask, tmp_path, monkeypatch):
    monkeypatch.setattr(csv_parts, "PART_BYTES", 1)
    monkeypatch.setattr(csv_parts, "BATCH_ROWS", 1)
    monkeypatch.setattr("loaders.files.export.BATCH_ROWS", 1)
    copied, copy = [], PostgresCsvCopyJob.run
    monkeypatch.setattr(PostgresCsvCopyJob, "run", lambda job: copied.append(job) or copy(job))
    songs = ([f"Artist - Song {n}", n, n] for n in range(60))
    columns = ["Campaign", "Goal", "Nobody knows"]  # an unknown one: read record by record
    load_into(database, inputs(write(tmp_path / "export.csv", columns, *songs)), tmp_path)
    parts = [job.file_name() for job in copied if job.file_name().startswith("campaigns.")]
    assert len(parts) == 60
    assert counted(ask, "campaigns") == 60
    goals = ask("select goal from staging_airtable.campaigns")
    assert sorted(int(goal) for (goal,) in goals) == list(range(60))


def test_every_cell_arrives_as_it_was(database, tmp_path, ask):
    path = tmp_path / "export.csv"
    rows = [[f"S{n}", cell, cell, cell] for n, cell in enumerate(AWKWARD)]
    write(path, ["Campaign", "Client", "Notes", "Mood"], *rows, ["last", "", "", ""])
    result = load_into(database, inputs(path), tmp_path)
    assert result.count("export") == {"files": 1, "records": 13, "rejected": 0, "known": 0}
    found = ask(
        "select source_row, campaign, client, notes, extra from staging_airtable.campaigns "
        "order by source_row"
    )
    for row, cell in enumerate(AWKWARD):
        extra = orjson.dumps({"Mood": cell}).decode() if cell.strip() else None
        assert found[row] == (row + 2, f"S{row}", cell, cell, extra)
    assert found[12] == (14, "last", None, None, None)
    assert ask("select distinct goal, vendor from staging_airtable.campaigns") == [(None, None)]
    types = ask(
        "select column_name, data_type from information_schema.columns "
        "where (table_schema, table_name) = ('staging_airtable', 'campaigns')"
    )
    text = dict.fromkeys(STAGING["staging_airtable"]["campaigns"], "character varying")
    assert dict(types) == {**text, "source_row": "bigint"}


def test_a_sample_arrives_whole_and_a_second_run_loads_nothing(database, tmp_path, ask):
    sample = tmp_path / "sample"
    truth = make_sample(sample, 60, 3, 12)
    places = (sample / "campaigns_export.csv", sample / "scraped", sample / "roster")
    first = load_into(database, find_inputs(*places), tmp_path)
    assert first.count("export")["records"] == truth["export"]["campaigns"] == 60
    assert first.count("scrape")["files"] == truth["scrapes"]["files"]
    assert first.count("scrape")["records"] == truth["scrapes"]["playlist_rows"]
    tables = {
        "campaigns": 60,
        "scraped_playlists": truth["scrapes"]["playlist_rows"],
        "scraped_windows": truth["scrapes"]["accepted_windows"],
        "roster_songs": first.count("roster")["records"],
    }

    def found() -> dict[str, int]:
        spotify = {
            each: counted(ask, each, "staging_spotify") for each in tables if each != "campaigns"
        }
        return {"campaigns": counted(ask, "campaigns"), **spotify}

    assert found() == tables
    kinds = dict(ask("select file_kind, count(*) from staging_spotify.files group by 1"))
    assert kinds == {kind: first.count(kind)["files"] for kind in ("scrape", "roster")}
    again = load_into(database, find_inputs(*places), tmp_path)
    assert (again.loaded, len(again.known)) == ([], len(first.loaded))
    assert found() == tables
    assert list((tmp_path / "dlt").iterdir()) == []


def test_a_file_is_known_by_its_bytes(database, tmp_path, ask):
    (tmp_path / "in").mkdir()
    one = export(tmp_path / "in" / "one.csv", 3)
    shutil.copy(one, tmp_path / "in" / "two.csv")
    both = load_into(database, inputs(tmp_path / "in"), tmp_path)
    assert (names(both.loaded), names(both.known)) == (["one.csv"], ["two.csv"])
    renamed = one.rename(tmp_path / "renamed.csv")
    again = load_into(database, inputs(renamed), tmp_path)
    assert (names(again.loaded), names(again.known)) == ([], ["renamed.csv"])
    changed = export(tmp_path / "renamed.csv", 4)
    later = load_into(database, inputs(changed), tmp_path)
    assert names(later.loaded) == ["renamed.csv"]
    assert ask(
        "select file_name, record_count, file_sha256 = all (select distinct file_sha256 from "
        "staging_airtable.campaigns where source_row = 5) from staging_airtable.files order by 2"
    ) == [("one.csv", 3, False), ("renamed.csv", 4, True)]
    assert counted(ask, "campaigns") == 7


def test_what_is_known_of_a_file_is_written_down(database, tmp_path, ask):
    path = tmp_path / "view.csv"
    path.write_bytes(b"Client;Campaign;Mood\nCaf\xe9;S;x\n;;\n")
    load_into(database, inputs(path), tmp_path)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    columns = '["client","campaign","Mood"]'
    assert ask(
        "select file_sha256, file_name, file_kind, file_bytes, encoding, delimiter, columns, "
        "record_count, rejected_count from staging_airtable.files"
    ) == [(sha256, "view.csv", "export", 33, "Windows-1252", ";", columns, 1, 1)]


def test_scraped_files_alone_make_the_tables_of_both_schemas(database, tmp_path, ask):
    (tmp_path / "page.json").write_bytes(b"no page")
    load_into(database, inputs(scraped=tmp_path / "page.json"), tmp_path)
    found = set(ask("select table_schema, table_name from information_schema.tables"))
    for dataset, tables in STAGING.items():
        assert {(dataset, table) for table in (*tables, "_dlt_loads")} <= found
    assert ask("select count(*) from staging_airtable.files") == [(0,)]


def test_rejected_records_arrive_with_place_reason_and_text(database, tmp_path, ask):
    path, page = tmp_path / "export.csv", tmp_path / "page.json"
    path.write_bytes(b'\xef\xbb\xbfCampaign,Notes\nA,1\nn\x00l,2\nb\xe9d,3\n,4\nB,5,6\nC,"7')
    page.write_bytes(b"\x00\xff{")
    load_into(database, inputs(path, page), tmp_path)
    query = (
        "select file_name, rejects.source_row, rejects.place, rejects.reason, rejects.raw_text "
        "from {0}.rejected_records as rejects inner join {0}.files as files "
        "using (file_sha256, run_key) order by source_row"
    )
    assert ask(query.format("staging_airtable")) == [
        ("export.csv", 3, "row 3", "nul_character", "n\\x00l,2\n"),
        ("export.csv", 4, "row 4", "bad_encoding", "b\\xe9d,3\n"),
        ("export.csv", 5, "row 5", "no_campaign_name", ",4\n"),
        ("export.csv", 6, "row 6", "too_many_cells", "B,5,6\n"),
        ("export.csv", 7, "row 7", "unclosed_or_stray_quote", 'C,"7'),
    ]
    assert ask(query.format("staging_spotify")) == [
        ("page.json", None, "file", "invalid_json", "\\x00\\xff{")
    ]
    assert ask("select record_count, rejected_count from staging_airtable.files") == [(1, 5)]


def test_roster_values_of_any_type_do_not_stop_a_load(database, tmp_path, ask):
    odd = {"A": {"status": 5, "campaigns": [1]}, "B": {"status": None}}
    path = tmp_path / "roster.json"
    path.write_bytes(orjson.dumps({"scraped_at": None, "clients": odd}))
    load_into(database, find_inputs(None, None, path), tmp_path)
    assert ask(
        "select scraped_at, label, status, campaigns from staging_spotify.roster_clients order by 2"
    ) == [(None, "A", "5", "[1]"), (None, "B", None, None)]


def test_a_reader_that_fails_leaves_nothing_that_counts(database, tmp_path, ask, monkeypatch):
    (tmp_path / "in").mkdir()
    export(tmp_path / "in" / "a.csv", 12_000)
    export(tmp_path / "in" / "b.csv", 12_000, start=12_000)
    whole = reading.read_file

    def broken(file: SourceFile):
        for number, batch in enumerate(whole(file)):
            if file.path.name == "b.csv" and number == 1:
                raise OSError("the disk went away")
            yield batch

    monkeypatch.setattr(reading, "read_file", broken)
    words = r"(?s)the disk went away.*Nothing of it counts.*run the same command again"
    with pytest.raises(UserError, match=words):
        load_into(database, inputs(tmp_path / "in"), tmp_path)
    assert ask("select to_regclass('staging_airtable.campaigns')") == [(None,)]
    assert list((tmp_path / "dlt").iterdir()) == []
    monkeypatch.undo()
    result = load_into(database, inputs(tmp_path / "in"), tmp_path)
    assert names(result.loaded) == ["a.csv", "b.csv"]
    assert counted(ask, "campaigns") == 24_000
    assert ask("select count(distinct goal) from staging_airtable.campaigns") == [(24_000,)]


def waits_for(condition, seconds: float = 30.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it never came to that"
        time.sleep(0.02)


@contextmanager
def held_up(database: Database, table: str = "files"):
    """While this holds, a load can bring no rows of this table, and so cannot finish."""
    with database.connect() as holder, holder.cursor() as cursor:
        cursor.execute(f"lock table staging_airtable.{table} in share row exclusive mode")
        yield


# The command `playledger`, with a `profiles.yml` of its own beside the data.
COMMAND = """
import os, pathlib
import playledger.cli.main, playledger.dbt.profiles
playledger.dbt.profiles.write_profiles.__defaults__ = (pathlib.Path(os.environ["PLAYLEDGER_HOME"]),)
playledger.cli.main.main(prog_name="playledger")
"""


def started(database: Database, home: Path, *arguments: object) -> subprocess.Popen:
    known = database.parameters
    url = f"postgresql://postgres@/{known['dbname']}?host={known['host']}&port={known['port']}"
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", COMMAND, *map(str, arguments)],
        env={**os.environ, "DATABASE_URL": url, "PLAYLEDGER_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_load_that_is_killed_does_not_count_and_is_done_again(database, tmp_path, ask):
    load_into(database, inputs(export(tmp_path / "first.csv", 3)), tmp_path)
    path = export(tmp_path / "big.csv", 20_000, start=100)
    arrived = "select count(*) from staging_airtable.campaigns"
    with held_up(database):
        load = started(database, tmp_path / "home", "load", "--csv", path)
        waits_for(lambda: ask(arrived)[0][0] > 3)
        other = started(database, tmp_path / "home", "load", "--csv", path)
        refused = other.communicate()
        load.kill()
        load.communicate()
    assert load.returncode == -signal.SIGKILL
    assert (other.returncode, refused[0]) == (2, "")
    assert refused[1] == "Another load is running on this database. Try again when it is done.\n"
    assert ask(arrived)[0][0] > 3
    assert counted(ask, "campaigns") == 3

    waits_for(lambda: ask("select count(*) from pg_locks where locktype = 'advisory'") == [(0,)])
    result = load_into(database, inputs(path), tmp_path / "home")
    assert names(result.loaded) == ["big.csv"]
    assert counted(ask, "campaigns") == 20_003
    again = load_into(database, inputs(path), tmp_path / "home")
    assert names(again.known) == ["big.csv"]


def test_an_interrupt_lets_the_load_under_way_finish_and_says_so(database, tmp_path, ask):
    load_into(database, inputs(export(tmp_path / "first.csv", 3)), tmp_path)
    path = export(tmp_path / "second.csv", 10, start=100)
    with held_up(database, "campaigns"):
        load = started(database, tmp_path / "home", "load", "--csv", path)
        waits_for(lambda: ask("select count(*) from pg_locks where not granted")[0][0])
        load.send_signal(signal.SIGINT)
        time.sleep(0.3)
    out, err = load.communicate()
    assert (load.returncode, err) == (0, "")
    assert "1 export: 10 rows, 0 rejected records" in out
    assert counted(ask, "campaigns") == 13


def test_a_database_that_goes_away_is_told_in_a_sentence(database, tmp_path, ask, monkeypatch):
    whole = reading.read_file

    def cut_off(file: SourceFile):
        ask(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where datname = current_database() and pid <> pg_backend_pid()"
        )
        return whole(file)

    monkeypatch.setattr(reading, "read_file", cut_off)
    monkeypatch.setattr("loaders.pipeline._credentials", lambda _: UNREACHABLE)
    with pytest.raises(UserError, match="run the same command again"):
        load_into(database, inputs(export(tmp_path / "export.csv", 3)), tmp_path)
    assert ask("select to_regclass('staging_airtable.files')") == [(None,)]


def test_a_load_leaves_no_transaction_open_while_it_reads(database, tmp_path, ask, monkeypatch):
    states, whole = [], reading.read_file
    query = (
        "select state from pg_stat_activity where datname = current_database() "
        "and pid in (select pid from pg_locks where locktype = 'advisory')"
    )

    def watched(file: SourceFile):
        states.extend(ask(query))
        return whole(file)

    monkeypatch.setattr(reading, "read_file", watched)
    load_into(database, inputs(export(tmp_path / "export.csv", 3)), tmp_path)
    assert states == [("idle",)]


def test_what_killed_loads_left_is_removed_a_day_later(database, tmp_path):
    old, young = (tmp_path / "dlt" / name for name in ("old", "young"))
    for folder in (old, young):
        folder.mkdir(parents=True)
        (folder / "piece.csv").write_text("rows")
    os.utime(old, (time.time() - 90_000,) * 2)
    load_into(database, inputs(export(tmp_path / "export.csv", 1)), tmp_path)
    assert list((tmp_path / "dlt").iterdir()) == [young]
