"""Kept counts: each file is read once, and the account says the same as without them."""

from __future__ import annotations

import os
import random
import sqlite3
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from loaders.file_index import LoadedFile, index_files
from loaders.settings import Settings
from loaders.source_file import find_inputs
from playledger.audit import file_counts, kept_counts, seed_rules
from playledger.audit.counts_store import STORE
from playledger.audit.file_counts import FileCounts, count_files
from playledger.audit.kept_counts import KeptCounts
from playledger.audit.ledger_figures import LedgerFigures
from playledger.audit.verification import verify
from sample import make_sample
from tests.python.playledger.audit.test_account import (
    ALBUM_COPY,
    COPY_PAGE,
    LINK,
    PAGE,
    write_export,
    write_roster,
    write_scrape,
)

READERS = ("read_export", "read_scrape", "read_roster")


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Files that were written just now count as settled."""
    monkeypatch.setattr(kept_counts, "SETTLED", -(10**12))


@pytest.fixture(scope="module")
def weeks(tmp_path_factory) -> list[list[LoadedFile]]:
    """Files of three weeks, among them what two of them have in common."""
    folder = tmp_path_factory.mktemp("weeks")
    make_sample(folder / "sample", 40)
    sample = folder / "sample"
    own = folder / "own"
    own.mkdir()
    row = {"Campaign": "Anna - One", "Client": "Anna", "URL": LINK, "Goal": "1,000"}
    prices = {"Sale price": "$100.10", "Start Date": "1/13/2025", "Playlists": "- Made Up"}
    later = write_export(own / "later.csv", row | prices, {"Campaign": "Anna - Two", "SFA": PAGE})
    view = write_export(own / "view.csv", {"Campaign": "Anna - One", "Goal": "x"}, delimiter=";")
    odd = own / "odd.csv"
    odd.write_bytes(b'Campaign,Notes\nAnna - One,"open\nAnna - Two,\xe9\n')
    roster = write_roster(own / "roster.json", "Anna - One", "Anna", PAGE, COPY_PAGE)
    for name, track in (("a", ALBUM_COPY), ("b", ALBUM_COPY), ("c", "3" * 22)):
        write_scrape(own / "scraped" / f"{name}.json", track, schema_version="1", more=name)
    (own / "scraped" / "broken.json").write_text("{")
    inputs = [
        (sample / "campaigns_export.csv", sample / "scraped", sample / "roster"),
        (later, own / "scraped", roster),
        (view, None, None),
        (odd, sample / "scraped", None),
    ]
    return [[_loaded(file) for file in find_inputs(*each)] for each in inputs]


def _loaded(file) -> LoadedFile:
    return LoadedFile(file.path, file.kind, file.sha256)


def recount(files, home: Path, **options) -> FileCounts:
    with KeptCounts(home, **options) as kept:
        return count_files(files, kept)


def refuse_to_read(monkeypatch) -> None:
    def refuse(path, *_):
        raise AssertionError(f"{path} was read")

    for reader in READERS:
        monkeypatch.setattr(file_counts, reader, refuse)


def reads(monkeypatch) -> list[Path]:
    """The files that are read from now on."""
    found = []
    for reader in READERS:
        read = getattr(file_counts, reader)
        monkeypatch.setattr(
            file_counts,
            reader,
            lambda path, *more, _read=read: found.append(path) or _read(path, *more),
        )
    return found


def test_a_second_run_reads_no_file(weeks, tmp_path, monkeypatch):
    files = [file for week in weeks for file in week]
    first = recount(files, tmp_path)
    assert first == count_files(files)
    assert isinstance(recount(weeks[1], tmp_path).figures["sale_price"], Decimal)
    refuse_to_read(monkeypatch)
    assert recount(files, tmp_path) == first


def test_kept_counts_say_the_same_in_every_sequence(weeks, tmp_path):
    files = [file for week in weeks for file in week]
    draw = random.Random(7)  # noqa: S311 (repeatable)
    for _ in range(12):
        some = draw.sample(files, draw.randrange(len(files)))
        assert recount(some, tmp_path) == count_files(some)


def test_only_what_is_new_is_read(weeks, tmp_path, monkeypatch):
    recount(weeks[0], tmp_path)
    found = reads(monkeypatch)
    recount(weeks[0] + weeks[1], tmp_path)
    assert set(found) == {file.path for file in weeks[1]}
    # A new scrape may change what the last export's campaigns have, and no other export is read.
    found.clear()
    (scrape,) = [file for file in weeks[1] if file.path.name == "c.json"]
    rest = [file for file in weeks[0] + weeks[1] if file != scrape]
    recount(rest, tmp_path)
    assert [path.name for path in found] == ["later.csv"]


def test_told_encoding_and_date_order_count(tmp_path):
    row = {"Campaign": "Zoé - One", "Start Date": "3/4/2025"}
    export = write_export(tmp_path / "a.csv", row, {"Campaign": "B", "Start Date": "3. 14. 2025"})
    (file,) = find_inputs(export, None, None)
    told = _loaded(file)
    for each in (
        told,
        replace(told, told_encoding="cp1252"),
        replace(told, date_order="day_month"),
        told,
    ):
        assert recount([each], tmp_path) == count_files([each])
    assert recount([replace(told, told_encoding="cp1252")], tmp_path) != recount([told], tmp_path)


@pytest.mark.parametrize("cause", ["code", "asked"])
def test_what_other_code_counted_is_counted_anew(weeks, tmp_path, monkeypatch, cause):
    expected = recount(weeks[1], tmp_path)
    found = reads(monkeypatch)
    if cause == "code":
        monkeypatch.setattr(kept_counts, "code_digest", lambda: "another version")
    assert recount(weeks[1], tmp_path, is_anew=cause == "asked") == expected
    assert {path.name for path in found} == {file.path.name for file in weeks[1]}
    with sqlite3.connect(tmp_path / STORE) as store:
        assert len(store.execute("select distinct code from facts").fetchall()) == 1


def test_the_code_that_counts_is_all_of_it(tmp_path, monkeypatch):
    source = tmp_path / "reader.py"
    source.write_text("ONE = 1")
    monkeypatch.setattr(kept_counts, "COUNTING", (*kept_counts.COUNTING, tmp_path))
    digest = kept_counts.code_digest.__wrapped__
    before = digest()
    assert digest() == before
    source.write_text("ONE = 2")
    assert digest() != before
    counted = {path.name for folder in kept_counts.COUNTING for path in folder.glob("*.py")}
    assert {"export_form.py", "cell_rules.py", "code_page.py"} <= counted


def test_an_edited_seed_counts_the_campaigns_anew(weeks, tmp_path, monkeypatch):
    recount(weeks[1], tmp_path)
    found = reads(monkeypatch)
    monkeypatch.setattr(file_counts, "seeds_digest", lambda: "edited")
    recount(weeks[1], tmp_path)
    assert [path.name for path in found] == ["later.csv"]
    monkeypatch.undo()
    before = seed_rules.seeds_digest()
    monkeypatch.setattr(seed_rules, "_rows", lambda seed: [[seed]])
    assert seed_rules.seeds_digest() != before


def _overwrite(path: Path) -> None:
    path.write_bytes(b"no database" * 1000)


def _break_pages(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 3 :] = os.urandom(len(content) - len(content) // 3)
    path.write_bytes(content)


def _of_others(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as store:
        store.execute("create table facts (something text)")


def _change_rows(path: Path) -> None:
    with sqlite3.connect(path) as store:
        store.execute(
            "update facts set facts = cast(replace(cast(facts as text), '1', '2') as blob)"
        )


def _break_text(path: Path) -> None:
    with sqlite3.connect(path) as store:
        store.execute("update facts set facts = cast(x'ff' as text), checksum = 'x'")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    "harm", [Path.unlink, _overwrite, _break_pages, _of_others, _change_rows, _break_text, _empty]
)
def test_a_damaged_store_is_counted_anew(weeks, tmp_path, monkeypatch, harm):
    expected = recount(weeks[1], tmp_path)
    harm(tmp_path / STORE)
    assert recount(weeks[1], tmp_path) == expected
    recount(weeks[1], tmp_path)  # what was found broken on the way is gone now
    refuse_to_read(monkeypatch)
    assert recount(weeks[1], tmp_path) == expected


@pytest.mark.parametrize("hindrance", ["folder", "locked", "no home"])
def test_a_store_that_cannot_be_written_is_done_without(weeks, tmp_path, hindrance):
    home = tmp_path / "none" if hindrance == "no home" else tmp_path
    with sqlite3.connect(tmp_path / "other") as other:
        if hindrance == "folder":
            (home / STORE).mkdir()
        if hindrance == "locked":
            recount(weeks[2], home)
            other = sqlite3.connect(home / STORE)
            other.execute("begin exclusive")
        assert recount(weeks[2], home) == count_files(weeks[2])
        other.rollback()


def test_two_commands_keep_counts_at_once(weeks, tmp_path, monkeypatch):
    with KeptCounts(tmp_path) as one, KeptCounts(tmp_path) as other:
        for kept in (one, other):
            count_files(weeks[1], kept)
    refuse_to_read(monkeypatch)
    recount(weeks[1], tmp_path)


def test_the_store_is_readable_by_its_owner_alone(weeks, tmp_path):
    recount(weeks[2], tmp_path)
    assert (tmp_path / STORE).stat().st_mode & 0o777 == 0o600


def test_a_file_is_hashed_again_when_it_changed(tmp_path, monkeypatch):
    file = tmp_path / os.fsdecode(b"caf\xe9.json")
    file.write_bytes(b"one")

    def sha256() -> str:
        with KeptCounts(tmp_path) as kept:
            return kept.sha256_of(file)

    hashed = []
    read = kept_counts.hash_file
    monkeypatch.setattr(kept_counts, "hash_file", lambda path: hashed.append(path) or read(path))
    first = sha256()
    assert (sha256(), len(hashed)) == (first, 1)
    seen = file.stat()
    file.write_bytes(b"two")
    os.utime(file, ns=(seen.st_atime_ns, seen.st_mtime_ns))  # size and time are as before
    assert sha256() != first
    file.unlink()
    with pytest.raises(FileNotFoundError):
        sha256()


def test_a_file_that_changed_just_now_is_read_again(tmp_path, monkeypatch):
    monkeypatch.setattr(kept_counts, "SETTLED", 60 * 10**9)
    file = tmp_path / "a.json"
    file.write_bytes(b"one")
    hashed = []
    read = kept_counts.hash_file
    monkeypatch.setattr(kept_counts, "hash_file", lambda path: hashed.append(path) or read(path))
    for _ in range(2):
        with KeptCounts(tmp_path) as kept:
            kept.sha256_of(file)
    assert len(hashed) == 2


@pytest.mark.database
def test_the_account_reads_files_and_texts_of_staging_once(changing_ledger, tmp_path, monkeypatch):
    ledger, home = changing_ledger, tmp_path / "home"
    sample = ledger.home / "sample"
    files = find_inputs(sample / "campaigns_export.csv", sample / "scraped", sample / "roster")
    index_files(files, home)
    settings = Settings(home, ledger.schema, None)

    def figures(**options) -> dict[str, tuple]:
        account, missing = verify(settings, ledger.database, **options)
        assert missing == 0
        return {one.name.strip(): (one.ledger, one.files, one.status) for one in account.figures}

    def change(query: str) -> None:
        with ledger.database.connect() as conn, conn.cursor() as cursor:
            cursor.execute(query)

    first = figures()
    assert first["filled cells"][2] == "ok"
    with monkeypatch.context() as patch:
        refuse_to_read(patch)
        patch.setattr(LedgerFigures, "_read_texts", lambda *_: pytest.fail("was read"))
        patch.setattr(kept_counts, "hash_file", lambda path: pytest.fail(f"{path} was read"))
        assert figures() == first

    # What a hand does to rows of staging is seen when all is counted, lost rows always.
    change("update staging_airtable.campaigns set notes = notes || 'x' where notes <> ''")
    assert figures() == first
    assert figures(is_anew=True)["Notes"][2] == "differs"
    change("delete from staging_airtable.campaigns where source_row = 2")
    assert figures()["rows of exports"][2] == "differs"

    (sample / "roster").rename(sample / "elsewhere")
    try:
        assert verify(settings, ledger.database)[1] > 0
    finally:
        (sample / "elsewhere").rename(sample / "roster")
