"""The files of a list of any size: a sample, its next export, and a day of scrapes.

    campaigns ──► growth_files() ──► GrowthFiles: first, edited.csv, day/

The next export has new campaigns on top, 1 for 2,000, and edits in 1% of the rows; a day scrapes
157 songs of the roster again. Everything is made once and kept.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from sample import make_sample
from sample.catalogue import Campaign, Catalogue, catalogue_of
from sample.csv_cells import HEADER, RowFormatter
from sample.new_campaigns import new_song
from sample.output_files import open_csv
from sample.roster_results import write_roster
from sample.schedule import EXPORTED_AT, ROWS_IN_BLOCK
from sample.scraped_files import work_list, write_files
from sample.scraped_pages import BETWEEN_SONGS, Scrape
from sample.seeded_random import rng_for
from sample.weekly_list import edit_row

SEED = 1
EDITED_EVERY, NEW_EVERY = 100, 2_000  # rows
SCRAPED_IN_A_DAY, LATER_SCRAPE = 157, 100  # the nth scrape of a song, after those of the sample
SCRAPED_AFTER = timedelta(days=120)  # later than all scrapes of the sample


@dataclass(frozen=True, slots=True)
class GrowthFiles:
    """The folder of a sample, the next export, and the folder of a day's scraped files."""

    first: Path
    edited: Path
    day: Path
    changed: int  # new and edited campaigns of the next export


def growth_files(folder: Path, campaigns: int) -> GrowthFiles:
    """Make the files of a list of so many campaigns, unless the folder has them."""
    new = -(-campaigns // NEW_EVERY)
    files = GrowthFiles(
        folder, folder / "edited.csv", folder / "day", new + len(_edited(campaigns))
    )
    if not (folder / "truth.json").exists():
        catalogue = catalogue_of(SEED)
        make_sample(folder, campaigns, SEED)
        _write_edited(files, catalogue, campaigns, new)
        _write_day(files.day, catalogue, campaigns)
    return files


def _edited(campaigns: int) -> range:
    return range(EDITED_EVERY // 2, campaigns, EDITED_EVERY)


def _write_edited(files: GrowthFiles, catalogue: Catalogue, campaigns: int, new: int) -> None:
    edited, formatter = _edited(campaigns), RowFormatter(catalogue)
    export = files.first / "campaigns_export.csv"
    with (
        export.open(encoding="utf-8-sig", newline="") as before,
        open_csv(files.edited, HEADER) as after,
    ):
        after.writerows(map(formatter.row, _new(catalogue, campaigns, new)))
        rows = csv.reader(before)
        next(rows)
        for number, row in enumerate(rows):
            if number in edited:
                rng = rng_for(SEED, "growth", number)
                campaign = edit_row(catalogue.campaign(number), catalogue, rng, EXPORTED_AT)
                row = formatter.row(campaign)
            after.writerow(row)


def _new(catalogue: Catalogue, campaigns: int, new: int) -> Iterator[Campaign]:
    def draw_earlier(rng: Random) -> Campaign:
        return catalogue.campaign(rng.randrange(campaigns))

    first = -(-campaigns // ROWS_IN_BLOCK) * ROWS_IN_BLOCK
    for number in range(first, first + new):
        yield new_song(catalogue, number, draw_earlier)


def _write_day(folder: Path, catalogue: Catalogue, campaigns: int) -> None:
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as unused:  # the sample has these results
        roster = write_roster(Path(unused), catalogue, campaigns)
    songs = work_list(catalogue, roster)[:SCRAPED_IN_A_DAY]
    scrapes = (
        Scrape(place, place, LATER_SCRAPE, song, track_id, _at(place))
        for place, (song, track_id) in enumerate(songs)
    )
    write_files(folder, catalogue, campaigns, scrapes)


def _at(place: int) -> datetime:
    return EXPORTED_AT + SCRAPED_AFTER + place * BETWEEN_SONGS
