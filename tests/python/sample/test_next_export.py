"""The export of a week later: matches.tsv agrees with the two exports, read with csv alone."""

import csv
import json
import re
from collections import Counter, defaultdict
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from loaders.files.export import inspect_export
from loaders.files.export import read_export as read_pieces
from playledger.cli.main import main
from sample import evolve_sample, make_sample, weekly_draw
from sample.catalogue import catalogue_of
from tests.python.sample.test_sample import FLAWS_OF_CELLS, content
from tests.python.support.sample_recount import key, read_export, recount_export, url_kind

SEEDS = (1, 2, 3)
CAMPAIGNS = 600

STREAMS = {"Remaining", "Daily", "Weekly"}
COLUMNS_OF_EDIT = {  # kind of edit: the column that must differ, then those that may
    "name": ("Campaign", "Spotify Campaign (from SP Vendor Updates)"),
    "client": ("Client", "Client Email"),
    "url": ("URL",),
    "status": ("Status", *STREAMS),
    "start date": ("Start Date",),
    "vendor": ("Vendor", "Vendor Email"),
    "invoice": ("Invoice",),
    "curator status": ("Curator Status",),
    "playlists": ("Playlists",),
    "notes": ("Notes",),
}
DRAWN = {"name": 2, "client": 15, "url": 12, "status": 47, "start date": 18, "vendor": 9}
NEW_KINDS = {"new song": 46, "another vendor": 14, "later order": 10}
FOLLOWS_FROM_STATUS = ("invoice", "curator status", "playlists", "notes")
LACKING = {
    "SFA", "Ask For SFA", "Update Client", "SP Vendor Updates",
    "Spotify Campaign (from SP Vendor Updates)",
}  # fmt: skip
EDITED_IN_VIEW = {"Status", "Last Modified", *STREAMS}


def read_csv(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        dialect = "excel-tab" if path.suffix == ".tsv" else "excel"
        return list(csv.DictReader(file, dialect=dialect, strict=True))


def read_view(out):
    return [read_csv(out / "view" / name) for name in ("filtered_view.csv", "matches.tsv")]


def moment(row):
    return row["Last Modified"] and datetime.strptime(row["Last Modified"], "%m/%d/%Y %I:%M%p")


def differing(before, after):
    return {column for column in before if before[column] != after[column]}


def place(row):
    """What identifies a row's song and order: name, link and date."""
    return key(row["Campaign"]), row["URL"], row["Start Date"]


class Pair:
    """The first export, the later one, and the matches of their rows from matches.tsv."""

    def __init__(self, out):
        self.first, self.later = read_export(out), read_export(out / "later")
        self.matches = read_csv(out / "later" / "matches.tsv")
        self.truth = json.loads((out / "later" / "truth.json").read_text("utf-8"))
        assert [int(match["row"]) for match in self.matches] == list(range(2, 2 + len(self.later)))
        rows = list(zip(self.matches, self.later, strict=True))
        self.known = [
            (self.first[int(match["known_row"]) - 2], row, match["edits"].split("; "))
            for match, row in rows
            if match["known_row"]
        ]
        self.new = [(match["edits"], row) for match, row in rows if not match["known_row"]]
        self.known_rows = [int(m["known_row"]) for m in self.matches if m["known_row"]]


@pytest.fixture(scope="module", params=SEEDS)
def out(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(f"seed{request.param}")
    make_sample(folder, CAMPAIGNS, request.param, 20)
    evolve_sample(folder, CAMPAIGNS, request.param)
    return folder


@pytest.fixture(scope="module")
def pair(out):
    return Pair(out)


def test_each_known_row_is_matched_once_and_three_are_deleted(pair):
    assert len(set(pair.known_rows)) == len(pair.known_rows)
    assert set(pair.known_rows) <= set(range(2, 2 + CAMPAIGNS))
    assert (len(pair.known), len(pair.new)) == (CAMPAIGNS - 3, 70)
    counts = {kind: pair.truth[kind] for kind in ("known", "new", "deleted")}
    assert counts == {"known": CAMPAIGNS - 3, "new": 70, "deleted": 3}


def test_edits_are_those_that_the_cells_show(pair):
    wrong = []
    for before, after, edits in pair.known:
        allowed = {column for edit in filter(None, edits) for column in COLUMNS_OF_EDIT[edit]}
        if edits != [""]:
            allowed.add("Last Modified")
        if before["Status"] == "Active":
            allowed |= STREAMS
        needed = {COLUMNS_OF_EDIT[edit][0] for edit in filter(None, edits)}
        found = differing(before, after)
        if not needed <= found <= allowed:
            wrong.append((before["Campaign"], edits, found))
    assert wrong == []


def test_each_kind_of_edit_is_made_as_often_as_stated(pair):
    made = Counter(edit for *_, edits in pair.known for edit in filter(None, edits))
    assert {edit: made[edit] for edit in DRAWN} == DRAWN
    assert {edit: made[edit] for edit in pair.truth["edits"]} == pair.truth["edits"]
    assert set(made) <= set(pair.truth["edits"])
    assert all(made[edit] > 0 for edit in FOLLOWS_FROM_STATUS)
    assert Counter(kind for kind, _ in pair.new) == NEW_KINDS == pair.truth["new_kinds"]


def test_edits_that_follow_from_a_status_come_with_one(pair):
    followers = [edits for *_, edits in pair.known if set(edits) & set(FOLLOWS_FROM_STATUS)]
    assert followers
    assert all("status" in edits for edits in followers)


def test_a_week_moves_the_streams_of_most_running_campaigns_and_of_no_others(pair):
    unedited = [(before, after) for before, after, edits in pair.known if edits == [""]]
    active = [differing(*rows) for rows in unedited if rows[0]["Status"] == "Active"]
    others = [differing(*rows) for rows in unedited if rows[0]["Status"] != "Active"]
    assert len(others) > 250
    assert not any(others)
    assert all(found <= STREAMS for found in active)
    assert sum(map(bool, active)) > 0.5 * len(active)
    assert not all(active)
    moved = sum(bool(differing(before, after) & STREAMS) for before, after, _ in pair.known)
    assert moved == pair.truth["streamed"]


def test_edited_and_new_rows_are_the_newest(pair):
    newest = max(filter(None, map(moment, pair.first)))
    touched = [row for _, row, edits in pair.known if edits != [""]]
    assert all(moment(row) > newest for row in [*touched, *(row for _, row in pair.new)])
    assert all(moment(row) <= datetime(2025, 10, 23, 16, 42) for row in pair.later if moment(row))


def test_a_renamed_row_keeps_its_track_date_and_vendor(pair):
    renamed = [(before, after) for before, after, edits in pair.known if "name" in edits]
    for before, after in renamed:
        assert key(before["Campaign"]) != key(after["Campaign"])
        assert not differing(before, after) & {"URL", "Start Date", "Vendor"}
        assert url_kind(before["URL"]) == "track"
        assert before["Start Date"]
        assert before["Vendor"]


def test_no_renamed_row_loses_its_other_evidence(monkeypatch):
    monkeypatch.setitem(weekly_draw.DRAWN, "name", 300)
    drawn = weekly_draw.draw_campaigns(catalogue_of(1), CAMPAIGNS)
    assert len(drawn["name"]) == 300
    assert set(drawn["name"]) & set(drawn["status"])
    assert not set(drawn["name"]) & {*drawn["url"], *drawn["start date"], *drawn["vendor"]}


def test_links_are_corrected_and_not_removed(pair):
    changed = [rows for *rows, edits in pair.known if "url" in edits]
    assert {url_kind(after["URL"]) for _, after in changed} == {"track"}
    assert len({url_kind(before["URL"]) for before, _ in changed}) > 1


def test_no_edit_empties_a_cell(pair):
    for before, after, _ in pair.known:
        emptied = {c for c in differing(before, after) if before[c] and not after[c]}
        assert emptied <= {"Vendor Email"}  # of a vendor without one


def test_new_rows_are_of_their_kind(pair):
    names = {key(row["Campaign"]) for row in (*pair.first, *(row for _, row, _ in pair.known))}
    orders = defaultdict(set)
    dates = defaultdict(set)
    for before, row, _ in pair.known:
        name, url, _ = place(row)
        orders[place(row)] |= {before["Vendor"], row["Vendor"]}
        dates[name, url] |= {before["Start Date"], row["Start Date"]}
    same_vendor = 0
    for kind, row in pair.new:
        name, url, date = place(row)
        if kind == "new song":
            assert name not in names
        elif kind == "another vendor":
            assert orders[place(row)]
            assert row["Vendor"] not in orders[place(row)]
        else:
            assert dates[name, url]
            assert date not in dates[name, url]
            known = {v for (n, u, _), vs in orders.items() if (n, u) == (name, url) for v in vs}
            same_vendor += row["Vendor"] in known
    assert same_vendor > 0
    clients = {row["Client"].strip() for row in pair.first}
    shared = sum(row["Client"].strip() in clients for _, row in pair.new)
    assert 35 < shared < 70


def test_rows_are_in_another_order(pair):
    steps = [after - before for before, after in pairwise(pair.known_rows)]
    assert 0.15 < sum(step < 0 for step in steps) / len(steps) < 0.5
    places = [at for at, match in enumerate(pair.matches) if not match["known_row"]]
    assert places[0] == 0
    assert places[-1] > 300


def test_duplicates_stay_and_orders_are_edited_alike(pair):
    names = Counter(key(row["Campaign"]) for row in pair.later)
    assert sum(number for number in names.values() if number > 1) > 100
    alike = Counter(
        (place(before), edit)
        for before, _, edits in pair.known
        for edit in edits
        if edit in ("client", "url", "status", "start date")
    )
    assert max(alike.values()) > 1


def test_the_later_truth_agrees_with_the_later_export(pair):
    assert recount_export(pair.later) == pair.truth["export"]


def test_frequent_flaws_of_cells_stay(pair):
    """A flaw in only one or two cells can disappear by a deletion or an edit."""
    gone = [
        (column, pattern)
        for column, patterns in FLAWS_OF_CELLS.items()
        for pattern in patterns
        if sum(bool(re.search(pattern, row[column], re.M)) for row in pair.first) > 2
        and not any(re.search(pattern, row[column], re.M) for row in pair.later)
    ]
    assert gone == []


def test_the_loader_reads_every_row(out, pair):
    for path, rows in (
        (out / "later" / "campaigns_export.csv", pair.later),
        (out / "view" / "filtered_view.csv", read_csv(out / "view" / "filtered_view.csv")),
    ):
        pieces = list(read_pieces(inspect_export(path)))
        assert sum(len(piece.rows) for piece in pieces) == len(rows)
        assert not any(piece.rejected for piece in pieces)
        assert path.read_bytes().startswith(b"\xef\xbb\xbfCampaign,")
        assert b"\r" not in path.read_bytes()
    assert not inspect_export(out / "later" / "campaigns_export.csv").is_view


def test_the_view_is_a_view_of_the_later_export(out, pair):
    shape = inspect_export(out / "view" / "filtered_view.csv")
    assert shape.is_view
    assert len(shape.header) == 23
    assert list(shape.unknown) == ["Email 2 (from Clients)", "SP Playlist Stuff"]
    assert set(pair.later[0]) - set(shape.header) == LACKING
    rows, matches = read_view(out)
    assert [int(match["row"]) for match in matches] == list(range(2, 2 + len(rows)))
    known = [int(match["known_row"]) for match in matches]
    assert len(set(known)) == len(known)
    assert known != sorted(known)
    open_rows = {
        number
        for number, row in enumerate(pair.later, 2)
        if row["Status"] in ("Active", "Paused", "Pending", "Unreleased")
    }
    assert set(known) == open_rows
    for column in shape.unknown:
        assert 0 < sum(row[column] != "" for row in rows) < len(rows)


def test_every_cell_that_the_view_shares_is_right(out, pair):
    rows, matches = read_view(out)
    newest = max(filter(None, map(moment, pair.later)))
    found = Counter()
    for row, match in zip(rows, matches, strict=True):
        known = pair.later[int(match["known_row"]) - 2]
        changed = {column for column in known if column in row and known[column] != row[column]}
        assert changed <= EDITED_IN_VIEW, (match, changed)
        assert ("Status" in changed) == ("Last Modified" in changed)
        assert "Status" not in changed or moment(row) > newest
        assert "Status" in changed or not changed or known["Status"] == "Active"
        found["status"] += "Status" in changed
        found["remaining alone"] += "Status" not in changed and "Remaining" in changed
    assert found == {"status": 8, "remaining alone": 24}


def test_evolving_adds_files_and_changes_no_other(tmp_path):
    make_sample(tmp_path, 80, 2, 4)
    plain = content(tmp_path)
    evolve_sample(tmp_path, 80, 2)
    evolved = content(tmp_path)
    assert {path: evolved[path] for path in plain} == plain
    assert {str(path) for path in set(evolved) - set(plain)} == {
        "later/campaigns_export.csv", "later/matches.tsv", "later/truth.json",
        "view/filtered_view.csv", "view/matches.tsv",
    }  # fmt: skip
    evolve_sample(tmp_path, 80, 2)
    assert content(tmp_path) == evolved


def test_equal_arguments_give_equal_bytes_and_others_do_not(tmp_path):
    for name, campaigns, seed in (("a", 80, 1), ("b", 80, 1), ("c", 80, 2), ("d", 81, 1)):
        evolve_sample(tmp_path / name, campaigns, seed)
    assert content(tmp_path / "a") == content(tmp_path / "b")
    export = Path("later/campaigns_export.csv")
    texts = {(tmp_path / name / export).read_bytes() for name in "acd"}
    assert len(texts) == 3


@pytest.mark.parametrize("campaigns", [0, 1, 5, 30, 130, 1300])
@pytest.mark.parametrize("seed", SEEDS)
def test_other_sizes_are_in_proportion(tmp_path, campaigns, seed):
    make_sample(tmp_path, campaigns, seed, 0)
    evolve_sample(tmp_path, campaigns, seed)
    pair = Pair(tmp_path)
    share = campaigns / CAMPAIGNS
    assert recount_export(pair.later) == pair.truth["export"]
    assert len(pair.new) == pair.truth["new"] == round(70 * share)
    assert len(pair.known) == campaigns - round(3 * share)
    made = Counter(edit for *_, edits in pair.known for edit in edits)
    assert {edit: made[edit] for edit in DRAWN} == {
        edit: round(number * share) for edit, number in DRAWN.items()
    }
    assert len({len(rows) for rows in read_view(tmp_path)}) == 1


def test_the_command_writes_it_into_the_working_directory(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    arguments = ["sample", "--campaigns", "30", "--scraped-files", "2"]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    assert not (tmp_path / "sample_files" / "later").exists()
    plain = content(tmp_path / "sample_files")
    evolved = CliRunner().invoke(main, [*arguments, "--evolve"])
    assert evolved.exit_code == 0
    assert re.search(r"later.*view", evolved.stdout)
    after = content(tmp_path / "sample_files")
    assert {path: after[path] for path in plain} == plain
    assert Path("later/campaigns_export.csv") in after
