"""Weeks of an agency: each week's export, scraped songs, and now and then a roster result.

    campaigns, weeks, seed ──► make_weeks() ──► week_001/{export.csv, scraped/, roster/}, ...

The weeks are to be loaded in their order, one by one or together. A week scrapes 157 songs for 653
campaigns, in turn, so that a song comes again in a week or two, and later as more songs are known.
In the first week and every eighth after it the labels with new campaigns are looked up on the
roster. Only the list's current rows are kept in memory.
"""

from collections import Counter, deque
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sample.catalogue import Campaign, Catalogue, Song, catalogue_of
from sample.csv_cells import HEADER, RowFormatter
from sample.output_files import open_csv
from sample.roster_results import Roster, Run, write_result
from sample.scraped_files import work_list, write_files
from sample.scraped_pages import BETWEEN_SONGS, Scrape
from sample.weekly_list import COUNTED_ROWS, WeeklyList

SCRAPED_FILES = 157  # a week, for each `COUNTED_ROWS` campaigns of the first export
WEEKS_BETWEEN_ROSTERS = 8
ALL_ROWS = 10**9  # a page may name every campaign of its song, also later ones
BEFORE_EXPORT, BEFORE_ROSTER = timedelta(days=1), timedelta(days=2)


class ScrapeTurns:
    """The songs on the roster, scraped in turn; those that are new come first."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._turns: deque[tuple[int, Song, str]] = deque()
        self._known: set[str] = set()
        self._times = Counter[str]()
        self._number = 0

    def add(self, roster: Roster) -> None:
        """Put the songs that are new on the roster in front, and a few that have no campaign."""
        for song, track_id in reversed(work_list(self._catalogue, roster)):
            if track_id not in self._known:
                self._turns.appendleft((len(self._known), song, track_id))
                self._known.add(track_id)

    def week(self, files: int, moment: datetime) -> Iterator[Scrape]:
        """Yield this many scrapes, each song at most once, from a moment on."""
        for turn in range(min(files, len(self._turns))):
            place, song, track_id = self._turns[0]
            self._turns.rotate(-1)
            at, nth = moment + turn * BETWEEN_SONGS, self._times[track_id]
            yield Scrape(self._number, place, nth, song, track_id, at)
            self._times[track_id] += 1
            self._number += 1


def make_weeks(
    out: Path, weeks: int, campaigns: int = 653, seed: int = 1, scraped_files: int | None = None
) -> Iterator[Path]:
    """Write so many weeks into the folder `out`, and yield the folder of each when it is written.

    `scraped_files` is how many songs a week scrapes, by default in proportion to the campaigns.
    """
    if scraped_files is None:
        scraped_files = round(SCRAPED_FILES * campaigns / COUNTED_ROWS)
    catalogue = catalogue_of(seed)
    rows, turns, roster = WeeklyList(catalogue, campaigns), ScrapeTurns(catalogue), Roster()
    unlisted: list[Campaign] = list(rows.rows)
    for week in range(1, weeks + 1):
        if week > 1:
            unlisted += rows.advance()
        folder = out / f"week_{week:03}"
        (folder / "scraped").mkdir(parents=True, exist_ok=True)
        _write_rows(folder / "export.csv", catalogue, rows.rows)
        if week % WEEKS_BETWEEN_ROSTERS == 1:
            (folder / "roster").mkdir(exist_ok=True)
            run = _run(rows.exported_at - BEFORE_ROSTER)
            write_result(folder / "roster", catalogue, run, unlisted, roster)
            unlisted.clear()
            turns.add(roster)
        scrapes = turns.week(scraped_files, rows.exported_at - BEFORE_EXPORT)
        write_files(folder / "scraped", catalogue, ALL_ROWS, scrapes)
        yield folder


def _write_rows(path: Path, catalogue: Catalogue, rows: list[Campaign]) -> None:
    formatter = RowFormatter(catalogue)
    with open_csv(path, HEADER) as export:
        export.writerows(map(formatter.row, rows))


def _run(moment: datetime) -> Run:
    return Run(f"{moment:%Y%m%d_%H%M%S}", moment.isoformat(timespec="microseconds"))
