"""The help texts: sections, whole summaries, and an example for every command."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from playledger.cli.help import SectionedGroup, examples
from playledger.cli.main import main


def commands(group: click.Group, *path: str) -> Iterator[tuple[str, ...]]:
    """The names of all commands, of groups too."""
    for name, command in group.commands.items():
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)


def help_of(*path: str, width: int = 80) -> str:
    long, short = (
        CliRunner().invoke(main, [*path, option], terminal_width=width)
        for option in ("--help", "-h")
    )
    assert (long.exit_code, short.exit_code, long.output) == (0, 0, short.output)
    assert long.output.startswith("Usage: ")
    return long.output


def test_every_command_is_in_one_section():
    listed = [name for names in main.sections.values() for name in names]
    assert sorted(listed) == sorted(main.commands)
    text = help_of()
    titles = [f"\n{title}:\n" for title in main.sections]
    assert sorted(titles, key=text.index) == titles


@pytest.mark.parametrize("width", [60, 80, 200])
def test_no_summary_is_cut(width):
    _, _, shown = help_of(width=width).partition(next(iter(main.sections)))
    text = " ".join(shown.split())
    assert "..." not in text
    for command in main.commands.values():
        summary = " ".join(command.help.partition("\n\n")[0].split())
        assert f" {command.name} {summary}" in text


@pytest.mark.parametrize("path", list(commands(main)), ids=" ".join)
def test_every_command_has_an_example_of_itself(path):
    _, _, shown = help_of(*path).partition("Example")
    lines = [line.strip() for line in shown.splitlines()[1:] if line.strip()]
    assert lines
    assert all(line.startswith(f"playledger {' '.join(path)}") for line in lines)


def test_sections_keep_the_order_in_which_they_were_added():
    group = SectionedGroup("tool")
    long = "A summary " + "that goes on " * 20 + "and ends here."
    for section, name in (("Second", "b"), ("First", "a")):
        group.add_section(section, click.Command(name, help=long, epilog=examples(name)))
    result = CliRunner().invoke(group, ["--help"], terminal_width=80)
    assert result.output.index("Second:") < result.output.index("First:")
    assert result.output.count("and ends here") == 2
