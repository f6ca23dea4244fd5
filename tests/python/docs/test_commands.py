"""The commands and targets that documents name exist, with the options that they are given."""

import re
import shlex

import click
import pytest

from playledger.cli.main import main
from tests.project import PROJECT

PAGES = [
    PROJECT / "README.md",
    PROJECT / "CONTRIBUTING.md",
    *sorted((PROJECT / "docs").glob("*.md")),
    PROJECT / "production/schedule.md",
]
TARGETS = set(re.findall(r"^([a-z][\w-]*):", (PROJECT / "Makefile").read_text("utf-8"), re.M))
FENCED = re.compile(r"^```(?:sh|crontab|ini)$(.*?)^```$", re.MULTILINE | re.DOTALL)
# Of a shell, not of the command.
STOP = re.compile(r"\s(?:#|>>|\|\||&&|;).*")


def lines_of_code(page):
    """The lines of shell code and the words in backticks of a page."""
    text = page.read_text("utf-8")
    fenced = "\n".join(FENCED.findall(text)).splitlines()
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S))
    return [STOP.sub("", line) for line in (*fenced, *inline)]


def calls(page):
    """The words after `playledger` in each line that calls it."""
    lines = (line.strip() for line in lines_of_code(page))
    found = [re.search(r"(?:^|/|\s)(?:playledger|\$BIN) (\S.*)", line) for line in lines]
    return [shlex.split(match[1]) for match in found if match]


def problem(words):
    """What is wrong with a call, or None."""
    command, context = main, click.Context(main)
    while isinstance(command, click.Group) and words:
        if words[0] in ("--help", "--version"):
            return None
        options = {name for option in command.params for name in option.opts}
        if words[0].split("=")[0] in options:
            words = words[2:]
            continue
        name, *words = words
        command = command.get_command(context, name)
        if command is None:
            return f"there is no command {name}"
    known = {name for option in command.params for name in (*option.opts, *option.secondary_opts)}
    unknown = [word for word in words if word.startswith("--") and word.split("=")[0] not in known]
    return f"{command.name} has no {', '.join(unknown)}" if unknown else None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_a_page_exists_with_its_options(page):
    wrong = [(words, problem(words)) for words in calls(page) if words[0] != "<command>"]
    assert [each for each in wrong if each[1]] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_of_a_page_exists(page):
    named = {target for line in lines_of_code(page) for target in re.findall(r"\bmake (\S+)", line)}
    assert named - TARGETS == set()


def test_pages_name_commands():
    assert sum(len(calls(page)) for page in PAGES) > 20
