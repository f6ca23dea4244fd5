"""The paths that documents name exist, and the README's tree has every room."""

import re
from pathlib import Path

import pytest

from tests.project import PROJECT
from tests.python.support.markdown import code_words, tables

ARCHITECTURE = PROJECT / "docs/architecture.md"
README = PROJECT / "README.md"
PAGES = [README, PROJECT / "CONTRIBUTING.md", *sorted((PROJECT / "docs").glob("*.md"))]

TREE = re.compile(r"^## Where things are$.*?^```$(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s#]+)(?:#[\w-]+)?\)")
# A path in running text: in a folder of the project, with a suffix or a slash at its end.
PATH = re.compile(r"(?:\w[\w.-]*/)+(?:[\w.-]+\.\w+)?")
WANTED = "I want to change ..."


def changes():
    """The rows of the table that says where to change what."""
    (table,) = [each for each in tables(ARCHITECTURE) if each.header[0] == WANTED]
    return table.rows


def folders(*parents):
    """The folders with files in some folders of the project, with a slash at the end."""
    return {
        f"{folder.relative_to(PROJECT).as_posix()}/"
        for parent in parents
        for folder in (PROJECT / parent).iterdir()
        if folder.is_dir()
        and folder.name[0] not in "._"
        and any(map(Path.is_file, folder.rglob("*.*")))
    }


def ignored():
    """The folders that Git does not keep."""
    lines = (PROJECT / ".gitignore").read_text("utf-8").splitlines()
    return {f"{line.strip().strip('/')}/" for line in lines}


def entries_of_tree():
    """The folders in the README's tree, each with those above it."""
    above: list[tuple[int, str]] = []
    found = []
    for line in TREE.search(README.read_text("utf-8"))[1].splitlines():
        match = re.match(r"( *)(\S+/)\s+\S", line)
        if not match:
            continue
        depth, name = len(match[1]), match[2]
        above = [(indent, parent) for indent, parent in above if indent < depth]
        found.append("".join(parent for _, parent in above) + name)
        above.append((depth, name))
    return found


def test_the_table_of_changes_is_long_enough_to_be_of_use():
    assert len(changes()) >= 15


@pytest.mark.parametrize("row", changes(), ids=[row[WANTED] for row in changes()])
def test_each_change_names_files_that_exist(row):
    named = [word for word in code_words(row["open"]) if "." in word]
    assert named
    assert [name for name in named if not (PROJECT / name).is_file()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_and_link_of_a_page_exists(page):
    text = page.read_text("utf-8")
    top = {each.name for each in PROJECT.iterdir() if each.is_dir()}
    paths = {
        word
        for word in code_words(re.sub(r"```.*?```", "", text, flags=re.DOTALL))
        if PATH.fullmatch(word) and word.split("/")[0] in top
    }
    links = {link for link in LINK.findall(text) if "://" not in link}
    assert [path for path in sorted(paths) if not (PROJECT / path).exists()] == []
    assert [link for link in sorted(links) if not (page.parent / link).exists()] == []


def test_the_tree_of_the_readme_has_every_room_and_no_other():
    rooms = folders(".", "loaders", "playledger", "models", "macros", "tests") - ignored()
    tree = entries_of_tree()
    assert rooms - set(tree) == set()
    assert [entry for entry in tree if not (PROJECT / entry).is_dir()] == []


def test_the_readme_is_short():
    assert len(README.read_text("utf-8").splitlines()) < 150
