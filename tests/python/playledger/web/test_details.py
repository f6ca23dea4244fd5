"""Detail pages: they show what the ledger holds, and their counts are those of the lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from html import unescape
from urllib.parse import quote
from uuid import UUID

import pytest

from playledger.web.formatting import day, exact, money, number, percent
from tests.python.support.visiting import pages_of, total, visit

pytestmark = pytest.mark.database
HOSTILE = '<script>alert(1)</script>" onload="x'
AMOUNT = re.compile(
    r'<dt>(?P<label>[^<]*)</dt><dd>(?:<a href="(?P<link>[^"]*)">)?(?P<value>[^<]*)', re.DOTALL
)
# Figures that are counts of the list that they lead to.
COUNTS = {
    "Campaigns", "Active", "Orders", "Clients", "Our songs", "Playlists claimed",
    "Playlists seen", "Campaigns with streams", "Claimed", "Seen",
    "Claimed by the vendor", "Claimed and seen", "Claimed, not found", "Seen, not claimed",
}  # fmt: skip
UNKNOWN = (
    "/campaigns/0", "/campaigns/-1", "/campaigns/one", "/campaigns/" + "9" * 19,
    "/campaigns/%3Cscript%3E",
    *(f"/{kind}/{held}" for kind in ("clients", "vendors", "playlists", "orders")
      for held in (UUID(int=0), "1", "no-id")),
    "/salespeople/nobody", "/salespeople/%00",
)  # fmt: skip
# The newest scrape of the song whose streams are a campaign's, from the history of streams.
NEWEST = """
    with songs as (
        select
            campaigns.campaign_id,
            case
                when exists (
                    select from ledger.playlist_streams as streams
                    where streams.track_id = campaigns.sfa_track_id
                ) then sfa_track_id
                else track_id
            end as track_id
        from ledger.campaigns
    )
    select songs.campaign_id, sum(streams.streams)
    from songs
    inner join ledger.playlist_streams as streams using (track_id)
    inner join ledger.songs as scraped using (track_id)
    where
        time_window = %s
        and streams.scraped_at = case time_window
            when '7d' then scraped.scraped_7d_at when '28d' then scraped.scraped_28d_at
            else scraped.scraped_12m_at end
    group by songs.campaign_id
    order by 2 desc
"""


@pytest.fixture
def app(ledger) -> Iterator:
    with pages_of(ledger) as app:
        yield app


def words(app, address: str) -> str:
    answer = visit(app, address)
    assert answer.status == 200, address
    return answer.words


def amounts(app, address: str) -> dict[str, tuple[str, str]]:
    """(value, link) of the figures of a page, by their label."""
    text = visit(app, address).text
    held = "".join(re.findall(r'<dl class="amounts">(.*?)</dl>', text, re.DOTALL))
    return {
        each["label"]: (unescape(each["value"]).strip(), unescape(each["link"] or ""))
        for each in AMOUNT.finditer(re.sub("</?bdi>|<span[^>]*>|<time[^>]*>", "", held))
    }


def some(ledger, kind: str) -> list[str]:
    """Addresses of things of one kind: those with the most to show first."""
    question = {
        "campaigns": "select campaign_id from ledger.campaign_playlists group by 1 "
        "order by bool_or(is_claimed and is_observed) desc, count(*) desc, 1 limit 3",
        "clients": "select client_id from ledger.campaign_clients group by 1 "
        "order by count(*) desc, 1 limit 2",
        "vendors": "select vendor_id from ledger.campaigns where vendor_id is not null group by 1 "
        "order by count(*) desc, 1 limit 4",
        "playlists": "select playlist_id from ledger.campaign_playlists group by 1 "
        "order by bool_or(is_claimed and is_observed) desc, count(*) desc, 1 limit 3",
        "orders": "select campaign_group_id from ledger.campaign_groups "
        "order by campaign_count desc, 1 limit 2",
        "salespeople": "select salesperson from ledger.campaigns where salespeople is not null "
        "and cardinality(salespeople) = 1 group by 1 order by count(*) desc, 1 limit 2",
    }[kind]
    return [f"/{kind}/{quote(str(held), safe='')}" for (held,) in ledger.ask(question)]


KINDS = ("campaigns", "clients", "vendors", "playlists", "orders", "salespeople")


@pytest.mark.parametrize("kind", KINDS)
def test_a_figure_is_as_many_as_the_list_that_it_leads_to(app, ledger, kind):
    followed = 0
    for address in some(ledger, kind):
        for label, (value, link) in amounts(app, address).items():
            if label not in COUNTS or not link:
                continue
            listed = total(visit(app, link).text)
            assert value == number(listed), f"{address}: {label} leads to {link}"
            followed += 1
    assert followed >= 2


def test_a_campaign_shows_every_value_that_it_has(app, ledger):
    skipped = {"created_at", "updated_at", "campaign_group_id", "client_id", "vendor_id"}
    fullest = ledger.rows(
        "select * from ledger.campaigns order by (sp_vendor_updates is not null)::int "
        "+ (spotify_campaign is not null)::int + (notes is not null)::int "
        "+ (sfa_url is not null)::int + (sfa_track_id is distinct from track_id)::int desc, 1 "
        "limit 6"
    )
    assert any(row["notes"] for row in fullest)
    assert any(row["sfa_track_id"] and row["sfa_track_id"] != row["track_id"] for row in fullest)
    for row in fullest:
        said = words(app, f"/campaigns/{row['campaign_id']}")
        for name, held in row.items():
            if held is None or name in skipped or isinstance(held, bool):
                continue
            for expected in written(name, held):
                assert " ".join(expected.split()) in said, (row["campaign_id"], name)


def written(name: str, held: object) -> list[str]:
    """A value of a campaign as its page writes it."""
    if name in ("campaign_id", "url_kind"):
        return []
    if name == "sale_price":
        return [money(held)]
    if isinstance(held, int):
        return [number(held)]
    if isinstance(held, datetime):
        return [exact(held)]
    if isinstance(held, date):
        return [day(held)]
    if isinstance(held, list):
        return held
    if isinstance(held, dict):
        return [str(each) for pair in held.items() for each in pair]
    if name in ("status", "invoice", "curator_status", "sfa_source"):
        return [held.replace("_", " ")]
    if name == "salesperson":
        return []  # as the list writes two people; each of them is in salespeople
    return [held]


def test_streams_of_a_campaign_are_those_of_its_songs_newest_scrape(app, ledger):
    found = {window: dict(ledger.ask(NEWEST, window)) for window in ("7d", "28d", "12m")}
    largest = list(found["28d"])[:3] + list(found["12m"])[:2]
    for campaign in largest:
        shown = amounts(app, f"/campaigns/{campaign}")
        for window, label in (("7d", "7 days"), ("28d", "28 days"), ("12m", "12 months")):
            assert shown[label][0] == number(found[window].get(campaign)), (campaign, window)
        chart = words(app, f"/campaigns/{campaign}?window=12m")
        assert f"kind of playlist: {number(found['12m'][campaign])} on" in chart
        goal = ledger.one("select goal from ledger.campaigns where campaign_id = %s", campaign)
        if goal:
            part = percent(found["28d"].get(campaign), goal)
            assert f"Goal of {number(goal)}; " in chart
            assert f"({part})" in chart


def test_a_campaign_without_streams_says_why(app, ledger):
    unseen = """
        select campaigns.campaign_id from ledger.campaigns
        left join ledger.songs on songs.track_id = campaigns.track_id
        left join ledger.songs as sfa on sfa.track_id = campaigns.sfa_track_id
        where songs.last_scraped_at is null and sfa.last_scraped_at is null and {} limit 1
    """
    no_link = "campaigns.track_id is null and campaigns.sfa_track_id is null"
    no_page = "campaigns.track_id is not null and songs.sfa_url is null and sfa.sfa_url is null"
    for condition, sentence in (
        (no_link, "it has no link to a song and no SFA URL."),
        (no_page, "This song has never been scraped: it has no SFA URL."),
    ):
        answer = visit(app, f"/campaigns/{ledger.one(unseen.format(condition))}")
        assert sentence in answer.words
        assert "<svg" not in answer.text


def test_issues_of_a_campaign_are_on_its_page_with_what_to_do(app, ledger):
    with_issues = "select campaign_id from ledger_quality.data_issues where campaign_id is not null"
    campaign = ledger.one(f"{with_issues} group by 1 order by count(*) desc, 1 limit 1")
    said = words(app, f"/campaigns/{campaign}")
    issues = ledger.ask(
        "select reason, suggestion, source_file from ledger_quality.data_issues "
        "where campaign_id = %s", campaign,
    )  # fmt: skip
    for reason, suggestion, file in issues:
        assert reason.replace("_", " ") in said
        assert suggestion in said
        assert file in said


def test_what_a_vendor_costs_compares_prices_and_streams_of_the_same_campaigns(app, ledger):
    rows = ledger.ask(
        "select campaigns.vendor_id, campaign_id, sale_price, streams_28d from ledger.campaigns "
        "inner join ledger.campaign_playlists using (campaign_id) "
        "inner join ledger.playlists using (playlist_id) "
        "where kind not in ('algorithmic', 'editorial') and streams_28d is not null"
    )
    listed = visit(app, "/vendors").text
    compared = 0
    for (vendor,) in ledger.ask("select vendor_id from ledger.vendors"):
        prices, streams = {}, 0
        for owner, campaign, price, seen in rows:
            if owner == vendor and price:
                prices[campaign] = price
                streams += seen
        shown = amounts(app, f"/vendors/{vendor}")
        line = listed.partition(f'href="/vendors/{vendor}"')[2].partition("</tr>")[0]
        in_list = re.search(r'data-label="Per 1,000">(?:<span[^>]*>)?([^<]*)', line)[1].strip()
        if streams >= 1000:
            cost = sum(prices.values(), Decimal(0)) * 1000 / streams
            assert shown["Cost per 1,000 streams"][0] == in_list == money(cost)
            said = words(app, f"/vendors/{vendor}")
            assert money(sum(prices.values(), Decimal(0))) in said
            assert f"their {number(streams)} streams" in said
            compared += 1
        else:
            assert in_list == "–"
            assert "Cost per 1,000 streams: $" not in words(app, f"/vendors/{vendor}")
    assert compared >= 3


def test_a_playlist_says_how_many_songs_it_dropped(app, ledger):
    seen: dict[str, dict[str, datetime]] = {}
    newest: dict[str, datetime] = {}
    for playlist, track, scraped in ledger.ask(
        "select playlist_id, track_id, max(scraped_at) from ledger.playlist_streams group by 1, 2"
    ):
        seen.setdefault(playlist, {})[track] = scraped
        newest[track] = max(scraped, newest.get(track, scraped))
    gone = {
        playlist: sum(1 for track, scraped in songs.items() if scraped < newest[track])
        for playlist, songs in seen.items()
    }
    left = max(gone, key=lambda playlist: (gone[playlist], playlist))
    stayed = max(gone, key=lambda playlist: (not gone[playlist], len(seen[playlist]), playlist))
    assert gone[left] > 0 == gone[stayed]
    for playlist in (left, stayed):
        shown = amounts(app, f"/playlists/{playlist}")
        assert shown["Our songs"][0] == number(len(seen[playlist]))
        assert shown["Dropped"][0] == number(gone[playlist])
    count = "all" if gone[left] == len(seen[left]) else f"{gone[left]:,}"
    assert f"It has dropped {count} of our songs" in words(app, f"/playlists/{left}")
    assert "It has dropped" not in words(app, f"/playlists/{stayed}")


def test_an_order_counts_the_streams_of_each_song_once(app, ledger):
    found = dict(ledger.ask(NEWEST, "28d"))
    orders: dict[str, dict[str, int]] = {}
    sums: dict[str, int] = {}
    for order, campaign, track in ledger.ask(
        "select campaign_group_id, campaign_id, coalesce(sfa.track_id, campaigns.track_id) "
        "from ledger.campaigns left join ledger.songs as sfa "
        "on sfa.track_id = campaigns.sfa_track_id and sfa.last_scraped_at is not null "
        "where campaign_group_id is not null"
    ):
        if campaign in found:
            orders.setdefault(order, {})[track] = found[campaign]
            sums[order] = sums.get(order, 0) + found[campaign]
    twice = next(order for order in sums if sums[order] > sum(orders[order].values()))
    shown = amounts(app, f"/orders/{twice}")
    assert shown["28 days"][0] == number(sum(orders[twice].values()))


def test_a_salesperson_is_one_person_however_the_name_is_spelled(app, ledger):
    name, campaigns, prices = ledger.ask(
        "select person, count(*), sum(sale_price) from ledger.campaigns "
        "cross join unnest(salespeople) as person group by 1 order by 2 desc limit 1"
    )[0]
    for spelled in (name, name.upper()):
        shown = amounts(app, f"/salespeople/{quote(spelled)}")
        assert shown["Campaigns"][0] == number(campaigns)
        assert shown["Prices"][0] == money(prices)


@pytest.mark.parametrize("address", UNKNOWN)
def test_an_unknown_address_is_not_found_and_says_so(app, address):
    answer = visit(app, address)
    assert answer.status == 404
    assert "The ledger has nothing at this address." in answer.words
    assert "<script>" not in answer.text


def test_no_page_holds_style_or_script_of_its_own(app, ledger):
    for kind in KINDS:
        for address in some(ledger, kind):
            text = visit(app, address).text
            assert re.findall("<script[^>]*>", text) == ['<script src="/static/search.js" defer>']
            assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text), address
            ids = re.findall(r'\sid="([^"]*)"', text)
            assert len(ids) == len(set(ids))


def test_names_that_people_typed_are_escaped(changing_ledger):
    ledger = changing_ledger
    pages = [address for kind in KINDS[:-1] for address in some(ledger, kind)]
    ledger.ask(
        "update ledger.campaigns set name = %(bad)s, artist = %(bad)s, song = %(bad)s, "
        "notes = %(bad)s, url = 'javascript:alert(1)', sfa_url = 'https://evil.example/?' || "
        "%(bad)s, salespeople = array[%(bad)s], client_emails = array[%(bad)s], "
        "extra = jsonb_build_object(%(bad)s, %(bad)s);"
        "update ledger.clients set name = %(bad)s, contact_person = %(bad)s;"
        "update ledger.vendors set name = %(bad)s; update ledger.playlists set name = %(bad)s;"
        "update ledger.playlists set spotify_playlist_id = %(bad)s, curator = %(bad)s "
        "where curator is null; update ledger.campaign_groups set name = %(bad)s"
        .replace("%(bad)s", f"'{HOSTILE}'")
    )  # fmt: skip
    pages.append(f"/salespeople/{quote(HOSTILE, safe='')}")
    pages += ["/campaigns", "/clients", "/orders", f"/campaigns?q={quote(HOSTILE)}"]
    with pages_of(ledger) as app:
        for address in pages:
            answer = visit(app, address)
            assert answer.status == 200, address
            assert "<script>alert" not in answer.text and 'onload="x' not in answer.text, address
            assert answer.text.count("&lt;script&gt;") > 3, address
            assert not re.search('href="(javascript|https://evil)', answer.text), address


def test_a_campaign_with_nothing_has_a_page_and_free_vendors_cost_nothing(changing_ledger):
    ledger = changing_ledger
    campaign = ledger.one("select min(campaign_id) from ledger.campaigns")
    vendor = ledger.one(
        "select vendor_id from ledger.campaigns inner join ledger.campaign_playlists "
        "using (campaign_id) where streams_28d is not null and vendor_id is not null limit 1"
    )
    kept = {"campaign_id", "name", "status", "created_at", "updated_at"}
    nullable = ledger.ask(
        "select column_name from information_schema.columns where table_schema = 'ledger' "
        "and table_name = 'campaigns' and is_nullable = 'YES'"
    )
    emptied = ", ".join(f"{name} = null" for (name,) in nullable if name not in kept)
    for table in ("campaign_clients", "campaign_playlists"):
        ledger.ask(f"delete from ledger.{table} where campaign_id = {campaign}")
    ledger.ask(f"update ledger.campaigns set {emptied} where campaign_id = {campaign}")
    ledger.ask("update ledger.campaigns set sale_price = 0")
    few = ledger.one(f"""
        update ledger.campaigns set sale_price = 50, vendor_id = (
            select vendor_id from ledger.vendors where vendor_id <> '{vendor}' limit 1
        )
        where campaign_id = (
            select campaign_id from ledger.campaign_playlists join ledger.playlists
            using (playlist_id) where kind in ('vendor', 'other') group by 1
            having sum(streams_28d) between 2 and 999 limit 1
        )
        returning vendor_id
    """)
    with pages_of(ledger) as app:
        said = words(app, f"/campaigns/{campaign}")
        assert "Not filled in: Client, Client e-mail, Vendor, Vendor e-mail, Sold by." in said
        assert "it has no link to a song and no SFA URL." in said
        assert "The vendor claims no playlist." in said
        assert "There is no price to compare these streams with." in words(
            app, f"/vendors/{vendor}"
        )
        assert ": too few to calculate a cost." in words(app, f"/vendors/{few}")


def test_a_campaign_shows_what_exports_changed(changing_ledger):
    ledger = changing_ledger
    campaign = ledger.one("select min(campaign_id) from ledger.campaigns")
    ledger.ask(
        "drop view ledger.campaign_changes cascade;"
        "create view ledger.campaign_changes as select campaign_id, "
        "'sale_price'::text as column_name, '100.00'::text as old_value, '250.00'::text as "
        "new_value, last_seen_in as file_sha256, 'week_two.csv'::text as file_name, "
        "2::bigint as export_rank, 7::bigint as source_row, null::timestamp as "
        "last_modified_at, last_seen_at as loaded_at from ledger.campaign_appearances"
    )
    with pages_of(ledger) as app:
        said = words(app, f"/campaigns/{campaign}")
    assert "Column Before After Export Loaded sale price 100.00 250.00 week_two.csv" in said
    assert "Found in 1 export." in said
