"""The tests for lost rows, cells and streams, on a damaged ledger: each names what is lost."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from tests.python.models.test_end_to_end import edited

ROWS = "assert_no_row_of_an_export_is_lost"
CELLS = "assert_no_cell_of_an_export_is_lost"
VALUES = "assert_no_value_of_an_export_is_forgotten"
STREAMS = "assert_no_row_of_a_scrape_is_lost"
WITHOUT_TESTS = ("--exclude", "resource_type:test", "resource_type:unit_test")

# Cells that no rule can read, and what of each must be reported: (column, text).
UNREADABLE = {
    "Client": (" , ", [("client", " , ")]),
    "Goal": ("many", [("goal", "many")]),
    "Remaining": ("few", [("remaining", "few")]),
    "Daily": ("1.5", [("daily", "1.5")]),
    "Weekly": ("seven\nhundred", [("weekly", "seven\nhundred")]),
    "Sale price": ("free", [("sale_price", "free")]),
    "Start Date": ("2/30/2025", [("start_date", "2/30/2025")]),
    "Status": ("Dreaming", [("status", "Dreaming")]),
    "Invoice": ("??", [("invoice", "??")]),
    "Curator Status": ("Perhaps", [("curator_status", "Perhaps")]),
    "Paid Vendor?": ("yes", [("is_vendor_paid", "yes")]),
    "SFA": ("sent", [("is_sfa_received", "sent")]),
    "Notify Vendor?": ("no", [("is_notify_vendor", "no")]),
    "Ask For SFA": ("later", [("is_ask_for_sfa", "later")]),
    "Update Client": ("x", [("is_update_client", "x")]),
    "Last Modified": ("yesterday", [("last_modified_at", "yesterday")]),
    "Playlists": (
        "- Night Drive\n- \nmore to come\n- [NEW]",
        [("playlists", "more to come"), ("playlists", "- [NEW]")],
    ),
    "Client Email": (
        "ann@mail.example, bob(at)mail.example; N/A",
        [("client_emails", "bob(at)mail.example"), ("client_emails", "N/A")],
    ),
    "Vendor Email": (" ; ", [("vendor_email", " ; ")]),
    "Colour": ("blue", [("Colour", "blue")]),
}


def test_a_lost_row_of_an_export_is_named(changing_ledger):
    ledger = changing_ledger
    of_row = dict(
        ledger.ask("select source_row, campaign_id from ledger.campaign_sightings order by 1")
    )
    name_of = dict(
        ledger.ask("select source_row, campaign from staging_airtable.campaigns order by 1")
    )
    unseen, gone, twice, unloaded = list(of_row)[:4]
    ledger.ask("delete from ledger.campaign_sightings where source_row = %s", unseen)
    for table in ("campaign_clients", "campaign_playlists", "campaigns"):
        ledger.ask(f"delete from ledger.{table} where campaign_id = %s", of_row[gone])
    ledger.ask(
        "insert into staging_airtable.rejected_records "
        "select file_sha256, run_key, source_row, 'row', 'empty_row', '' "
        "from staging_airtable.campaigns where source_row = %s",
        twice,
    )
    ledger.ask("delete from staging_airtable.campaigns where source_row = %s", unloaded)

    found = {
        (row["source_row"], (row["campaign"] or "").strip(), row["problem"])
        for row in ledger.failures(ROWS)[ROWS]
    }

    rows = len(of_row)
    assert found == {
        (unseen, name_of[unseen].strip(), "no campaign was ever given to the row"),
        (gone, name_of[gone].strip(), f"campaign {of_row[gone]} is gone"),
        (twice, name_of[twice].strip(), "both a campaign and a rejected record"),
        (unloaded, "", f"campaign {of_row[unloaded]} was seen in a row that is not loaded"),
        (
            None,
            "",
            f"loaded with {rows} rows and 0 rejected records, and has {rows - 1} and 1",
        ),
    }


@pytest.mark.thorough
def test_a_lost_cell_is_named_and_so_is_each_lost_piece_of_it(changing_ledger):
    ledger = changing_ledger
    unreadable = {header: cell for header, (cell, _) in UNREADABLE.items()}

    def add(rows):
        rows = [{**row, "Colour": ""} for row in rows]
        return [*rows, {**dict.fromkeys(rows[0], ""), "Campaign": "Un - Readable", **unreadable}]

    first = ledger.home / "sample" / "campaigns_export.csv"
    ledger.load(edited(first, ledger.home / "unreadable.csv", add))
    ledger.build(*WITHOUT_TESTS)
    assert ledger.failures(CELLS, VALUES, ROWS) == {CELLS: [], VALUES: [], ROWS: []}

    of_row = "where source_file = 'unreadable.csv' and place = %s"
    row = ledger.one("select max(source_row) from staging_airtable.campaigns")
    # A doubt about the cell that does not show its text speaks for nothing; a missing one neither.
    ledger.ask(
        f"update ledger_quality.data_issues set raw_value = '...' {of_row} "
        "and column_name in ('playlists', 'client_emails', 'goal')",
        f"row {row}",
    )
    ledger.ask(
        f"delete from ledger_quality.data_issues {of_row} and raw_value <> '...'", f"row {row}"
    )

    ledger.build("--select", "lost_cells", *WITHOUT_TESTS)
    found = ledger.failures(CELLS)[CELLS]

    assert {(each["source_file"], each["source_row"]) for each in found} == {
        ("unreadable.csv", row)
    }
    assert sorted((each["column_name"], each["raw_value"]) for each in found) == sorted(
        piece for _, pieces in UNREADABLE.values() for piece in pieces
    )


def test_a_value_that_the_ledger_forgot_or_changed_is_named(changing_ledger):
    ledger = changing_ledger
    known = ledger.rows(
        "select * from ledger.campaigns where notes is not null and goal is not null "
        "and client_id is not null and status = 'complete' and cardinality(client_emails) > 0 "
        "order by campaign_id limit 4"
    )
    damage = {"notes": None, "client_id": None, "client_emails": None, "status": "paused"}
    for campaign, (column, value) in zip(known, damage.items(), strict=True):
        ledger.ask(
            f"update ledger.campaigns set {column} = %s where campaign_id = %s",
            value,
            campaign["campaign_id"],
        )

    found = ledger.failures(VALUES)[VALUES]

    assert {(each["campaign_id"], each["column_name"], each["kept_value"]) for each in found} == {
        (campaign["campaign_id"], column, value)
        for campaign, (column, value) in zip(known, damage.items(), strict=True)
    }
    (notes,) = (each["given_value"] for each in found if each["column_name"] == "notes")
    assert notes == known[0]["notes"]


def test_a_build_tests_what_it_reads_and_everything_when_asked(changing_ledger):
    ledger = changing_ledger
    ledger.ask("delete from ledger.campaign_sightings where source_row = 2")
    ledger.build("--resource-type", "test", "--select", ROWS)
    assert len(ledger.failures(ROWS)[ROWS]) == 1
    ledger.ask(
        "insert into ledger_intermediate.read_files (model, file_sha256, version, rules) "
        "select %s, file_sha256, 'of an earlier load', '' from staging_airtable.files",
        ROWS,
    )
    with pytest.raises(AssertionError, match=ROWS):
        ledger.build("--resource-type", "test", "--select", ROWS)


def test_a_lost_stream_row_is_named(changing_ledger):
    ledger = changing_ledger
    deleted, changed, unloaded = ledger.rows(
        "select file_sha256, file_name, time_window, playlist_id::text, "
        "min(position) as position, min(name_cell) as name "
        "from ledger_staging.stg_spotify__playlist_rows "
        "inner join ledger_staging.stg_spotify__files using (file_sha256) "
        "inner join ledger_intermediate.int_playlist_spellings "
        "using (name_cell, made_by_cell, is_name_clean) "
        "where time_window = '7d' group by 1, 2, 3, 4 having count(*) = 1 order by 2, 5 limit 3"
    )
    for statement, row in (
        ("delete from ledger.playlist_streams", deleted),
        ("update ledger.playlist_streams set streams = -1", changed),
    ):
        ledger.ask(
            f"{statement} where file_sha256 = %s and time_window = '7d' and playlist_id = %s",
            row["file_sha256"],
            row["playlist_id"],
        )
    ledger.ask(
        "delete from staging_spotify.scraped_playlists "
        "where file_sha256 = %s and window_name = '7day' and position = %s",
        unloaded["file_sha256"],
        unloaded["position"],
    )
    ((unreported_file, place),) = ledger.ask(
        "delete from ledger_quality.data_issues where issue_id = ("
        "select min(issue_id::text)::uuid from ledger_quality.data_issues "
        "where reason = 'repeated_playlist') returning source_file, place"
    )

    found = ledger.failures(STREAMS)[STREAMS]

    lost = "not in playlist_streams, nor reported as repeated"
    named = {tuple(row.values()) for row in found}
    for row in (deleted, changed):
        assert (row["file_name"], "7d", row["position"], row["name"], lost) in named
    in_unloaded = (unloaded["file_name"], "7d", None)
    unknown = "in playlist_streams, and not in its file"
    assert (*in_unloaded, unloaded["playlist_id"], unknown) in named
    (count,) = (problem for *_, problem in named if problem.startswith("loaded with"))
    loaded, there = map(int, re.findall(r"\d+", count))
    assert (*in_unloaded, None, count) in named and loaded == there + 1
    window, position = re.fullmatch(r"window (\w+), row (\d+)", place).groups()
    assert (unreported_file, window, int(position), lost) in {
        (file, time_window, at, problem) for file, time_window, at, _, problem in named
    }
    assert len(found) == 5


def test_streams_only_grow(changing_ledger):
    """A second scrape of a song adds its rows; a copy of the first with other bytes adds none."""
    ledger = changing_ledger
    every_row = (
        "select row_of_it::text, xmin::text, scraped_at::text, streams "
        "from ledger.playlist_streams as row_of_it"
    )
    before = set(ledger.ask(every_row))
    first = first_scrape(ledger.home / "sample" / "scraped")
    again = json.loads(first.read_text())
    again["scraped_at"] = "2031-01-01T00:00:00.000001"
    for each in again["time_ranges"].values():
        del each["stats"]["playlists"][0]
        for row in each["stats"]["playlists"]:
            row["streams"] = "77"
    folder = ledger.home / "rescraped"
    folder.mkdir()
    (folder / "again.json").write_text(json.dumps(again))
    # A fingerprint that sorts before the first file's: the order of files must decide nothing.
    copies = (json.dumps(json.loads(first.read_text()), indent=width) for width in range(99))
    (folder / "copy.json").write_text(
        next(copy for copy in copies if fingerprint(copy) < fingerprint(first.read_text()))
    )

    ledger.load(scraped=folder)
    ledger.build(*WITHOUT_TESTS)

    after = set(ledger.ask(every_row))
    assert before <= after
    assert {row[2:] for row in after - before} == {(again["scraped_at"].replace("T", " "), 77)}
    assert ledger.failures(STREAMS) == {STREAMS: []}
    copied = ledger.one(
        "select count(*) from ledger_intermediate.int_issue_sightings "
        "where file_name = 'copy.json' and reason = 'repeated_playlist'"
    )
    assert copied == len(playlists_of(json.loads(first.read_text())))


def fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def playlists_of(scrape: dict) -> list[dict]:
    return [row for each in scrape["time_ranges"].values() for row in each["stats"]["playlists"]]


def first_scrape(folder: Path) -> Path:
    """The first file of which all three windows were read and hold several playlists."""
    for path in sorted(folder.iterdir()):
        try:
            windows = json.loads(path.read_text())["time_ranges"]
        except ValueError:
            continue
        if len(windows) == 3 and all(
            each["stats"]["title"] != "Welcome back" and len(each["stats"]["playlists"]) > 1
            for each in windows.values()
        ):
            return path
    raise AssertionError(f"no whole scrape in {folder}")
