"""Run the measurements that are named, or all: `python -m bench [scrape publish ...]`.

Each prints what it took, its limit, and the ratio of both. Nothing here passes or fails: a time is
true of one machine at one moment.
"""

from __future__ import annotations

import argparse

from bench import publish, scrape

MEASUREMENTS = {"publish": publish.measure, "scrape": scrape.measure}


def main() -> None:
    """Measure, one after the other."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", choices=[*MEASUREMENTS, []], metavar="NAME")
    parser.add_argument("--songs", type=int, default=400, help="that are scraped")
    options = parser.parse_args()
    for name in options.names or MEASUREMENTS:
        sizes = [options.songs] if name == "scrape" else []
        for line in MEASUREMENTS[name](*sizes):
            print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
