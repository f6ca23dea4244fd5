"""A filtered view of the later export: the open campaigns, a day on, with columns of its own.

    Catalogue, rows of the later export ──► write_view() ──► filtered_view.csv, matches.tsv

It has 23 columns: it lacks five of the list and shows two that are looked up in other tables, in
an order of its own. `matches.tsv` gives the row of the later export that each row shows.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

from sample.catalogue import Campaign, Catalogue
from sample.csv_cells import HEADER, Typist
from sample.next_export import FIRST_ROW
from sample.schedule import DAY, EXPORTED_AT, WEEK, Progress, modified_within, streams_came
from sample.seeded_random import dice
from sample.weekly_draw import in_proportion

VIEW_HEADER = (
    "Campaign", "Status", "Client", "Client Email", "Email 2 (from Clients)", "Vendor",
    "Vendor Email", "Salesperson", "Goal", "Remaining", "Daily", "Weekly", "URL", "Start Date",
    "Sale price", "Invoice", "Paid Vendor?", "Notify Vendor?", "Curator Status", "Playlists",
    "SP Playlist Stuff", "Notes", "Last Modified",
)  # fmt: skip
OPEN_STATUSES = ("Active", "Paused", "Pending", "Unreleased")
STATUSES_CHANGED, STREAMED = 8, 24  # in the day after the later export, of 600 campaigns


def write_view(
    folder: Path, catalogue: Catalogue, rows: Iterable[Campaign], campaigns: int
) -> None:
    """Write the view of these rows, which are those of the later export in their order."""
    folder.mkdir(parents=True, exist_ok=True)
    typist = Typist(catalogue)
    shown = [
        (row, campaign)
        for row, campaign in enumerate(rows, FIRST_ROW)
        if campaign.status in OPEN_STATUSES
    ]
    shown.sort(key=lambda entry: (entry[1].start or date.min, entry[0]))
    later = _a_day_on(dict(shown), catalogue.seed, campaigns)
    with (folder / "filtered_view.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(VIEW_HEADER)
        for campaign in later.values():
            cells = dict(zip(HEADER, typist.row(campaign), strict=True))
            cells |= _looked_up(campaign, cells)
            writer.writerow(cells[column] for column in VIEW_HEADER)
    with (folder / "matches.tsv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, "excel-tab", lineterminator="\n")
        writer.writerow(("row", "known_row"))
        writer.writerows(enumerate(later, FIRST_ROW))


def _a_day_on(shown: dict[int, Campaign], seed: int, campaigns: int) -> dict[int, Campaign]:
    """Return the campaigns by row, some of them in another open status or further on."""
    drawn = sorted(shown, key=lambda row: dice(seed, "view", shown[row].number).random())
    statuses = in_proportion(STATUSES_CHANGED, campaigns)
    running = [row for row in drawn[statuses:] if shown[row].status == "Active"]
    moving = [row for row in running if shown[row].progress.daily]
    later = dict(shown)
    for row in drawn[:statuses]:
        chance = dice(seed, "view status", shown[row].number)
        later[row] = _in_another_status(shown[row], chance)
    for row in moving[: in_proportion(STREAMED, campaigns)]:
        chance = dice(seed, "view streams", shown[row].number)
        progress = streams_came(shown[row].progress, DAY.days, chance)
        later[row] = replace(shown[row], progress=progress)
    return later


def _in_another_status(campaign: Campaign, chance: Random) -> Campaign:
    """Return a running campaign as paused, and one that stood still as running."""
    was = campaign.progress
    status = "Paused" if campaign.status == "Active" else "Active"
    remaining = campaign.goal if status == "Active" and was.remaining is None else was.remaining
    return replace(
        campaign,
        status=status,
        progress=was if remaining is None else Progress(remaining, 0, 0),
        modified=modified_within(EXPORTED_AT + WEEK, DAY, chance),
    )


def _looked_up(campaign: Campaign, cells: dict[str, str]) -> dict[str, str]:
    """Return the cells of the two columns that other tables fill, empty as often as not."""
    first = campaign.clients[0] if campaign.clients else 1
    has_playlists = campaign.number % 3 == 0
    return {
        "Email 2 (from Clients)": "" if first % 2 else f"accounts{first}@mail.example",
        "SP Playlist Stuff": cells["Playlists"] if has_playlists else "",
    }
