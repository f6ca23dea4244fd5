"""Run some measurements, or those that take minutes: `python -m bench [habit load ...]`.

Each prints its figure, its limit, and the ratio of both. Nothing here passes or fails: a time holds
for one machine at one moment. `python -m bench chart FILE...` makes docs/performance.md of records.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from bench import growth, habit, load, pages, publish, scrape, web, weeks

NAMES = ("habit", "load", "publish", "scrape", "web")
LONG = ("weeks", "growth")  # half an hour, and hours: by name only
MILLION = 1_000_000

Measure = Callable[[], Iterator[str]]


def main() -> None:
    """Run the measurements one after the other."""
    parser = _parser()
    options = parser.parse_args()
    if options.names[:1] == ["chart"]:
        _show(pages.write_pages([Path(name) for name in options.names[1:]]))
        return
    if unknown := set(options.names) - {*NAMES, *LONG}:
        parser.error(f"no measurement is called {', '.join(sorted(unknown))}")
    if options.json and len(set(options.names) & set(LONG)) > 1:
        parser.error("--json names the file of one record: measure one of them")
    measurements = _measurements(options)
    for name in options.names or NAMES:
        for measure in measurements[name]:
            _show(measure())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__.partition("\n")[0])
    known = ", ".join((*NAMES, *LONG))
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{known}; or chart FILE...")
    parser.add_argument("--rows", type=int, default=MILLION, help="rows of the export to load")
    parser.add_argument("--songs", type=int, default=400, help="songs to scrape")
    parser.add_argument(
        "--campaigns",
        type=int,
        help=f"campaigns to show pages of; else {web.SAMPLE:,}, then {MILLION:,}",
    )
    parser.add_argument(
        "--weeks", type=int, nargs="+", default=weeks.WEEKS, help="weeks to measure, from 2 on"
    )
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=growth.SIZES, help="campaigns to grow to"
    )
    parser.add_argument("--times", type=int, help="how often weeks (3) and growth (1) measure")
    parser.add_argument("--json", type=Path, metavar="FILE", help="where a record is kept")
    return parser


def _measurements(options: argparse.Namespace) -> dict[str, list[Measure]]:
    sizes = [options.campaigns] if options.campaigns else [web.SAMPLE, MILLION]
    return {
        "habit": [habit.measure],
        "load": [partial(load.measure, options.rows)],
        "publish": [publish.measure],
        "scrape": [partial(scrape.measure, options.songs)],
        "web": [partial(web.measure, campaigns) for campaigns in sizes],
        "weeks": [partial(weeks.measure, options.weeks, options.times or 3, options.json)],
        "growth": [partial(growth.measure, options.sizes, options.times or 1, options.json)],
    }


def _show(lines: Iterator[str]) -> None:
    for line in lines:
        print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
