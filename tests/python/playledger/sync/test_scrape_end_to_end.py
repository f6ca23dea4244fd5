"""From the ledger to the site and back: what was scraped is what the site shows."""

import json
from datetime import timedelta

from rich.console import Console

from loaders.errors import Exit
from loaders.scrape import sfa_collection, streams_collection
from loaders.scrape.options import ScrapeOptions
from loaders.scrape.run import scrape
from loaders.scrape.site import SPOTIFY
from loaders.scrape_results import find_results
from loaders.settings import Settings
from playledger.sync.scrape_targets import campaigns_without_sfa_url, songs_to_scrape
from tests.python.support.ledger import Ledger, load_into
from tests.python.support.scraping import FAST
from tests.site import Behaviour, SampleContent, SimulatedSite
from tests.site.content import truth_of

ARTISTS = 3
STREAM_ROWS = """
    select playlists.name, coalesce(playlists.curator, '—'), playlist_streams.streams, rank
    from ledger.playlist_streams inner join ledger.playlists using (playlist_id)
    where track_id = %s and time_window = %s and scraped_at = (
        select last_scraped_at from ledger.songs where songs.track_id = playlist_streams.track_id
    )
"""


def test_what_was_scraped_is_in_the_ledger_as_the_site_shows_it(
    empty_ledger: Ledger, chromium, tmp_path
):
    ledger, content = empty_ledger, SampleContent()
    truth = content.sfa_urls()
    ledger.load(ledger.home / "sample" / "campaigns_export.csv")
    ledger.build()
    with SimulatedSite(content, Behaviour(stale=(0, 0.1), empty=(0, 0.1))) as site:
        site.write_session(tmp_path / "session.json")
        settings = Settings(
            tmp_path, "ledger", None, site=site.address, login_site=site.login_address
        )
        options = ScrapeOptions(pages=4, pace=FAST, max_age=timedelta(hours=1))

        def run(collection, items) -> Exit:
            code = scrape(settings, Console(quiet=True), collection, options, lambda: items)
            load_into(ledger.database, find_results(tmp_path), ledger.home)
            ledger.build()
            return code

        with ledger.database.connect() as conn:
            lacking = campaigns_without_sfa_url(conn, "ledger")
            assert songs_to_scrape(conn, "ledger") == []  # no SFA URL is known
        # Sources say nothing of a campaign's number in the sample but its row.
        rows = dict(ledger.ask("select campaign_id, source_row - 2 from ledger.campaigns"))
        on_roster = {row["artist"] for row in lacking if truth[rows[row["campaign_id"]]]}
        chosen = sorted(
            sfa_collection.make_items(lacking), key=lambda item: item.label not in on_roster
        )
        chosen = [*chosen[:ARTISTS], chosen[-1]]
        assert run(sfa_collection.SfaCollection(), chosen) == Exit.DONE
        wanted = {
            row["campaign_id"]: truth[rows[row["campaign_id"]]]
            for item in chosen
            for row in item.content["campaigns"]
        }
        assert len(list(filter(None, wanted.values()))) >= ARTISTS
        query = "select campaign_id, sfa_url from ledger.campaigns where campaign_id = any(%s)"
        assert dict(ledger.ask(query, list(wanted))) == wanted

        found = {url for url in wanted.values() if url}
        with ledger.database.connect() as conn:
            items = streams_collection.make_items(songs_to_scrape(conn, "ledger"))
        assert {f"/song/{item.key}/stats" for item in items} == {url[-34:] for url in found}
        assert run(streams_collection.StreamsCollection(), items) == Exit.DONE

    for path in tmp_path.glob("scrape/streams/*/results/*.json"):
        assert json.loads(path.read_text())["url"].startswith(f"{SPOTIFY}/c/artist/")
    for track in [item.key for item in items]:
        told = truth_of(content, track)
        for window, short in (("7day", "7d"), ("28day", "28d"), ("12months", "12m")):
            expected = {
                (name, made, count, rank) for rank, name, made, count, *_ in told.rows[window]
            }
            assert set(ledger.ask(STREAM_ROWS, track, short)) == expected
    tests = ["assert_no_row_of_a_scrape_is_lost", "assert_streams_come_from_the_latest_scrape"]
    assert not any(ledger.failures(*tests).values())
