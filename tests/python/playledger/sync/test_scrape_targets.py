"""What is to be scraped, beside what the sample's maker knows; the order; what `--only` means."""

from __future__ import annotations

import dataclasses
from datetime import datetime

import pytest

from loaders.errors import UserError
from playledger.sync.scrape_targets import (
    SongTarget,
    campaigns_without_sfa_url,
    matches,
    select_targets,
    songs_to_scrape,
)
from sample.catalogue import Campaign, catalogue_of
from sample.observed_frequencies import CANONICAL_STATUS
from sample.roster_results import write_roster

CAMPAIGNS = 653
SONG = SongTarget("a" * 22, "T" * 22, "A - B", False, None, (12,), ("Ada - One", "Ada - 1"))


@pytest.fixture(scope="module")
def wanted(tmp_path_factory) -> list[tuple[Campaign, bool]]:
    """The sample's active and complete campaigns, and whether its roster results reach each."""
    catalogue = catalogue_of(1)
    roster = write_roster(tmp_path_factory.mktemp("roster"), catalogue, CAMPAIGNS)
    every = map(catalogue.campaign, range(CAMPAIGNS))
    return [
        (each, roster.reaches(each)) for each in every if status(each) in ("active", "complete")
    ]


def status(campaign: Campaign) -> str:
    return CANONICAL_STATUS.get(campaign.status, campaign.status.lower())


@pytest.fixture
def conn(ledger):
    with ledger.database.connect() as conn:
        conn.set_session(readonly=True)
        yield conn


def collapsed(cells: tuple[str | None, ...]) -> tuple[str, ...]:
    return tuple(" ".join((cell or "").split()) for cell in cells)


@pytest.mark.database
def test_songs_are_those_of_active_and_complete_campaigns_once_each(conn, wanted):
    targets = songs_to_scrape(conn, "ledger")
    reached = [campaign for campaign, is_reached in wanted if is_reached]
    songs = {campaign.song.sfa_track_id: campaign.song for campaign in reached}
    assert {each.track_id: each.artist_id for each in targets} == {
        track: song.artist_id for track, song in songs.items()
    }
    assert len(targets) == len(songs) > 50
    assert sum(len(each.campaign_ids) for each in targets) == len(reached)
    active = {each.song.sfa_track_id for each in reached if status(each) == "active"}
    assert {each.track_id for each in targets if each.is_active} == active
    titles = {(each.track_id, each.label.split()[-1].rstrip('"”')) for each in targets}
    assert titles == {(track, song.title.split()[-1]) for track, song in songs.items()}


@pytest.mark.database
def test_the_order_is_never_scraped_then_stalest_then_active(conn, ledger):
    targets = songs_to_scrape(conn, "ledger")
    scraped = dict(
        ledger.ask(
            "select track_id, case when count(*) = 3 then min(scraped_at) end from ("
            "select track_id, time_window, max(scraped_at) as scraped_at "
            "from ledger_staging.stg_spotify__windows where is_read group by 1, 2"
            ") as windows group by 1"
        )
    )
    assert {each.track_id: each.last_scraped_at for each in targets} == {
        each.track_id: scraped.get(each.track_id) for each in targets
    }
    never = [each for each in targets if each.last_scraped_at is None]
    assert targets[: len(never)] == never
    times = [each.last_scraped_at for each in targets[len(never) :]]
    assert times == sorted(times)


@pytest.mark.database
def test_campaigns_without_an_sfa_url_are_the_others(conn, wanted, ledger):
    found = campaigns_without_sfa_url(conn, "ledger")
    others = [campaign for campaign, is_reached in wanted if not is_reached]
    assert len(found) == len(others) > 50
    assert [each["status"] for each in found] == sorted(status(each) for each in others)
    assert sum(each["goal"] or 0 for each in found) == sum(each.goal or 0 for each in others)
    assert sum(each["vendor"] is not None for each in found) == sum(
        each.vendor is not None for each in others
    )
    assert sum(each["client"] is None for each in found) == sum(not each.clients for each in others)
    cells = ledger.ask("select campaign, client from staging_airtable.campaigns")
    named = [(each["campaign"], each["client"]) for each in found]
    assert set(map(collapsed, named)) <= set(map(collapsed, cells))
    assert [each for each in found if each["artist"] is None]
    assert set(found[0]) == {
        "campaign_id", "campaign", "client", "artist", "song", "goal", "vendor", "status",
    }  # fmt: skip


@pytest.mark.database
def test_a_url_that_a_person_typed_counts_from_then_on(changing_ledger):
    ledger = changing_ledger
    page = f"https://artists.spotify.com/c/artist/{'a' * 22}/song/{'b' * 22}/stats"
    ask = (
        "update ledger.campaigns set sfa_url = %s where campaign_id = "
        "(select min(campaign_id) from ledger.campaigns where sfa_url is null "
        "and status = 'active') returning campaign_id"
    )
    number = ledger.one(ask, page)
    odd = ledger.one(ask, '=HYPERLINK("https://evil.example"); drop table x; -- \'')
    with ledger.database.connect() as conn:
        targets = {each.track_id: each for each in songs_to_scrape(conn, "ledger")}
        lacking = {each["campaign_id"] for each in campaigns_without_sfa_url(conn, "ledger")}
    assert (targets["b" * 22].artist_id, targets["b" * 22].campaign_ids) == ("a" * 22, (number,))
    assert not any(odd in each.campaign_ids for each in targets.values())
    assert {number, odd} & lacking == set()


@pytest.mark.database
def test_among_songs_alike_in_age_the_active_come_first(changing_ledger):
    ledger = changing_ledger
    ledger.ask(
        "update ledger.songs set (scraped_7d_at, scraped_28d_at, scraped_12m_at) = "
        "(select at, at, at from (select case when track_id < '5' then '2025-01-02'::timestamp "
        "when track_id < 'X' then '2025-01-01' end as at) as times)"
    )
    with ledger.database.connect() as conn:
        targets = songs_to_scrape(conn, "ledger")
    order = [(each.last_scraped_at, each.is_active) for each in targets]
    expected = [(None, True), (None, False)]
    expected += [(datetime(2025, 1, day), active) for day in (1, 2) for active in (True, False)]
    assert list(dict.fromkeys(order)) == expected


def test_what_is_meant_is_a_campaign_by_id_or_name_or_a_track():
    for text in ("12", "ada  -  ONE ", "Ada - 1", "T" * 22):
        assert matches(SONG, text)
    for text in ("1", "Ada", "t" * 22, ""):
        assert not matches(SONG, text)
    campaign = {"campaign_id": 7, "campaign": "Ada - One"}
    assert matches(campaign, "7")
    assert matches(campaign, "ADA - one")
    assert not matches(campaign, "T" * 22)


def test_when_nothing_is_meant_what_could_be_is_told():
    song = dataclasses.replace(SONG, campaigns=("Ada - Night Drive",))
    assert select_targets([song], "ada - night drive") == [song]
    with pytest.raises(UserError, match=r"Did you mean one of these\?\n  Ada - Night Drive"):
        select_targets([song], "Ada Nite Drive")
    with pytest.raises(UserError) as raised:
        select_targets([song], "zzz")
    assert "Did you mean" not in str(raised.value)


@pytest.mark.database
def test_without_a_ledger_the_next_command_is_told(database):
    for ask in (songs_to_scrape, campaigns_without_sfa_url):
        with database.connect() as conn, pytest.raises(UserError, match="Run `make sync`"):
            ask(conn, "ledger")
