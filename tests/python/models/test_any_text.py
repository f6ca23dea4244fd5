"""Any text in any cell of any file: a load, a build and the account still end well."""

from __future__ import annotations

import csv
import json
import os
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from loaders.files.staging_schema import EXPORT_COLUMNS, ROSTER_SONG
from loaders.source_file import find_inputs
from playledger.audit.account import make_account
from playledger.audit.file_counts import count_files
from tests.python.support.ledger import Ledger, emptied, load_into

pytestmark = pytest.mark.database
ROUNDS = 6 if os.environ.get("THOROUGH") else 1
WITHOUT_TESTS = ("--exclude", "resource_type:unit_test")
PAGE = "https://artists.spotify.com/c/artist/{}/song/{}/stats"
# What indexes, patterns and parsers stumble over; the rest is drawn.
ODD = (
    "x" * 8_000 + "a", "x" * 8_000 + "b", "," * 100_000, '"' * 3_001, '"x",' * 600, "- \n" * 9_000,
    "\ufdfa" * 60, "\u0390\u03b0" * 260, "\u1d100\u0300" * 300, "\u0130\u03a3\u03c2\u017f\u1e9e",
    "\x00", "\\x00", "\u202e\u200b\ufeff", "%s {{ }} $1 \\", "' or 1=1 --", "=1+1", "-$-50", "(-5)",
    "1e309", "9" * 400, "0x10", "\u0661\u0662", "NaN", "Infinity", "-Infinity", "null", "N/A", "::",
    "99/99/9999 99:99pm", "2/30/2025", "12/7/2025 4:42", "0000-00-00", "https://open.spotify.com/",
    "[](https://open.spotify.com/track/)", "https://[::1", "@" * 3_000, "a@b," * 2_000, "\r",
    " ".join(f"word{n}" for n in range(20_000)), "Ã©" * 200, "\U0001f525\u200d" * 300,
)  # fmt: skip
texts = st.one_of(
    st.sampled_from(ODD),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=80),
    st.builds(lambda text, times: text * times, st.text(max_size=4).filter(str.isprintable),
              st.integers(1, 3_000)),
)  # fmt: skip


def write_files(folder: Path, cells: list[str], draw: random.Random) -> tuple[Path, Path, Path]:
    """An export with each text in some column, a scrape and a roster result with some of them."""
    export, scrape, roster = (folder / name for name in ("odd.csv", "odd.json", "roster.json"))
    columns = list(EXPORT_COLUMNS)
    with export.open("w", encoding="utf-8", errors="replace", newline="") as file:
        rows = csv.writer(file)
        rows.writerow([*EXPORT_COLUMNS.values(), "Another column"])
        for number, cell in enumerate(cells):
            row = [f"Luna - {number}", *[""] * len(columns)]
            for at in (number % (len(columns) + 1), draw.randrange(1, len(columns) + 1)):
                row[at] = cell
            rows.writerow(row)
    song = PAGE.format("A" * 22, "1" * 22)
    keys = ("rank", "name", "made_by", "streams", "date_added")
    shown = [dict.fromkeys(keys, "1") | {key: cell} for key in keys for cell in cells[:40]]
    stats = {"title": cells[0], "streams": cells[1], "listeners": cells[2], "playlists": shown}
    window = {"stats": stats, "insights": {"x": cells[3]}}
    document = {"url": song, "scraped_at": "2025-10-23T17:53:19", "time_ranges": {"28day": window}}
    scrape.write_text(json.dumps(document).replace("\\u0000", ""))
    songs = [dict.fromkeys(ROSTER_SONG, "x") | {key: c} for key in ROSTER_SONG for c in cells[:20]]
    found = {"status": cells[4], "roster_songs_found": cells[5], "songs": songs}
    clients = {"x": found, **{cell: {"status": "success", "songs": []} for cell in cells[6:30]}}
    result = {"scraped_at": cells[7], "clients": clients}
    roster.write_text(json.dumps(result).replace("\\u0000", ""))
    return export, scrape, roster


@pytest.fixture(scope="module")
def empty(ledger):
    with emptied(ledger):
        yield ledger


@given(
    drawn=st.lists(texts, min_size=60, max_size=60),
    seed=st.integers(0, 1 << 30),
)
@settings(
    max_examples=ROUNDS,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_text_stops_a_load_a_build_or_the_account(empty: Ledger, tmp_path, drawn, seed):
    folder = tmp_path / str(seed)
    folder.mkdir(exist_ok=True)
    draw = random.Random(seed)  # noqa: S311
    cells = [*draw.sample(ODD, len(ODD)), *drawn]
    files = find_inputs(*write_files(folder, cells, draw), is_view=True)
    load_into(empty.database, files, folder)
    empty.build(*WITHOUT_TESTS)
    with empty.database.connect() as conn:
        found = make_account(conn, empty.schema, count_files(files), 2)
    assert [figure for figure in found.failed if figure.is_check] == []
