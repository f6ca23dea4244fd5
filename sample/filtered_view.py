"""A filtered view of the later export: the open campaigns one day later, with other columns.

    Catalogue, rows of the later export ──► write_view() ──► filtered_view.csv, matches.tsv

It has 23 columns in another order: five of the list are missing, and two are lookups of other
tables. `matches.tsv` gives the row of the later export for each row.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

from sample.catalogue import Campaign, Catalogue
from sample.csv_cells import HEADER, RowFormatter
from sample.next_export import FIRST_ROW
from sample.output_files import open_csv
from sample.schedule import DAY, EXPORTED_AT, WEEK, Progress, advance_progress, modified_within
from sample.seeded_random import rng_for
from sample.weekly_draw import in_proportion

VIEW_HEADER = (
    "Campaign", "Status", "Client", "Client Email", "Email 2 (from Clients)", "Vendor",
    "Vendor Email", "Salesperson", "Goal", "Remaining", "Daily", "Weekly", "URL", "Start Date",
    "Sale price", "Invoice", "Paid Vendor?", "Notify Vendor?", "Curator Status", "Playlists",
    "SP Playlist Stuff", "Notes", "Last Modified",
)  # fmt: skip
OPEN_STATUSES = ("Active", "Paused", "Pending", "Unreleased")
STATUSES_CHANGED, STREAMED = 8, 24  # per 600 campaigns, in the day after the later export


def write_view(
    folder: Path, catalogue: Catalogue, rows: Iterable[Campaign], campaigns: int
) -> None:
    """Write the view; `rows` are those of the later export, in their order."""
    folder.mkdir(parents=True, exist_ok=True)
    formatter = RowFormatter(catalogue)
    shown = [
        (row, campaign)
        for row, campaign in enumerate(rows, FIRST_ROW)
        if campaign.status in OPEN_STATUSES
    ]
    shown.sort(key=lambda entry: (entry[1].start or date.min, entry[0]))
    later = _one_day_later(dict(shown), catalogue.seed, campaigns)
    with open_csv(folder / "filtered_view.csv", VIEW_HEADER) as view:
        for campaign in later.values():
            cells = dict(zip(HEADER, formatter.row(campaign), strict=True))
            cells |= _lookup_cells(campaign, cells)
            view.writerow(cells[column] for column in VIEW_HEADER)
    with open_csv(folder / "matches.tsv", ("row", "known_row"), "excel-tab") as matches:
        matches.writerows(enumerate(later, FIRST_ROW))


def _one_day_later(shown: dict[int, Campaign], seed: int, campaigns: int) -> dict[int, Campaign]:
    """Return the campaigns by row, some with another open status or with more streams."""
    drawn = sorted(shown, key=lambda row: rng_for(seed, "view", shown[row].number).random())
    statuses = in_proportion(STATUSES_CHANGED, campaigns)
    running = [row for row in drawn[statuses:] if shown[row].status == "Active"]
    moving = [row for row in running if shown[row].progress.daily]
    later = dict(shown)
    for row in drawn[:statuses]:
        rng = rng_for(seed, "view status", shown[row].number)
        later[row] = _in_another_status(shown[row], rng)
    for row in moving[: in_proportion(STREAMED, campaigns)]:
        rng = rng_for(seed, "view streams", shown[row].number)
        progress = advance_progress(shown[row].progress, DAY.days, rng)
        later[row] = replace(shown[row], progress=progress)
    return later


def _in_another_status(campaign: Campaign, rng: Random) -> Campaign:
    """Return an active campaign as paused, any other as active."""
    before = campaign.progress
    status = "Paused" if campaign.status == "Active" else "Active"
    is_fresh = status == "Active" and before.remaining is None
    remaining = campaign.goal if is_fresh else before.remaining
    return replace(
        campaign,
        status=status,
        progress=before if remaining is None else Progress(remaining, 0, 0),
        modified=modified_within(EXPORTED_AT + WEEK, DAY, rng),
    )


def _lookup_cells(campaign: Campaign, cells: dict[str, str]) -> dict[str, str]:
    """Return the cells of the two lookup columns, empty for about half of the rows."""
    first = campaign.clients[0] if campaign.clients else 1
    return {
        "Email 2 (from Clients)": "" if first % 2 else f"accounts{first}@mail.example",
        "SP Playlist Stuff": "" if campaign.number % 3 else cells["Playlists"],
    }
