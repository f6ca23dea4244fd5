"""Files that are written whole or not at all, with the mode that they should have."""

import os
import stat

import pytest

from loaders.atomic_files import write_whole


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_and_its_folder_are_made(tmp_path):
    path = tmp_path / "new" / "folder" / "file.json"
    write_whole(path, b"{}")
    assert path.read_bytes() == b"{}"
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_is_replaced_keeps_its_mode(tmp_path):
    path = tmp_path / "seed.csv"
    path.write_text("old")
    path.chmod(0o640)
    write_whole(path, b"new")
    assert (path.read_text(), mode(path)) == ("new", 0o640)


def test_a_private_file_is_its_owners_alone_whatever_it_was(tmp_path):
    path = tmp_path / "session.json"
    path.write_text("old")
    path.chmod(0o644)
    write_whole(path, b"new", is_private=True)
    assert mode(path) == 0o600


def test_what_cannot_be_written_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "plan.json"
    path.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_process_of_this_number_left_is_no_hindrance(tmp_path):
    path = tmp_path / "plan.json"
    (tmp_path / f".plan.json.{os.getpid()}.new").write_text("half")
    write_whole(path, b"new")
    assert list(tmp_path.iterdir()) == [path]
