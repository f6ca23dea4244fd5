"""The sample: every flaw occurs, truth.json agrees with the files, and seeds are repeatable."""

import json
import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest

from sample import make_sample, roster_results
from tests.python.support.sample_recount import (
    TRACK,
    key,
    read_export,
    read_roster,
    read_scrapes,
    recount,
    songs_of,
)

SEEDS = (1, 2, 29)

FLAWS_OF_CELLS = {  # column: patterns, each found in at least one of its cells
    "Campaign": (
        r" - ", r"\t- ", " – ", r"\S- ", "\u202f", "\u00a0", "“", '"', "  -", r"^ ", r" $", r"  $",
        r"^[^-–]+$", r"[^\x00-\x7f]",
    ),
    "Client": (
        "^$", "^ ", " $", r"\w,\w", r"\w, \w", r'^"[^"]+, Inc\."$', r'^"[^"]+, Inc\.",\w', "^NA$",
        "^None$", "^null$", "[぀-ヿ一-鿿가-힣]",
    ),
    "Goal": ("^$", r"^\d+$"),
    "Salesperson": ("^$", "/", ",", r"^\w+$"),
    "Remaining": ("^$", r"^-\d", r"^\d"),
    "Daily": ("^$", "^0$"),
    "URL": (
        r"track/\w{22}$", r"track/\w{22}\?si=", "intl-es/", "&nd=1", "^ https", r"track/\w{22} $",
        "/album/", "trackId=", "/artist/", "com/playlist/", "//soundcloud", "//on.soundcloud",
        "dropbox", "box.com/s/", "youtu.be", "spotify.link", "^TBA$", "^TBD$", "^w$", "^$",
    ),
    "Sale price": (r"^\$1500\.00$", r"^\$0\.00$", r"^\$312\.50$", "^$"),
    "Start Date": (r"^\d{1,2}/\d{1,2}/202\d$", "^$"),
    "Last Modified": (r"^\d{1,2}/\d{1,2}/202\d \d{1,2}:\d\d[ap]m$", "^$"),
    "Status": (
        "^Complete$", "^Completed$", "^Active$", "^Cancelled$", "^Unreleased$", "^Pending$",
        "^Paused$", "^Updated via API$",
    ),
    "Invoice": ("^Paid$", "^Sent$", "^N/A$", "^TBD$", "^$"),
    "Curator Status": ("^Accepted$", "^Denied$", "^TBD$", "^$"),
    **dict.fromkeys(
        ("Paid Vendor?", "SFA", "Notify Vendor?", "Ask For SFA", "Update Client"),
        ("^checked$", "^$"),
    ),
    "Client Email": (
        r"\w, \w", ";", "[A-Z]", r"example $", r"example\.$", r"@\w+$", "^N/A$", "^$", " , ",
    ),
    "Vendor": ("^$", r"\w \w"),
    "Vendor Email": ("^$", r"\.example$"),
    "Playlists": (
        r"^- \w", r" \[NEW\]$", r"\S\[NEW\]$", r"\[new\]$", r"\n\n-|\n\n$", "\u00a0$", r"^https://",
        r"^- https://", "^'- ", r"\n$", r"^- $", "[🔥💀⚡]", "[぀-ヿ一-鿿가-힣]", "[а-я]", "^$",
    ),
    "Notes": (r"\n", '"', "“", "^$"),
    "SP Vendor Updates": (r'^"- .*\n', "^$"),
    "Spotify Campaign (from SP Vendor Updates)": (r"\w", "^$"),
}  # fmt: skip
FLAWS_OF_SCRAPES = {
    "log-in page": '"title": "Welcome back"',
    "nobody": '"made_by": "—"',
    "glued badge": r'\SPersonalized",\s+"made_by": "Spotify"',
    "a name that is no badge": r' Personalized",\s+"made_by": "—"',
    "no date": '"date_added": "Not available"',
    "date": r'"date_added": "May \d{1,2}, 202\d"',
    "thousands": r'"streams": "\d{1,3},\d{3}"',
    "no rows, no statistics": r'"playlists": \[\],\s+"time_range"',
    "a full window": '"showing": "100"',
    "unread": r'"streams": 0,\s+"listeners": 0',
    "page": r'/playlists",\n  "scraped_at"',
    "configured": '"song_metadata"',
}


@pytest.fixture(scope="module", params=SEEDS)
def sample(request, tmp_path_factory):
    out = tmp_path_factory.mktemp(f"seed{request.param}")
    make_sample(out, seed=request.param)
    return out


def without_arguments(truth):
    return {part: truth[part] for part in truth if part != "made_with"}


def content(out):
    return {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_truth_is_what_the_files_hold(sample):
    truth = json.loads((sample / "truth.json").read_text("utf-8"))
    assert recount(sample) == without_arguments(truth)


@pytest.mark.parametrize(("campaigns", "files"), [(0, 0), (1, None), (5, 40), (1400, 90)])
def test_other_sizes_agree_with_their_truth(tmp_path, campaigns, files):
    truth = make_sample(tmp_path, campaigns, 2, files)
    assert truth == json.loads((tmp_path / "truth.json").read_text("utf-8"))
    assert recount(tmp_path) == without_arguments(truth)


def test_songs_at_the_end_of_the_roster_are_counted_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(roster_results, "ROSTER_LIMIT", 100)
    for seed in SEEDS:
        truth = make_sample(tmp_path / str(seed), 200, seed, 20)
        assert recount(tmp_path / str(seed)) == without_arguments(truth)


def test_equal_arguments_give_equal_bytes(tmp_path):
    first, again, other = (tmp_path / name for name in ("first", "again", "other"))
    make_sample(first, 80, 1)
    make_sample(other, 80, 2)
    script = "import sample as s, pathlib; s.make_sample(pathlib.Path('again'), 80, 1)"
    environment = {"PYTHONPATH": str(Path(__file__).parents[3]), "PYTHONHASHSEED": "77"}
    subprocess.run([sys.executable, "-c", script], check=True, cwd=tmp_path, env=environment)  # noqa: S603

    assert content(first) == content(again)
    assert content(first) != content(other)


def test_every_flaw_of_a_cell_occurs(sample):
    rows = read_export(sample)
    missing = [
        (column, pattern)
        for column, patterns in FLAWS_OF_CELLS.items()
        for pattern in patterns
        if not any(re.search(pattern, row[column], re.M) for row in rows)
    ]
    assert missing == []
    assert len(rows[0]) == 26
    written = (sample / "campaigns_export.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbfCampaign,Client,")
    assert b"\r" not in written


def test_every_flaw_of_a_scrape_occurs(sample):
    texts = [path.read_text("utf-8") for path in (sample / "scraped").iterdir()]
    missing = [
        flaw
        for flaw, pattern in FLAWS_OF_SCRAPES.items()
        if not any(re.search(pattern, text) for text in texts)
    ]
    assert missing == []
    assert sum(text.startswith("`") for text in texts) >= 1
    truth = json.loads((sample / "truth.json").read_text("utf-8"))["scrapes"]
    assert all(truth[kind] > 0 for kind in truth), truth


def test_flaws_between_rows_and_files_occur(sample):
    rows, (files, found) = read_export(sample), read_roster(sample)
    documents, _ = read_scrapes(sample)
    names = [key(row["Campaign"]) for row in rows]
    assert len(set(names)) < 0.9 * len(names)
    labels = {row["Client"].strip() for row in rows}
    assert len({key(label) for label in labels}) < len(labels)
    assert {song["campaign"] for _, song in found} - {
        " ".join(row["Campaign"].split()) for row in rows
    }
    assert any(client["status"] == "no_roster_songs" for client in files[0]["clients"].values())
    known = [{(label, song["campaign"]) for label, song in songs_of(file)} for file in files]
    assert all(left & right and right - left for left, right in combinations(known, 2))
    sfa = {song["campaign"]: song["track_id"] for _, song in found}
    urls = {" ".join(row["Campaign"].split()): TRACK.match(row["URL"]) for row in rows}
    assert any(urls[name] and urls[name][1] != sfa[name] for name in set(sfa) & set(urls))
    assert len({document["url"] for document in documents}) < 0.8 * len(documents)


def test_claimed_playlists_are_seen_in_scrapes(sample):
    rows, (documents, _) = read_export(sample), read_scrapes(sample)
    seen = {
        (re.search(r"/song/(\w{22})", document["url"])[1], row["name"], row["made_by"])
        for document in documents
        for window in document["time_ranges"].values()
        for row in window["stats"]["playlists"]
    }
    claimed = {
        (match[1], line.removeprefix("- ").removesuffix(" [NEW]").strip(), "—")
        for row in rows
        if (match := TRACK.match(row["URL"]))
        for line in row["Playlists"].split("\n")
    }
    assert len(claimed & seen) > 20


def test_proportions_hold_at_any_size(tmp_path):
    small = make_sample(tmp_path / "small", 653, 1, 0)["export"]
    large = make_sample(tmp_path / "large", 3265, 1, 0)["export"]
    for kind in ("clients", "client_labels", "tracks", "campaigns_with_track", "cells", "goal"):
        assert large[kind] == pytest.approx(5 * small[kind], rel=0.25), kind
