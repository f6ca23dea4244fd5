"""The account: files counted apart from the ledger, the verdicts, and what a person reads."""

import csv
import io
import json
import shutil
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from rich.console import Console

from loaders.files import export as first_reader
from loaders.files import export_header, record_ends
from loaders.source_file import find_inputs
from playledger.audit import reread_numbers, seed_rules
from playledger.audit.account import Account, IssueCount, RejectedCount, make_account
from playledger.audit.figures import EVERYTHING, TEXTS, Figure, compare
from playledger.audit.file_counts import FileCounts, count_files
from playledger.console.account import render_account
from tests.project import PROJECT
from tests.python.support.ledger import load_into

TRACK, ALBUM_COPY, ARTIST = "1" * 22, "2" * 22, "a" * 22
LINK = f"https://open.spotify.com/track/{TRACK}"
PAGE = f"https://artists.spotify.com/c/artist/{ARTIST}/song/{TRACK}/stats"
COPY_PAGE = f"https://artists.spotify.com/c/artist/{ARTIST}/song/{ALBUM_COPY}/stats"


def write_export(
    path: Path, *rows: dict[str, str], encoding: str = "utf-8-sig", delimiter: str = ","
) -> Path:
    header = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, header, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_scrape(path: Path, track: str = TRACK, /, **changes: object) -> Path:
    rows = [
        {"rank": 1, "name": "Made Up", "made_by": "Somebody", "streams": "1,234"},
        {"rank": 2, "name": "RadioPersonalized", "made_by": "Spotify", "streams": "5"},
    ]
    playlists = [{**row, "date_added": "Not available"} for row in rows]
    window = {"stats": {"title": "A Song", "playlists": playlists}}
    document = {
        "url": f"https://artists.spotify.com/c/artist/{ARTIST}/song/{track}/stats",
        "scraped_at": "2025-10-23T17:53:19.717026",
        "time_ranges": {"28day": window, "7day": window},
        **changes,
    }
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(document))
    return path


def write_roster(path: Path, campaign: str, label: str, *pages: str) -> Path:
    songs = [{"campaign": campaign, "client": label, "sfa_url": page} for page in pages]
    found = {label: {"status": "success", "songs": songs}, "Nobody": {"status": "no_roster_songs"}}
    path.write_text(json.dumps({"scraped_at": "2025-10-23T17:10:36", "clients": found}))
    return path


def count_all(
    *exports: Path, scraped: Path | None = None, roster: Path | None = None
) -> FileCounts:
    found = [file for export in exports for file in find_inputs(export, None, None)]
    return count_files(found + find_inputs(None, scraped, roster))


def count(*exports: Path, **others: Path) -> dict[str, object]:
    return dict(count_all(*exports, **others).figures)


def printed(account: Account, width: int = 80) -> str:
    out = io.StringIO()
    render_account(account, Console(file=out, width=width))
    return out.getvalue()


@pytest.mark.parametrize(
    ("cell", "clients"),
    [
        ("Anna", ("Anna",)),
        (" Anna ,Bob\u00a0 Ray", ("Anna", "Bob Ray")),
        ('"Anna, Inc.",Bob', ("Anna, Inc.", "Bob")),
        ('Bob,"Anna, ""The"" Inc."', ("Bob", 'Anna, "The" Inc.')),
        ('The "Best" Band,Bob', ('The "Best" Band', "Bob")),
        ('"Open, Bob', ('"Open', "Bob")),
        ("Anna,ANNA", ("Anna",)),
        ("NA,None,null", ("NA", "None", "null")),
        (" , ", ()),
    ],
)
def test_client_cells_are_split_at_commas_outside_quotes(cell, clients):
    assert seed_rules.client_names(cell) == clients


def test_values_are_read_as_people_type_them():
    assert [reread_numbers.whole_number(cell) for cell in (" 10,000", "-200", "1.5", "")] == [
        10000, -200, None, None,
    ]  # fmt: skip
    assert [reread_numbers.amount(cell) for cell in ("$1,500.50 ", "-$50", "1,5", "free")] == [
        Decimal("1500.50"), Decimal(-50), None, None,
    ]  # fmt: skip


def test_an_export_is_counted_by_its_own_cells(tmp_path):
    export = write_export(
        tmp_path / "export.csv",
        {
            "Campaign": "Anna - One", "Client": '"Anna, Inc.",Bob', "Goal": "1,000",
            "Salesperson": "Kim/Lee", "URL": LINK, "Sale price": "$100.10", "Status": "Completed",
            "Start Date": "1/2/2025", "Vendor": "Ven", "Last Modified": "1/2/2025 3:04pm",
            "Notes": "two\nlines",
        },
        {
            "Campaign": "Anna - One ", "Client": "bob ", "Goal": "50", "Salesperson": "kim",
            "URL": f"{LINK}?si=1", "Sale price": "$0.20", "Status": "Active", "Vendor": "VEN ",
            "My Column": "kept",
        },
        {"Campaign": "NA", "Client": "None", "Status": "Updated via API", "URL": "TBA"},
        {"Campaign": "None", "Goal": "many", "Status": " "},
    )  # fmt: skip
    figures = count(export)
    expected = {
        "export_files": 1, "export_rows": 4, "rows_unreadable": 0, "cells": 11 + 9 + 4 + 2,
        "campaigns": 4, "status_complete": 1, "status_active": 1, "status_unknown": 1,
        "status_none": 1, "status_paused": 0, "clients": 3, "client_labels": 3,
        "campaign_clients": 4, "without_client": 1, "vendors": 1, "with_vendor": 2,
        "salespeople": 2, "with_url": 3, "with_track": 2, "tracks": 1, "goal": 1050,
        "sale_price": Decimal("100.30"), "start_dates": 1, "last_modified": 1, "with_sfa_url": 0,
    }  # fmt: skip
    assert {name: figures[name] for name in expected} == expected


@pytest.mark.parametrize(("encoding", "delimiter"), [("cp1252", ";"), ("utf-8", "\t")])
def test_other_encodings_and_delimiters_count_the_same(tmp_path, encoding, delimiter):
    row = {"Campaign": "Zoë – Ünder, over", "Client": "Zoë,“Q”", "Goal": "7", "Status": "Paused"}
    path = tmp_path / "export.csv"
    figures = count(write_export(path, row, row, encoding=encoding, delimiter=delimiter))
    assert (figures["campaigns"], figures["clients"], figures["goal"]) == (2, 2, 14)
    assert (figures["cells"], figures["status_paused"]) == (8, 2)


def test_broken_rows_are_counted_and_never_raise(tmp_path):
    export = tmp_path / "export.csv"
    export.write_bytes(
        "Campaign,Client,Goal\nAnna - Öne,Bob,1\n\nshort,Bob\nlong,Bob,1,2\n".encode()
        + "É,É,1\n".encode() * 3
        + b"bad \xff bytes,Bob,1\nnul \x00,Bob,1\n,Bob,1\n,,\n  \nlast - one,Bob,9\n"
    )
    figures = count(export)
    assert figures["export_rows"] == 12
    assert figures["rows_unreadable"] == 7
    assert (figures["campaigns"], figures["goal"]) == (5, 13)


def test_an_export_without_one_readable_row_is_counted(tmp_path):
    export = tmp_path / "export.csv"
    export.write_bytes(b"Campaign,Client\n,Bob\nshort\n")
    figures = count(export)
    assert (figures["export_rows"], figures["rows_unreadable"], figures["campaigns"]) == (2, 2, 0)


@pytest.mark.parametrize("broken", ['Anna - Two,"open\nAnna - Three,Bob\n', '"a"b,Bob\n'])
def test_a_stray_quote_makes_an_export_ambiguous(tmp_path, broken):
    export = tmp_path / "export.csv"
    export.write_text(f"Campaign,Client\nAnna - One,Bob\n{broken}")
    counts = count_all(export)
    assert counts.ambiguous == {"quotes"}
    assert counts.figures["campaigns"] >= 1


def test_of_several_exports_the_last_has_the_campaigns_and_all_have_rows(tmp_path):
    first = write_export(tmp_path / "1.csv", *[{"Campaign": f"A - {n}"} for n in range(5)])
    last = write_export(tmp_path / "2.csv", {"Campaign": "A - 1", "Client": "Anna"})
    figures = count(first, last)
    assert (figures["export_files"], figures["export_rows"], figures["cells"]) == (2, 6, 7)
    assert (figures["campaigns"], figures["clients"]) == (1, 1)


def test_a_file_given_twice_counts_once(tmp_path):
    export = write_export(tmp_path / "1.csv", {"Campaign": "A - 1"})
    (tmp_path / "copy.csv").write_bytes(export.read_bytes())
    assert count(export, tmp_path / "copy.csv")["export_rows"] == 1


def test_without_an_export_nothing_is_said_about_campaigns(tmp_path):
    figures = count(scraped=write_scrape(tmp_path / "song.json"))
    assert figures["windows"] == 2
    assert "campaigns" not in figures


def test_scrapes_are_counted_window_by_window(tmp_path):
    scraped = tmp_path / "scraped"
    write_scrape(scraped / "song.json")
    write_scrape(scraped / "new.json", schema_version=1, scraped_at="2025-10-24T01:00:00")
    log_in = {"28day": {"stats": {"title": "Welcome back", "playlists": []}}, "1day": {}}
    write_scrape(scraped / "login.json", ALBUM_COPY, time_ranges=log_in)
    write_scrape(scraped / "address.json", url="https://artists.spotify.com/home")
    write_scrape(scraped / "untimed.json", scraped_at="yesterday")
    (scraped / "broken.json").write_text("`{")
    figures = count(scraped=scraped)
    assert (figures["scrape_files"], figures["scrapes_rejected"]) == (6, 3)
    assert (figures["windows"], figures["windows_rejected"]) == (4, 2)
    assert (figures["playlist_rows"], figures["stream_rows"], figures["songs_scraped"]) == (8, 8, 1)
    # A badge was glued to the name only by the first scraper.
    assert figures["observed_playlists"] == 3


def test_files_of_our_own_form_are_counted_by_it(tmp_path):
    scraped = tmp_path / "scraped"
    page = {"stats": {"title": "Welcome back", "playlists": []}}
    write_scrape(scraped / "old.json", time_ranges={"7day": page})
    write_scrape(scraped / "own.json", schema_version="1", time_ranges={"7day": page})
    for n, version in enumerate(("2", 2, True, 1.0, ["1"])):
        write_scrape(scraped / f"{n}.json", schema_version=version)
    figures = count(scraped=scraped)
    assert (figures["scrape_files"], figures["scrapes_rejected"]) == (7, 5)
    assert (figures["windows"], figures["windows_rejected"]) == (1, 1)


def test_candidates_are_counted_and_give_no_page(tmp_path):
    export = write_export(tmp_path / "export.csv", {"Campaign": "Anna - One", "Client": "Anna"})
    roster = write_roster(tmp_path / "roster.json", "Anna - One", "Anna")
    document = json.loads(roster.read_text())
    near = {"campaign": "Anna - One", "client": "Anna", "sfa_url": PAGE, "score": 80}
    document["clients"]["Anna"]["candidates"] = [near, {"campaign": "Anna - One"}, None]
    roster.write_text(json.dumps(document))
    figures = count(export, roster=roster)
    assert (figures["roster_candidates"], figures["roster_songs"]) == (1, 0)
    assert figures["with_sfa_url"] == 0
    roster.write_text(json.dumps({**document, "schema_version": "2"}))
    assert count(export, roster=roster)["roster_candidates"] == 0


@pytest.mark.parametrize(("decision", "pages"), [("accepted", 1), ("rejected", 0)])
def test_a_decision_on_a_page_counts(tmp_path, monkeypatch, decision, pages):
    shutil.copytree(PROJECT / "seeds", tmp_path / "seeds")
    with (tmp_path / "seeds" / "sfa_decisions.csv").open("a") as seed:
        seed.write(f"ANNA - one,anna ,{PAGE},{decision},2025-11-03\n")
    monkeypatch.setattr(seed_rules, "find_project", lambda: tmp_path)
    cached = (seed_rules.sfa_decisions, seed_rules.accepted_pages)
    for cache in cached:
        cache.cache_clear()
    export = write_export(tmp_path / "export.csv", {"Campaign": "Anna - One", "Client": "Anna"})
    roster = write_roster(tmp_path / "roster.json", "Anna - One", "Anna", PAGE)
    counts = count_all(export, roster=roster)
    for cache in cached:
        cache.cache_clear()
    assert counts.figures["with_sfa_url"] == pages
    assert counts.figures.get("reviewed_sfa_urls", 0) == pages
    assert "pages" not in counts.ambiguous


def test_equal_names_in_one_window_are_one_stream_row(tmp_path):
    row = {"rank": 1, "name": "Made Up", "made_by": "—", "streams": "1", "date_added": None}
    window = {"stats": {"title": "A Song", "playlists": [row, {**row, "name": "MADE  UP"}]}}
    figures = count(scraped=write_scrape(tmp_path / "song.json", time_ranges={"7day": window}))
    assert (figures["playlist_rows"], figures["stream_rows"]) == (2, 1)


def test_streams_come_from_the_sfa_urls_track_where_it_was_scraped(tmp_path):
    row = {"Campaign": "Anna - One", "Client": "Anna, Bob ", "URL": LINK, "Status": "Active"}
    other = {"Campaign": "Anna - Two", "Client": "Anna", "Playlists": "- MADE UP\n- Claimed"}
    export = write_export(tmp_path / "export.csv", row, {**other, "Status": "Active", "SFA": PAGE})
    roster = write_roster(tmp_path / "roster.json", "ANNA -  One", "anna, bob", COPY_PAGE)
    scraped = tmp_path / "scraped"
    write_scrape(scraped / "link.json", TRACK)
    figures = count(export, scraped=scraped, roster=roster)
    assert (figures["with_sfa_url"], figures["with_playlist_data"]) == (2, 2)
    assert (figures["playlist_records"], figures["claimed_playlists"]) == (2 + 3, 1)
    assert (figures["roster_songs"], figures["active_without_playlist_data"]) == (1, 0)

    empty = {"7day": {"stats": {"title": "A Song", "playlists": []}}}
    write_scrape(scraped / "old.json", ALBUM_COPY, time_ranges=empty)
    figures = count(export, scraped=scraped, roster=roster)
    assert figures["with_playlist_data"] == 2, "in an old file an empty window was not read"

    every = dict.fromkeys(("7day", "28day", "12months"), empty["7day"])
    write_scrape(scraped / "page.json", ALBUM_COPY, time_ranges=every, schema_version="1")
    figures = count(export, scraped=scraped, roster=roster)
    assert (figures["with_playlist_data"], figures["with_streams"]) == (1, 2)
    assert figures["active_without_playlist_data"] == 1


def test_two_pages_for_one_campaign_are_ambiguous(tmp_path):
    row = {"Campaign": "Anna - One", "Client": "Anna", "SFA": "checked"}
    roster = write_roster(tmp_path / "roster.json", "Anna - One", "Anna", PAGE)
    assert count_all(write_export(tmp_path / "1.csv", row), roster=roster).ambiguous == frozenset()
    other = write_export(tmp_path / "2.csv", {**row, "SFA": COPY_PAGE})
    assert count_all(other, roster=roster).ambiguous == {"pages"}
    roster = write_roster(tmp_path / "roster.json", "Anna - One", "Anna", PAGE, COPY_PAGE)
    assert count_all(write_export(tmp_path / "1.csv", row), roster=roster).ambiguous == {"pages"}


def test_with_one_export_every_figure_of_both_sides_is_a_check():
    figures = compare({"campaigns": 5, "clients": 3, "playlists": 9}, {"campaigns": 5}, 1)
    assert figures == [
        Figure("Campaigns", "campaigns", 5, 5, True, "ok"),
        Figure("People", "clients", 3, None, False, "shown"),
        Figure("Songs and playlists", "playlists", 9, None, False, "shown"),
    ]
    (differs,) = compare({"sale_price": Decimal("1.10")}, {"sale_price": Decimal("1.20")}, 1)
    assert (differs.is_check, differs.status) == (True, "differs")


@pytest.mark.parametrize("exports_loaded", [0, 2])
def test_with_several_exports_campaigns_are_shown_and_rows_checked(exports_loaded):
    ledger = {"campaigns": 6, "export_rows": 9, "stream_rows": 4, "with_sfa_url": 1}
    files = {"campaigns": 5, "export_rows": 9, "stream_rows": 3, "with_sfa_url": 0}
    found = {figure.name: figure.status for figure in compare(ledger, files, exports_loaded)}
    assert found == {
        "rows of exports": "ok",
        "campaigns": "shown",
        "with an SFA URL": "shown",
        "stream rows": "differs",
    }
    text = printed(account(*compare(ledger, files, exports_loaded)))
    assert "2 without a verdict: the ledger also keeps what earlier exports" in text
    assert "without a verdict" not in printed(account(*compare(ledger, ledger, 1)))


def test_what_the_files_cannot_know_is_no_check():
    ledger = {"with_sfa_url": 4, "stream_rows": 9, "campaigns": 1, "windows": 2, "export_rows": 3}
    files = {"with_sfa_url": 3, "stream_rows": 8, "campaigns": 2, "windows": 3, "export_rows": 2}

    def differing(ledger: dict, lacking: set[str]) -> set[str]:
        figures = compare(ledger, files, 1, EVERYTHING - lacking)
        return {figure.name for figure in figures if figure.status == "differs"}

    everything = {
        "with an SFA URL", "stream rows", "campaigns", "windows accepted", "rows of exports",
    }  # fmt: skip
    assert differing(ledger, set()) == everything
    assert differing({**ledger, "typed_sfa_urls": 1}, set()) == everything - {"with an SFA URL"}
    assert differing(ledger, {"scrape"}) == everything - {"stream rows"}
    assert differing(ledger, {"quotes", "roster"}) == {"stream rows", "windows accepted"}


def test_a_column_that_cannot_be_read_is_never_in_order(tmp_path):
    rows = [
        {"Campaign": f"Anna - {n}", "Goal": "lots", "Sale price": "-$-50", "SFA": box, "Daily": day}
        for n, (box, day) in enumerate([("so", "5"), ("so", "~5"), ("", "")])
    ]
    counts = count_all(write_export(tmp_path / "export.csv", *rows))
    assert counts.unread == {"goal", "sale_price", "sfa_ticked"}
    names = ("goal", "sale_price", "daily")
    ledger = {name: counts.figures[name] for name in names}
    assert ledger == {"goal": 0, "sale_price": 0, "daily": 5}
    found = compare(ledger, counts.figures, 1, unread=counts.unread)
    assert {figure.name: (figure.is_check, figure.status) for figure in found} == {
        "sum of goals (streams)": (False, "unread"),
        "sum of prices (US dollars)": (False, "unread"),
        "sum of daily (streams)": (True, "ok"),
    }
    assert "Not one cell could be read of: sum of goals" in printed(account(*found))
    assert account(*found).as_json()["unread"] == [found[0].name, found[2].name]
    misread = compare({"goal": 7}, counts.figures, 1, unread=counts.unread)
    assert [(figure.is_check, figure.status) for figure in misread] == [(True, "differs")]


def account(*figures: Figure) -> Account:
    unknown = IssueCount("error", "unknown_status", 1200, "Correct the cell")
    issues = [unknown, IssueCount("info", "x", 1, None)]
    return Account(list(figures), issues, [RejectedCount("login_page", 3)], [])


def check(name: str, actual: int, expected: int) -> Figure:
    status = "ok" if actual == expected else "differs"
    return Figure("Integrity checks", name, actual, expected, True, status)


def test_an_account_that_passes_says_so_in_one_line():
    checks = [check(f"no child.{n} without its parent", 0, 0) for n in range(13)]
    text = printed(account(*compare({"goal": 16249377}, {"goal": 16249377}, 1), *checks))
    lines = [line.rstrip() for line in text.splitlines()]
    assert lines[-1] == "All 14 checks passed."
    assert any(line.endswith("16,249,377  16,249,377  ok") for line in lines)
    assert any(line.split() == ["checks", "passed", "13", "13", "ok"] for line in lines)
    assert "child.3" not in text
    assert any(line.split() == ["error", "1,200", "unknown_status"] for line in lines)
    assert any(line.split() == ["3", "login_page"] for line in lines)
    assert "Correct the cell" in text
    assert "\x1b" not in text
    assert max(map(len, lines)) <= 80


def test_what_fails_is_named_in_the_last_line():
    figures = compare({"clients": 3, "vendors": 1}, {"clients": 4, "vendors": 1}, 1)
    failing = account(*figures, check("no campaigns.vendor_id without its vendors", 2, 0))
    last = printed(failing).splitlines()[-1]
    assert last == "2 of 3 checks FAILED: clients, no campaigns.vendor_id without its vendors"
    failed = ["clients", "no campaigns.vendor_id without its vendors"]
    assert [figure.name for figure in failing.failed] == failed
    assert "differs" in printed(failing)


def test_an_account_is_plain_json():
    found = account(*compare({"sale_price": Decimal("1.10")}, {"sale_price": Decimal("1.10")}, 1))
    document = json.loads(json.dumps(found.as_json()))
    assert (document["checks"], document["failed"]) == (1, [])
    assert document["figures"][0]["ledger"] == "1.10"
    assert document["issues"][0]["reason"] == "unknown_status"


def test_the_package_does_not_import_pandas():
    code = "import sys, playledger.audit; sys.exit('pandas' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603


@pytest.mark.database
def test_the_samples_account_passes_and_that_of_a_changed_ledger_fails(ledger):
    sample = ledger.home / "sample"
    files = find_inputs(sample / "campaigns_export.csv", sample / "scraped", sample / "roster")
    counts = count_files(files)
    export = ledger.truth["export"]
    assert counts.figures["clients"] == export["clients"]
    assert counts.figures["cells"] == export["cells"]
    assert counts.figures["stream_rows"] == ledger.truth["scrapes"]["stream_rows"]
    with ledger.database.connect() as conn:
        held = make_account(conn, ledger.schema, counts, 1)
        assert held.failed == []
        assert len(held.checks) > 50
        assert held.issues
        assert held.rejected
        assert make_account(conn, ledger.schema, None, 1).failed == []

        with conn.cursor() as cursor:
            cursor.execute("update ledger.campaigns set goal = goal + 1 where campaign_id = 1")
            cursor.execute("delete from ledger.campaign_playlists where is_observed")
            cursor.execute("delete from ledger.playlist_streams where time_window = '7d'")
        failed = {figure.name for figure in make_account(conn, ledger.schema, counts, 1).failed}
        assert {"sum of goals (streams)", "with playlist data", "stream rows"} <= failed

        one_scrape = count_files([file for file in files if file.kind == "scrape"][:1])
        partial = make_account(conn, ledger.schema, one_scrape, 1)
        assert partial.failed == []
        conn.rollback()


@pytest.mark.database
def test_an_integrity_check_that_failed_fails_the_account(ledger):
    name = "no campaigns.track_id without its songs"
    with ledger.database.connect() as conn:
        with conn.cursor() as cursor:
            cursor.execute(
                "update ledger_quality.integrity_checks set actual = 1, status = 'failed' "
                "where name = %s",
                [name],
            )
        found = make_account(conn, ledger.schema, None, 1)
        assert [figure.name for figure in found.failed] == [name]
        conn.rollback()


@pytest.mark.database
def test_a_second_export_with_broken_rows_raises_no_alarm(changing_ledger, tmp_path):
    ledger = changing_ledger
    sample = ledger.home / "sample"
    first = sample / "campaigns_export.csv"
    second = tmp_path / "later.csv"
    lines = first.read_bytes().splitlines(keepends=True)
    second.write_bytes(b"".join(lines) + b"Too short,Anna\n" + b"A - New," + b"," * 24 + b"\n")
    ledger.load(csv=second)
    ledger.build()
    exports = find_inputs(first, None, None) + find_inputs(second, None, None)
    others = find_inputs(None, sample / "scraped", sample / "roster")
    with ledger.database.connect() as conn:
        both = make_account(conn, ledger.schema, count_files(exports + others), 2)
        latest = make_account(conn, ledger.schema, count_files(exports[1:]), 2)
    assert (both.failed, latest.failed) == ([], [])
    rows = {figure.name: figure for figure in both.figures}
    assert (rows["exports"].ledger, rows["exports"].status) == (2, "ok")
    assert (rows["rows that are no campaign"].ledger, rows["filled cells"].status) == (1, "ok")
    assert (rows["campaigns"].status, rows["stream rows"].status) == ("shown", "ok")
    rows = {figure.name: figure for figure in latest.figures}
    assert (rows["exports"].ledger, rows["stream rows"].status) == (1, "shown")


def wrong_encoding(detect):
    return lambda path, told=None: replace(detect(path, told), codec="cp1252")


def wrong_delimiter(read):
    return lambda path, encoding, delimiter, **where: read(path, encoding, ";", **where)


def lost_record(split):
    def all_but_the_first(*of):
        for batch, size, records in split(*of):
            rest = {name: getattr(batch, name)[1:] for name in ("numbers", "records", "cells")}
            yield replace(batch, **rest), size, records

    return all_but_the_first


def swapped_columns(known):
    return {**known, "notes": "playlists", "playlists": "notes"}


READ = {"rows of exports", "filled cells"}
ROWS = {*READ, "rows that are no campaign"}


@pytest.mark.database
@pytest.mark.parametrize(
    ("module", "name", "misread", "expected"),
    [
        (first_reader, "read_records", lambda read: read, set()),
        (first_reader, "detect_encoding", wrong_encoding, {"Campaign", "Notes"}),
        (first_reader, "read_records", wrong_delimiter, {*ROWS, *TEXTS.values()}),
        (first_reader, "split_records", lost_record, {*READ, *TEXTS.values()}),
        (export_header, "KNOWN_HEADERS", swapped_columns, {"Notes", "Playlists"}),
    ],
    ids=["read well", "wrong encoding", "wrong delimiter", "lost record", "swapped columns"],
)
def test_the_account_notices_what_the_first_reader_misreads(
    changing_ledger, tmp_path, monkeypatch, module, name, misread, expected
):
    monkeypatch.setattr(module, name, misread(getattr(module, name)))
    if name == "read_records":  # of which clean records need none
        monkeypatch.setattr(record_ends, "find_ends", lambda block: None)
    rows = [
        {"Campaign": f"Zoé - {n}", "Client": "Anna", "Notes": "Née", "Playlists": "- One\n- Two"}
        for n in range(3)
    ]
    path = write_export(tmp_path / "later.csv", *rows, encoding="utf-8")
    files = find_inputs(path, None, None, is_view=True)
    load_into(changing_ledger.database, files, tmp_path)
    with changing_ledger.database.connect() as conn:
        found = make_account(conn, changing_ledger.schema, count_files(files), 2)
    failed = {figure.name for figure in found.failed}
    filled = {"Campaign", "Client", "Notes", "Playlists"}
    assert failed == expected - (set(TEXTS.values()) - filled)
