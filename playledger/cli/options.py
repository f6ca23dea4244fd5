"""Options that several commands share: the files that they are about.

    words ──► input_options() ──► csv, scraped, roster, view, allow_older, allow_shrink

Which of them are there when none is named, `playledger.sync.input_selection` says.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

ANY_PATH = click.Path(path_type=Path)


def input_options(command: Callable) -> Callable:
    """The files to load; none named means the sample."""
    for name, sentence in (
        ("--roster", "Roster result, or a folder of them (JSON)."),
        ("--scraped", "Scraped song page, or a folder of them (JSON)."),
        ("--csv", "Campaign export, or a folder of them (CSV)."),
    ):
        command = click.option(name, type=ANY_PATH, metavar="PATH", help=sentence)(command)
    for name, sentence in (
        ("--view", "The export is a filtered view: it takes nothing away."),
        ("--allow-older", "Load an export that is older than one that is loaded."),
        ("--allow-shrink", "Load an export with over a fifth fewer rows than the last."),
    ):
        command = click.option(name, is_flag=True, help=sentence)(command)
    return command
