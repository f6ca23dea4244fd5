"""Run the measurements that are named, or all: `python -m bench [habit load ...]`.

Each prints what it took, its limit, and the ratio of both. Nothing here passes or fails: a time is
true of one machine at one moment.
"""

from __future__ import annotations

import argparse

from bench import habit, load, publish, scrape, web

MEASUREMENTS = {
    "habit": habit.measure,
    "load": load.measure,
    "publish": publish.measure,
    "scrape": scrape.measure,
    "web": web.measure,
}


def main() -> None:
    """Measure, one after the other."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", choices=[*MEASUREMENTS, []], metavar="NAME")
    parser.add_argument("--rows", type=int, default=1_000_000, help="of the export that is loaded")
    parser.add_argument("--songs", type=int, default=400, help="that are scraped")
    parser.add_argument("--campaigns", type=int, default=web.SAMPLE, help="whose pages are shown")
    options = parser.parse_args()
    sizes = {"load": [options.rows], "scrape": [options.songs], "web": [options.campaigns]}
    for name in options.names or MEASUREMENTS:
        for line in MEASUREMENTS[name](*sizes.get(name, [])):
            print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
