"""Options that several commands share: the files to load.

    --csv, --scraped, --roster, --view, --allow-... ──► input_options() ──► InputOptions

`playledger.sync.input_selection` decides what is loaded when none is named.
"""

import functools
from collections.abc import Callable
from pathlib import Path

import click

from loaders.export_order import LoadOverrides
from loaders.files.last_modified import Order
from playledger.sync.options import InputOptions

ANY_PATH = click.Path(path_type=Path)
PATHS = {
    "--csv": "Campaign export, or a folder of them (CSV).",
    "--scraped": "Scraped song page, or a folder of them (JSON).",
    "--roster": "Roster result, or a folder of them (JSON).",
}
FLAGS = {
    "--view": "The export is a filtered view: campaigns that it lacks stay current.",
    "--allow-older": "Accept an older export: it fills what is empty, and newer values stay.",
    "--allow-shrink": "Accept an export with under 80% of the last full export's rows.",
    "--accept-list": "Accept an export whose columns are those of another list.",
}
DATE_ORDER = click.option(
    "--date-order",
    type=click.Choice(["month_day", "day_month"]),
    help="How the exports write 4 September: 9/4/2025 or 4/9/2025; also for a loaded file.",
)


encoding_option = click.option(
    "--encoding", metavar="NAME", help="Encoding of the exports: `Mac Roman`, `cp1250` and so on."
)


def input_options(command: Callable) -> Callable:
    """The files to load, and what to accept; the command gets them as `inputs`."""

    @functools.wraps(command)
    def with_inputs(
        *arguments: object,
        view: bool,
        allow_older: bool,
        allow_shrink: bool,
        accept_list: bool,
        encoding: str | None,
        date_order: Order | None,
        **options: object,
    ) -> object:
        paths = [options.pop(name.removeprefix("--")) for name in PATHS]
        overrides = LoadOverrides(allow_older, allow_shrink, accept_list)
        inputs = InputOptions(*paths, view, overrides, encoding, date_order)
        return command(*arguments, inputs=inputs, **options)

    with_inputs = DATE_ORDER(encoding_option(with_inputs))
    for name, sentence in reversed(FLAGS.items()):
        with_inputs = click.option(name, is_flag=True, help=sentence)(with_inputs)
    for name, sentence in reversed(PATHS.items()):
        with_inputs = click.option(name, type=ANY_PATH, metavar="PATH", help=sentence)(with_inputs)
    return with_inputs
