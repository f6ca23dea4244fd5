"""What a new value does to a known one: every column of four tables holds what its rule says.

The rules are those that the tables declare. One export changes every cell, the next blanks every
cell, and what the ledger holds is looked at after each.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
import yaml

from tests.project import PROJECT
from tests.python.models.test_end_to_end import edited
from tests.python.models.test_nothing_is_lost import WITHOUT_TESTS, first_scrape
from tests.python.support.ledger import Ledger, put_back

KEYS = {
    "campaigns": "campaign_id",
    "clients": "client_id",
    "vendors": "vendor_id",
    "songs": "track_id",
}
LIVE = ("staging/airtable/_stg_airtable.yml", "matching/_matching.yml", "marts/_marts.yml")
BOXES = ("SFA", "Paid Vendor?", "Notify Vendor?", "Ask For SFA", "Update Client")
ARTIST = "7ArtistArtistArtist777"
TYPED, REPLACED, FOUND = (
    f"https://artists.spotify.com/c/artist/{ARTIST}/song/{track}/stats"
    for track in ("7TypedTypedTypedTyped7", "7ReplacedReplacedRepl7", "7FoundFoundFoundFound7")
)


def declared() -> list[tuple[str, str, str]]:
    """(table, column, rule) of every live table, as the YAML has them."""
    files = [PROJECT / "models" / name for name in LIVE]
    models = [one for path in files for one in yaml.safe_load(path.read_text())["models"]]
    rules = []
    for model in models:
        key = model.get("config", {}).get("unique_key")
        if key is None:
            continue  # a step on the way to a live table
        fixed = dict.fromkeys([key] if isinstance(key, str) else key, "key")
        fixed |= {"created_at": "never", "updated_at": "on_change"}
        for column in model["columns"]:
            rule = column.get("config", {}).get("meta", {}).get("keep", "overwrite")
            rules.append((model["name"], column["name"], fixed.get(column["name"], rule)))
    return rules


RULES = [
    (table, column, rule)
    for table, column, rule in declared()
    if table in KEYS and rule != "key" and column not in ("created_at", "updated_at")
]


@dataclass(frozen=True)
class History:
    """Rows by table and key: as they were known, after the changed export, after the blank one.

    `bare` had no SFA URL until a person typed one; of `replaced`, a person typed another one.
    """

    ledger: Ledger
    known: dict[str, dict[Any, dict[str, Any]]]
    changed: dict[str, dict[Any, dict[str, Any]]]
    blanked: dict[str, dict[Any, dict[str, Any]]]
    bare: int
    replaced: int


def held(ledger) -> dict[str, dict[Any, dict[str, Any]]]:
    return {
        table: {row[key]: row for row in ledger.rows(f"select * from ledger.{table}")}
        for table, key in KEYS.items()
    }


def change(rows):
    """Every second row has another name and other spellings, the others have all else changed."""
    changed = []
    for number, row in enumerate(reversed(rows[1:])):
        row = {
            **row,
            "Client Email": f"new{number}@mail.example",
            "Vendor Email": "new@vendor.example",
            "Last Modified": "1/1/2032 1:00am",
            "Colour": "blue",
            "Playlists": "- Changed",
            "Notes": "Changed",
            "SP Vendor Updates": "Changed",
            "Spotify Campaign (from SP Vendor Updates)": "Changed",
        }
        if number % 2:
            row["Campaign"] = f"Renamed - Song {number}"
            row["Client"] = row["Client"].upper()
            row["Vendor"] = row["Vendor"].upper()
        else:
            row |= dict.fromkeys(("Goal", "Remaining", "Daily", "Weekly"), "4321")
            row |= dict.fromkeys(("Client", "Vendor", "Salesperson"), "Somebody Else")
            row |= dict.fromkeys(("Status", "Invoice", "Curator Status"), "Paused")
            row["URL"] = "https://open.spotify.com/album/7AlbumAlbumAlbumAlbum7"
            row["Sale price"], row["Start Date"] = "$4321.00", "1/1/2032"
            row |= {box: "" if row[box] else "checked" for box in BOXES}
            row["SFA"] = FOUND
        changed.append(row)
    return changed


def blank(rows):
    """Nothing but names. An empty box says no, a missing column nothing: there are no boxes.

    One row of its own has the date that makes this the newest export.
    """
    emptied = [
        {name: row[name] if name == "Campaign" else "" for name in row if name not in BOXES}
        for row in rows
    ]
    dated = {"Campaign": "Nobody - Knew This", "Last Modified": "1/1/2033 1:00am"}
    return [*emptied, {**dict.fromkeys(emptied[0], ""), **dated}]


@pytest.fixture(scope="module")
def history(ledger):
    with put_back(ledger):
        for table in ("clients", "vendors"):
            ledger.ask(f"update ledger.{table} set contact_person = 'Ada'")
        ledger.ask("update ledger.clients set phone = '555-0100'")
        ledger.ask("""update ledger.campaigns set extra = '{"Colour": "red"}'""")
        ((bare, replaced),) = ledger.ask(
            "select min(campaign_id) filter (where sfa_url is null), "
            "min(campaign_id) filter (where sfa_url is not null) from ledger.campaigns"
        )
        known = held(ledger)
        for campaign, url in ((bare, TYPED), (replaced, REPLACED)):
            ledger.ask(
                "update ledger.campaigns set sfa_url = %s where campaign_id = %s", url, campaign
            )
        sample = ledger.home / "sample"
        scrape = json.loads(first_scrape(sample / "scraped").read_text())
        scrape["scraped_at"] = "2032-01-01T00:00:00"
        later = ledger.home / "later_scrape.json"
        later.write_text(json.dumps(scrape))

        first = sample / "campaigns_export.csv"
        second = edited(first, ledger.home / "changed.csv", change)
        ledger.load(second, later)
        ledger.build(*WITHOUT_TESTS)
        changed = held(ledger)
        ledger.load(edited(second, ledger.home / "blank.csv", blank))
        ledger.build(*WITHOUT_TESTS)
        yield History(ledger, known, changed, held(ledger), bare, replaced)


@pytest.mark.parametrize(("table", "column", "rule"), RULES)
def test_a_column_holds_what_its_rule_says(history, table, column, rule):
    known, changed = (
        {key: row[column] for key, row in rows[table].items() if row[column] is not None}
        for rows in (history.known, history.changed)
    )
    assert known, "nothing was known, so nothing was tried"
    differ = {key for key, value in known.items() if changed.get(key) != value}
    if rule in ("first", "never"):
        assert differ <= ({history.replaced} if table == "campaigns" else set())
    else:
        assert differ
    if rule == "when_empty":
        assert known.keys() <= changed.keys()
    if rule != "overwrite":
        assert {key: history.blanked[table][key][column] for key in changed} == changed


def test_an_sfa_url_that_a_person_typed_stays_and_names_the_song(history):
    for campaign, url in ((history.bare, TYPED), (history.replaced, REPLACED)):
        row = history.blanked["campaigns"][campaign]
        assert (row["sfa_url"], row["sfa_track_id"]) == (url, url.split("/")[-2])
        assert row["sfa_track_id"] in history.blanked["songs"]
    assert history.blanked["campaigns"][history.bare]["sfa_source"] == "typed"


def test_an_sfa_url_that_differs_is_reported_beside_the_one_that_stays(history):
    reported = dict(
        history.ledger.ask(
            "select campaign_id, raw_value from ledger_quality.data_issues "
            "where reason = 'sfa_url_differs' and source_file = 'changed.csv'"
        )
    )
    rows = history.changed["campaigns"]
    assert reported
    assert all(
        text == f"{FOUND} instead of {rows[campaign]['sfa_url']}"
        for campaign, text in reported.items()
    )
    assert {TYPED, REPLACED} & {text.split()[-1] for text in reported.values()}


def test_no_value_is_forgotten_on_the_way(history):
    tests = ("assert_no_value_of_an_export_is_forgotten", "assert_no_sfa_url_is_lost")
    assert history.ledger.failures(*tests) == {test: [] for test in tests}


def test_the_rules_that_analysts_read_are_those_of_the_tables(ledger):
    shown = ledger.ask("select table_name, column_name, rule from ledger_quality.column_rules")
    assert sorted(shown) == sorted(declared())
    assert ledger.one("select count(*) from ledger_quality.column_rules where meaning = ''") == 0
