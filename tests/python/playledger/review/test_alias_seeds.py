"""What a person decides reaches the seeds: whole, once, and without chains."""

import csv
import os
from pathlib import Path

import pytest

from loaders.errors import UserError
from playledger.review.alias_seeds import AliasSeeds, EntityName

HEADERS = {
    "client_aliases": "alias,name",
    "vendor_aliases": "alias,name",
    "playlist_aliases": "alias,curator,name",
    "rejected_matches": "kind,name_a,name_b",
}


@pytest.fixture
def folder(tmp_path) -> Path:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for name, header in HEADERS.items():
        (seeds / f"{name}.csv").write_text(header + "\n")
    return seeds


def accept(folder: Path, alias: str, name: str, kind: str = "client") -> str:
    return "\n".join(AliasSeeds(folder).accept(kind, EntityName(alias), EntityName(name)))


def lines(folder: Path, seed: str = "client_aliases") -> list[list[str]]:
    with (folder / f"{seed}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def test_an_accepted_pair_is_a_line(folder):
    assert accept(folder, "Beyonce", "Beyoncé") == (
        "Merged: “Beyonce” → “Beyoncé” (this name stays), in client_aliases.csv."
    )
    accept(folder, 'Oak, "Pine"', "Oak & Pine")
    assert (folder / "client_aliases.csv").read_text() == (
        'alias,name\nBeyonce,Beyoncé\n"Oak, ""Pine""",Oak & Pine\n'
    )
    assert sorted(path.suffix for path in folder.iterdir()) == [".csv"] * 4


def test_no_line_is_there_twice(folder):
    accept(folder, "Luna V.", "Luna Vale")
    assert "until now" not in accept(folder, "LUNA  v.", "luna vale")
    assert len(lines(folder)) == 1
    assert "was merged into “luna vale” until now" in accept(folder, "Luna V.", "Luna")
    assert lines(folder) == [["Luna V.", "Luna"]]


def test_a_name_that_is_an_alias_leads_to_its_target(folder):
    accept(folder, "B", "C")
    assert "“B” is itself merged into “C”." in accept(folder, "A", "B")
    assert lines(folder) == [["B", "C"], ["A", "C"]]


def test_aliases_of_a_new_alias_follow_it(folder):
    accept(folder, "A", "B")
    assert "Merged with it: “A” → “C”." in accept(folder, "b", "C")
    assert lines(folder) == [["A", "C"], ["b", "C"]]


def test_no_two_names_are_aliases_of_each_other(folder):
    accept(folder, "A", "B")
    assert "are merged already" in accept(folder, "B", "A")
    accept(folder, "B", "C")
    assert "are merged already" in accept(folder, "C", "A")
    assert lines(folder) == [["A", "C"], ["B", "C"]]


def test_playlists_are_told_apart_by_their_curators(folder):
    seeds = AliasSeeds(folder)
    seeds.accept("playlist", EntityName("Gim", "Ann"), EntityName("Gym", "Ann"))
    seeds.accept("playlist", EntityName("Gim"), EntityName("Gym 2"))
    assert lines(folder, "playlist_aliases") == [["Gim", "Ann", "Gym"], ["Gim", "", "Gym 2"]]
    seeds.accept("playlist", EntityName("Gym 2"), EntityName("Gym 3"))
    assert lines(folder, "playlist_aliases")[1:] == [["Gim", "", "Gym 3"], ["Gym 2", "", "Gym 3"]]


def test_a_rejected_pair_is_a_line_in_either_order(folder):
    seeds = AliasSeeds(folder)
    seeds.reject("client", EntityName("A"), EntityName("B"))
    seeds.reject("client", EntityName("b"), EntityName("a"))
    seeds.reject("vendor", EntityName("B"), EntityName("A"))
    assert lines(folder, "rejected_matches") == [["client", "A", "B"], ["vendor", "B", "A"]]
    assert seeds.decisions("client").cover(EntityName("B"), EntityName("A"))
    assert not seeds.decisions("playlist").cover(EntityName("B"), EntityName("A"))


def test_what_else_a_seed_has_stays(folder):
    path = folder / "client_aliases.csv"
    path.write_bytes("\ufeffalias,name,why\r\nOld,New,she said so".encode())
    path.chmod(0o640)
    accept(folder, "A", "B")
    assert path.read_bytes() == b"alias,name,why\nOld,New,she said so\nA,B,\n"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_seed_that_is_a_link_stays_one(folder, tmp_path):
    path, real = folder / "client_aliases.csv", tmp_path / "real.csv"
    path.rename(real)
    path.symlink_to(real)
    accept(folder, "A", "B")
    assert path.is_symlink()
    assert real.read_text() == "alias,name\nA,B\n"


def test_a_write_that_fails_leaves_the_seed_as_it_was(folder, monkeypatch):
    accept(folder, "A", "B")
    before = (folder / "client_aliases.csv").read_bytes()

    def refuse(_):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(UserError, match="cannot be written: No space left"):
        accept(folder, "C", "D")
    assert (folder / "client_aliases.csv").read_bytes() == before
    assert sorted(path.suffix for path in folder.iterdir()) == [".csv"] * 4


@pytest.mark.parametrize("content", ["alias\nA\n", "alias,name\nA,B,C\n", "", "alias,name\n\xff"])
def test_a_seed_that_cannot_be_read_is_told(folder, content):
    (folder / "client_aliases.csv").write_bytes(content.encode("latin-1"))
    with pytest.raises(UserError, match=r"client_aliases\.csv"):
        accept(folder, "A", "B")
    assert (folder / "client_aliases.csv").read_bytes() == content.encode("latin-1")


def test_a_name_that_a_seed_cannot_hold_is_told(folder):
    with pytest.raises(UserError, match="“null”"):
        accept(folder, "NULL", "B")
    assert lines(folder) == []
