"""Run some measurements, or all: `python -m bench [habit load ...]`.

Each prints its figure, its limit, and the ratio of both. Nothing here passes or fails: a time holds
for one machine at one moment.
"""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from bench import habit, load, publish, scrape, web, weeks

NAMES = ("habit", "load", "publish", "scrape", "web", "weeks")
MILLION = 1_000_000


def main() -> None:
    """Run the measurements one after the other."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], metavar="NAME")
    parser.add_argument("--rows", type=int, default=MILLION, help="rows of the export to load")
    parser.add_argument("--songs", type=int, default=400, help="songs to scrape")
    parser.add_argument(
        "--campaigns",
        type=int,
        help=f"campaigns to show pages of; else {web.SAMPLE:,}, then {MILLION:,}",
    )
    parser.add_argument(
        "--weeks", type=int, nargs="+", default=weeks.WEEKS, help="weeks to measure, from 2"
    )
    parser.add_argument("--times", type=int, default=3, help="measurements for each figure")
    parser.add_argument("--json", type=Path, metavar="FILE", help="where a record is kept")
    options = parser.parse_args()
    sizes = [options.campaigns] if options.campaigns else [web.SAMPLE, MILLION]
    measurements = {
        "habit": [habit.measure],
        "load": [partial(load.measure, options.rows)],
        "publish": [publish.measure],
        "scrape": [partial(scrape.measure, options.songs)],
        "web": [partial(web.measure, campaigns) for campaigns in sizes],
        "weeks": [partial(weeks.measure, options.weeks, options.times, options.json)],
    }
    for name in options.names or NAMES:
        for measure in measurements[name]:
            for line in measure():
                print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
