"""From the sample's files to the ledger, beside what the sample's maker knows."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from loaders.errors import UserError

TABLES = (
    "campaign_clients",
    "campaign_groups",
    "campaign_playlists",
    "campaign_sightings",
    "campaigns",
    "clients",
    "playlist_streams",
    "playlists",
    "songs",
    "vendors",
)

EXPORT_FIGURES = {
    "campaigns": "select count(*) from ledger.campaigns",
    "clients": "select count(*) from ledger.clients",
    "campaign_clients": "select count(*) from ledger.campaign_clients",
    "campaigns_without_client": "select count(*) from ledger.campaigns where client_id is null",
    "vendors": "select count(*) from ledger.vendors",
    "campaigns_with_vendor": "select count(vendor_id) from ledger.campaigns",
    "salespeople": "select count(distinct p) from ledger.campaigns, unnest(salespeople) as p",
    "tracks": "select count(distinct track_id) from ledger.campaigns",
    "campaigns_with_track": "select count(track_id) from ledger.campaigns",
    "goal": "select sum(goal) from ledger.campaigns",
    "sale_price": "select sum(sale_price)::text from ledger.campaigns",
    "start_dates": "select count(start_date) from ledger.campaigns",
    "last_modified": "select count(last_modified_at) from ledger.campaigns",
    "cells": (
        "select expected from ledger_quality.integrity_checks "
        "where name = 'every filled cell is in a column or reported'"
    ),
    "client_labels": (
        "select count(distinct btrim(client, U&' \\00a0')) from staging_airtable.campaigns"
    ),
    "claimed_links": "select count(distinct spotify_playlist_id) from ledger.playlists",
}

SCRAPE_FIGURES = {
    "files": "select count(*) from staging_spotify.files where file_kind = 'scrape'",
    "rejected_files": (
        "select count(*) from ledger_quality.rejected_records "
        "where file_kind = 'scrape' and place = 'file'"
    ),
    "accepted_windows": "select count(*) from ledger_staging.stg_spotify__windows",
    "rejected_windows": (
        "select count(*) from ledger_quality.rejected_records where reason = 'login_page'"
    ),
    "playlist_rows": "select count(*) from ledger_staging.stg_spotify__playlist_rows",
    "repeated_rows": (
        "select count(*) from ledger_intermediate.int_issue_sightings "
        "where reason = 'repeated_playlist'"
    ),
    "playlists": "select count(distinct playlist_id) from ledger.playlist_streams",
    "songs": "select count(distinct track_id) from ledger_staging.stg_spotify__windows",
    "stream_rows": "select count(*) from ledger.playlist_streams",
    "stale_window_pairs": (
        "with contents as (select file_sha256, time_window, array_agg(concat_ws('|', rank, "
        "name_cell, streams_cell) order by position) as rows "
        "from ledger_staging.stg_spotify__playlist_rows group by 1, 2) "
        "select count(*) from contents as one inner join contents as other "
        "using (file_sha256, rows) where one.time_window < other.time_window"
    ),
}


@pytest.mark.parametrize("figure", EXPORT_FIGURES)
def test_the_export_is_counted_as_its_maker_knows(ledger, figure):
    assert ledger.one(EXPORT_FIGURES[figure]) == ledger.truth["export"][figure]


@pytest.mark.parametrize("figure", SCRAPE_FIGURES)
def test_the_scrapes_are_counted_as_their_maker_knows(ledger, figure):
    assert ledger.one(SCRAPE_FIGURES[figure]) == ledger.truth["scrapes"][figure]


def test_statuses_and_kinds_of_urls_are_those_of_the_maker(ledger):
    for column in ("status", "url_kind"):
        found = ledger.ask(f"select {column}, count(*) from ledger.campaigns group by 1")
        expected = {name: n for name, n in ledger.truth["export"][column].items() if n}
        assert dict(found) == expected


def test_sfa_urls_and_streams_reach_the_campaigns_that_they_are_for(ledger):
    with_sfa = ledger.one("select count(sfa_url) from ledger.campaigns")
    with_streams = ledger.one(
        "select count(distinct campaign_id) from ledger.campaign_playlists where is_observed"
    )
    assert with_sfa == ledger.truth["roster"]["campaigns_with_sfa_url"]
    assert with_streams == ledger.truth["campaigns_with_streams"]


def state(ledger) -> dict[str, tuple]:
    """Every row of every table with its times, and the version of each row."""
    return {
        table: ledger.ask(
            f"select count(*), md5(string_agg(t::text || t.xmin::text, '' order by t::text)) "
            f"from ledger.{table} as t"
        )[0]
        for table in TABLES
    }


def test_loading_and_building_again_writes_nothing(ledger):
    before = state(ledger)
    result = ledger.load(ledger.home / "sample" / "campaigns_export.csv")
    assert result.loaded == []
    ledger.build("--exclude", "resource_type:test", "resource_type:unit_test")
    assert state(ledger) == before


def foreign_keys(ledger) -> set[tuple]:
    return set(
        ledger.ask(
            "select conrelid::regclass::text, conkey::text, confrelid::regclass::text "
            "from pg_constraint where contype = 'f' and convalidated "
            "and connamespace = 'ledger'::regnamespace"
        )
    )


def test_a_build_of_one_parent_leaves_every_foreign_key(ledger):
    before = foreign_keys(ledger)
    assert len(before) == 13
    ledger.build("--select", "clients")
    assert foreign_keys(ledger) == before


def test_a_key_that_was_lost_is_put_back_by_the_next_build(changing_ledger):
    ledger = changing_ledger
    before = foreign_keys(ledger)
    ledger.ask("alter table ledger.campaigns drop constraint campaigns_client_id_fkey")
    assert foreign_keys(ledger) != before
    ledger.build("--select", "clients")
    assert foreign_keys(ledger) == before


def test_a_full_refresh_of_a_live_table_is_refused(ledger):
    before = state(ledger)
    with pytest.raises(UserError, match="full refresh would drop"):
        ledger.build("--full-refresh", "--select", "clients")
    assert state(ledger) == before


def edited(source: Path, target: Path, edit) -> Path:
    """A copy of an export with its rows (as dicts) changed by a function."""
    with source.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rows = edit(rows)
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return target


def test_a_later_export_changes_what_changed_and_keeps_the_rest(changing_ledger):
    ledger = changing_ledger
    first = ledger.home / "sample" / "campaigns_export.csv"
    ledger.ask("update ledger.clients set phone = '555', contact_person = 'Ada'")
    sfa_before = dict(
        ledger.ask("select campaign_id, sfa_url from ledger.campaigns where sfa_url is not null")
    )
    with_notes, notes = ledger.ask(
        "select campaign_id, notes from ledger.campaigns where notes is not null order by 1 limit 1"
    )[0]

    def edit(rows):
        del rows[5]
        for row in rows:
            row["Notes"] = ""
            if row["Status"] == "Active":
                row["Status"] = "Paused"
        return [
            *reversed(rows),
            {**rows[0], "Campaign": "A New One - First", "URL": "", "Client": ""},
        ]

    ledger.load(edited(first, ledger.home / "later.csv", edit))
    ledger.build()

    rows = ledger.truth["export"]["campaigns"]
    assert ledger.one("select count(*) from ledger.campaigns") == rows + 1
    assert ledger.one("select count(*) from ledger.campaigns where not is_in_latest_export") == 1
    assert ledger.one("select count(*) from ledger.campaigns where status = 'active'") <= 1
    assert (
        ledger.one("select notes from ledger.campaigns where campaign_id = %s", with_notes) == notes
    )
    assert ledger.one("select count(*) from ledger.clients where phone is distinct from '555'") == 0
    sfa_after = dict(
        ledger.ask("select campaign_id, sfa_url from ledger.campaigns where sfa_url is not null")
    )
    assert sfa_before.items() <= sfa_after.items()


@pytest.mark.thorough
def test_two_exports_that_wait_for_one_build_are_matched_one_after_the_other(changing_ledger):
    ledger = changing_ledger
    first = ledger.home / "sample" / "campaigns_export.csv"
    ids = "select campaign_id from ledger.campaigns order by 1"
    known = ledger.ask(ids)

    def add(name):
        return lambda rows: [*rows, {**rows[0], "Campaign": name, "URL": "", "Notes": "added"}]

    second = edited(first, ledger.home / "second.csv", add("A New One - First"))
    ledger.load(second)
    ledger.load(edited(second, ledger.home / "third.csv", add("A New One - Second")))
    ledger.build()

    added = ledger.ask("select campaign_id, name from ledger.campaigns where notes = 'added'")
    assert sorted(name for _, name in added) == ["A New One - First", "A New One - Second"]
    assert ledger.ask(ids) == sorted([*known, *((number,) for number, _ in added)])
    per_export = ledger.ask(
        "select export_rank, count(*), count(*) filter (where matched_by = 'new') "
        "from ledger.campaign_sightings "
        "inner join ledger_staging.stg_airtable__files using (file_sha256) group by 1 order by 1"
    )
    rows = len(known)
    assert per_export == [(1, rows, rows), (2, rows + 1, 1), (3, rows + 2, 1)]


@pytest.mark.thorough
def test_a_match_that_has_a_rival_is_reported(changing_ledger):
    ledger = changing_ledger
    first = ledger.home / "sample" / "campaigns_export.csv"
    twins = {"Campaign": "Twin - Song", "Start Date": "1/2/2025", "Vendor": "Twin Vendor"}

    def with_twins(goals):
        return lambda rows: [
            *(row for row in rows if row["Campaign"] != "Twin - Song"),
            *({**dict.fromkeys(rows[0], ""), **twins, "Goal": goal} for goal in goals),
        ]

    second = edited(first, ledger.home / "second.csv", with_twins(["1000", "2000", "2000"]))
    ledger.load(second)
    ledger.build()
    reported = "select count(*) from ledger_quality.data_issues where reason = 'matched_with_rival'"
    before = ledger.one(reported)
    ledger.load(edited(second, ledger.home / "third.csv", with_twins(["3000", "4000", "2000"])))
    ledger.build()
    matched = ledger.ask(
        "select goal, matched_by, has_rival from ledger.campaign_sightings "
        "inner join ledger_staging.stg_airtable__files using (file_sha256) "
        "where name_key = 'twin - song' and export_rank = 3 order by goal"
    )
    assert matched == [
        (2000, "whole_row", False),
        (3000, "name_date_vendor", True),
        (4000, "name_date_vendor", True),
    ]
    assert ledger.one(reported) == before + 2
