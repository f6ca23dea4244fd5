"""Lists of the pages: what they show and find is what the ledger holds, by questions of our own."""

from __future__ import annotations

import re
import sys
import time
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from playledger.web.list_cursor import Cursor
from playledger.web.list_params import ListParams, read_params
from playledger.web.list_query import PER_PAGE
from playledger.web.lists import LISTS
from tests.python.support.visiting import TAGS, downloaded, pages_of, total, visit

pytestmark = pytest.mark.database
FIRST = re.compile(r'<th scope="row"[^>]*>(.*?)</th>', re.DOTALL)
# How many there are of each list, asked without the lists' own SQL.
COUNTS = {
    "/campaigns": "select count(*) from ledger.campaigns",
    "/clients": "select count(*) from ledger.clients",
    "/vendors": "select count(*) from ledger.vendors",
    "/playlists": "select count(*) from ledger.playlists",
    "/orders": "select count(*) from ledger.campaign_groups",
    "/songs": "select count(*) from ledger.songs",
    "/placements": "select count(*) from ledger.campaign_playlists",
    "/salespeople": "select count(distinct lower(person)) from ledger.campaigns, "
    "unnest(salespeople) as person",
    "/issues": "select count(*) from ledger_quality.data_issues",
    "/rejected": "select count(*) from ledger_quality.rejected_records",
    "/resolved": "select count(*) from ledger_quality.resolved_issues",
    "/pairs": "select (select count(*) from ledger_quality.client_match_candidates) + (select "
    "count(*) from ledger_quality.vendor_match_candidates) + (select count(*) from "
    "ledger_quality.playlist_match_candidates)",
    "/pages": "select count(*) from ledger_quality.sfa_match_candidates",
    "/checks": "select count(*) from ledger_quality.integrity_checks",
}
OBSERVED = "(select campaign_id from ledger.campaign_playlists where is_observed)"
STATED = "select count(*) from ledger.campaigns where "
FILTERS = {
    "/campaigns?status=active": f"{STATED} status = 'active'",
    "/campaigns?status=complete&has=SFA+URL": f"{STATED} status = 'complete' and sfa_url <> ''",
    "/campaigns?has=no+SFA+URL": f"{STATED} sfa_url is null",
    "/campaigns?has=streams": f"{STATED} campaign_id in {OBSERVED}",
    "/campaigns?has=no+streams": f"{STATED} campaign_id not in {OBSERVED}",
    "/campaigns?has=track+link": f"{STATED} track_id <> ''",
    "/campaigns?has=no+track+link": f"{STATED} track_id is null",
    "/campaigns?has=no+client": f"{STATED} client_id is null",
    "/campaigns?has=no+vendor": f"{STATED} vendor_id is null",
    "/campaigns?has=issues": f"{STATED} campaign_id in "
    "(select campaign_id from ledger_quality.data_issues)",
    "/campaigns?latest=yes": f"{STATED} is_in_latest_export",
    "/campaigns?from=2025-06-01&to=2025-06-30": f"{STATED} "
    "start_date between '2025-06-01' and '2025-06-30'",
    "/campaigns?salesperson=hunter": f"{STATED} 'Hunter' = any(salespeople)",
    "/clients?has=no+e-mail": "select count(*) from ledger.clients where cardinality(emails) = 0",
    "/playlists?kind=editorial": "select count(*) from ledger.playlists where kind = 'editorial'",
    "/playlists?seen=claimed": "select count(distinct playlist_id) from ledger.campaign_playlists "
    "where is_claimed",
    "/songs?has=no+scrape": "select count(*) from ledger.songs where last_scraped_at is null",
    "/issues?severity=error": "select count(*) from ledger_quality.data_issues "
    "where severity = 'error'",
    "/issues?reason=unknown_status": "select count(*) from ledger_quality.data_issues "
    "where reason = 'unknown_status'",
    "/rejected?reason=login_page": "select count(*) from ledger_quality.rejected_records "
    "where reason = 'login_page'",
}


@pytest.fixture
def app(ledger):
    """The application of the built ledger; its connections are closed for tests that change it."""
    with pages_of(ledger) as app:
        yield app


def asked(path: str, **wanted: str) -> str:
    return f"{path}?{urlencode(wanted)}"


def names(text: str) -> list[str]:
    """What stands in the first column."""
    return [unescape(TAGS.sub("", each)).strip() for each in FIRST.findall(text)]


def rename(ledger, given: list[str]) -> None:
    """Give the first campaigns these names."""
    ids = ledger.ask("select campaign_id from ledger.campaigns order by 1")
    for (campaign_id,), name in zip(ids, given, strict=False):
        query = "update ledger.campaigns set name = %s where campaign_id = %s"
        ledger.ask(query, name, campaign_id)


def count_to(monkeypatch, limit: int) -> None:
    """Lists are long as soon as they have more rows than that."""
    monkeypatch.setattr("playledger.web.list_query.MAX_COUNT", limit)


@pytest.mark.parametrize("path", COUNTS)
def test_a_list_has_as_many_rows_as_the_ledger(app, ledger, path):
    answer = visit(app, path)
    expected = ledger.one(COUNTS[path])
    assert (answer.status, total(answer.text)) == (200, expected)
    assert len(names(answer.text)) == min(expected, PER_PAGE)


@pytest.mark.parametrize("address", FILTERS)
def test_a_filter_leaves_what_the_ledger_counts(app, ledger, address):
    expected = ledger.one(FILTERS[address])
    assert expected > 0
    assert total(visit(app, address).text) == expected


def test_filters_by_client_vendor_order_and_playlist_leave_their_campaigns(app, ledger):
    for name, query in {
        "client": "select client_id, count(*) from ledger.campaign_clients",
        "vendor": "select vendor_id, count(*) from ledger.campaigns where vendor_id is not null",
        "order": "select campaign_group_id, count(*) from ledger.campaigns "
        "where campaign_group_id is not null",
        "playlist": "select playlist_id, count(*) from ledger.campaign_playlists",
    }.items():
        ((found, expected),) = ledger.ask(f"{query} group by 1 order by 2 desc, 1 limit 1")
        assert total(visit(app, asked("/campaigns", **{name: str(found)})).text) == expected


def test_the_newest_campaigns_come_first_with_their_values(app, ledger):
    expected = ledger.ask(
        "select campaigns.name, clients.name, vendors.name, status, goal::text, sale_price::text, "
        "start_date::text, (select sum(streams_28d)::text from ledger.campaign_playlists as placed "
        "where placed.campaign_id = campaigns.campaign_id) from ledger.campaigns "
        "left join ledger.clients using (client_id) "
        "left join ledger.vendors on vendors.vendor_id = campaigns.vendor_id "
        "order by start_date desc nulls last, campaign_id desc"
    )
    rows = downloaded(app, "/campaigns.csv")
    columns = ("campaign", "client", "vendor", "status", "goal", "sale_price", "start_date",
               "streams_28d")  # fmt: skip
    given = [tuple(row[name] for name in columns) for row in rows]
    wanted = [tuple("" if cell is None else cell for cell in row) for row in expected]
    assert [tuple(cell.removeprefix("'") for cell in row) for row in given] == wanted
    shown = names(visit(app, "/campaigns").text)
    assert shown == [row[0] for row in expected[:PER_PAGE]]


def test_salespeople_and_vendors_have_the_sums_of_their_campaigns(app, ledger):
    rows = {row["salesperson"]: row for row in downloaded(app, "/salespeople.csv")}
    for name, campaigns, clients, price in ledger.ask(
        "select person, count(*), (select count(distinct named.client_id) "
        "from ledger.campaign_clients as named "
        "join ledger.campaigns as sold using (campaign_id) where person = any(sold.salespeople)), "
        "sum(sale_price)::text "
        "from ledger.campaigns, unnest(salespeople) as person group by person"
    ):
        row = rows[name]
        found = (row["campaigns"], row["clients"], row["sale_price"])
        assert found == (str(campaigns), str(clients), price)
        assert total(visit(app, asked("/clients", salesperson=name)).text) == clients
    rows = {row["vendor"]: row for row in downloaded(app, "/vendors.csv")}
    for name, campaigns, claimed in ledger.ask(
        "select vendors.name, (select count(*) from ledger.campaigns "
        "where campaigns.vendor_id = vendors.vendor_id), (select count(distinct playlist_id) "
        "from ledger.campaign_playlists join ledger.campaigns using (campaign_id) "
        "where is_claimed and campaigns.vendor_id = vendors.vendor_id) from ledger.vendors"
    ):
        assert (rows[name]["campaigns"], rows[name]["claimed"]) == (str(campaigns), str(claimed))


def test_issues_come_most_severe_first_and_those_of_one_reason_row_by_row(app):
    def place(row: dict[str, str]) -> tuple:
        gravity = ("error", "warning", "info").index(row["severity"])
        return gravity, row["reason"], row["file"], int(row["row"] or sys.maxsize)

    rows = downloaded(app, "/issues.csv")
    assert {row["severity"] for row in rows} == {"error", "warning", "info"}
    assert [place(row) for row in rows] == sorted(place(row) for row in rows)


def test_kept_totals_follow_what_is_written(changing_ledger):
    ledger = changing_ledger
    name = ledger.one("select salespeople[1] from ledger.campaigns where salespeople[1] <> ''")
    renamed = "update ledger.campaigns set salespeople = array_replace(salespeople, %s, 'Zoë')"
    with pages_of(ledger) as app:
        before = names(visit(app, "/salespeople").text)
        ledger.ask(renamed, name)
        give_up = time.monotonic() + 10  # PostgreSQL counts what was written when a connection ends
        while (after := names(visit(app, "/salespeople").text)) == before:
            assert time.monotonic() < give_up
            time.sleep(0.05)
    assert name in before
    assert sorted(after) == sorted([*(each for each in before if each != name), "Zoë"])


@pytest.mark.parametrize("sort", ["campaign", "goal", "start_date", "sale_price", "streams_28d"])
def test_a_sort_goes_both_ways_and_leaves_what_is_empty_at_the_end(app, sort):
    up = [row[sort] for row in downloaded(app, asked("/campaigns.csv", sort=sort))]
    down = [row[sort] for row in downloaded(app, asked("/campaigns.csv", sort=f"-{sort}"))]
    filled = [each for each in up if each]
    assert up[: len(filled)] == filled
    assert down == [*reversed(filled), *[""] * (len(up) - len(filled))]
    is_number = sort in ("goal", "sale_price", "streams_28d")
    assert filled == sorted(filled, key=float if is_number else lambda each: each.lstrip("'"))


def test_every_column_of_every_list_sorts(app):
    for path, listing in LISTS.items():
        for column in listing.shown:
            for sort in (column.name, f"-{column.name}") if column.is_sorted else ():
                answer = visit(app, asked(path, sort=sort))
                assert answer.status == 200, (path, sort)
                direction = "descending" if sort.startswith("-") else "ascending"
                # A list without rows, as that of runs may be, has no headers.
                assert f'aria-sort="{direction}"' in answer.text or not names(answer.text)


def test_a_search_finds_by_the_beginnings_of_all_its_words(app, ledger):
    client, count = ledger.ask(
        "select clients.name, count(*) from ledger.campaigns join ledger.clients using (client_id) "
        "where clients.name ~ '^[A-Za-z]{3,} [A-Za-z]{3,}$' group by 1 order by 2 desc limit 1"
    )[0]
    first, last = client.split()
    answer = visit(app, asked("/campaigns", q=f"{last[:3].upper()} {first}"))
    assert total(answer.text) >= count
    assert client in answer.words
    assert total(visit(app, asked("/campaigns", q=f"{first} zzqx")).text) == 0


@pytest.mark.parametrize("rare", [0, 2, 2_500])
@pytest.mark.parametrize("path", ["/campaigns", "/orders", "/songs", "/placements", "/issues"])
def test_a_search_finds_the_same_rows_however_it_looks_and_counts(app, path, rare, monkeypatch):
    sort = {"/placements": "-streams_28d"}.get(path, "")
    searches = [asked(path, q=typed, sort=sort) for typed in ("a", "s", "a s", "e a", "zzqx")]
    per_page = 20
    monkeypatch.setattr("playledger.web.list_query.PER_PAGE", per_page)
    whole = {address: visit(app, address).text for address in searches}
    counts = {address: total(text) for address, text in whole.items()}
    assert max(counts.values()) > per_page
    monkeypatch.setattr("playledger.web.list_query.RARE_ROWS", rare)
    for address, text in whole.items():
        for limit in {1, counts[address] - 1, counts[address]} - {-1, 0}:
            count_to(monkeypatch, limit)
            found = visit(app, address).text
            assert names(found) == names(text), (address, limit)
            assert total(found) == min(limit, counts[address])
            assert ("More than" in found) == (counts[address] > limit)


def test_the_words_of_a_search_may_be_in_different_texts_of_a_row(app, ledger, monkeypatch):
    placements = ledger.ask(
        "select playlists.name, campaigns.name from ledger.campaign_playlists "
        "join ledger.playlists using (playlist_id) join ledger.campaigns using (campaign_id)"
    )
    plain = [(a, b) for a, b in placements if f"{a}{b}".isascii() and f"{a}{b}".count(" ") > 1]
    for playlist, campaign in plain[:: len(plain) // 5]:
        typed = [re.findall("[a-z0-9]+", name.lower())[0][:2] for name in (playlist, campaign)]
        begins = [re.compile(rf"(?<![a-z0-9]){word}") for word in typed]
        sure = sum(
            all(each.search(f"{a} {b}".lower()) for each in begins)
            for a, b in placements
            if f"{a}{b}".isascii()
        )
        address = asked("/placements", q=" ".join(typed))
        found = []
        for rare in (0, 2_500):
            monkeypatch.setattr("playledger.web.list_query.RARE_ROWS", rare)
            found.append(total(visit(app, address).text))
        assert found[0] == found[1] >= sure > 0


def test_accents_and_letters_of_every_writing_are_found(changing_ledger):
    ledger = changing_ledger
    typed_for = {
        "Beyoncé Ørsted": "BEYONCE", "हिन्दी गाना": "हिन्दी", "Тёплый Дом": "тепл", "東京 夜": "東京",
        "Ｆｕｌｌ Wide": "full", "naïve": "nai\u0308ve", "C’est l’été": "ete",
    }  # fmt: skip
    rename(ledger, typed_for)
    with pages_of(ledger) as app:
        found = {
            name: names(visit(app, asked("/campaigns", q=typed)).text)
            for name, typed in typed_for.items()
        }
    assert {name: shown for name, shown in found.items() if name not in shown} == {}


def test_a_spotify_link_finds_the_campaigns_of_its_song(app, ledger):
    track, count = ledger.ask(
        "select track_id, count(*) from ledger.campaigns where track_id is not null "
        "group by 1 order by 2 desc, 1 limit 1"
    )[0]
    link = f"https://open.spotify.com/intl-de/track/{track}?si=4f"
    assert total(visit(app, asked("/campaigns", q=link)).text) >= count > 0
    assert names(visit(app, asked("/songs", q=link)).text) == [track]


def test_a_search_that_finds_nothing_says_so_and_leads_back(app):
    for typed in ("zzqxj", "%", "' or 1=1 --", "\\", "&|!():*<->", "\0", "a" * 500):
        answer = visit(app, asked("/campaigns", q=typed))
        assert answer.status == 200
        if typed != "\0":
            assert "No campaigns match." in answer.words, typed
            assert '<a href="/campaigns">Show all campaigns</a>' in answer.text


def turn(app, text: str, to: str) -> str | None:
    """The page that `next` or `prev` of a page leads to."""
    link = re.search(rf'rel="{to}" href="([^"]*)"', text)
    answer = visit(app, unescape(link[1])) if link else None
    assert answer is None or answer.status == 200
    return answer and answer.text


def pages_from(app, text: str | None, to: str) -> list[str]:
    """A page and all that follow it in one direction."""
    found = []
    while text is not None:
        found.append(text)
        text = turn(app, text, to)
    return found


def position(text: str) -> tuple[int, int]:
    """The positions of the first and the last row, as the page says them."""
    found = re.search(r"<span>([\d,]+) to ([\d,]+) of ", text)
    return int(found[1].replace(",", "")), int(found[2].replace(",", ""))


@pytest.mark.parametrize("limit", [10_000, 100])
@pytest.mark.parametrize(
    "address",
    [
        "/campaigns", "/campaigns?sort=start_date", "/campaigns?sort=-goal", "/campaigns?q=a",
        "/campaigns?sort=-vendor&has=streams", "/campaigns?sort=vendor", "/songs?sort=-sfa_url",
        "/issues?sort=row", "/issues", "/placements?sort=date_added", "/pairs", "/clients",
    ],
)  # fmt: skip
def test_pages_lead_through_all_rows_in_both_directions(app, address, limit, monkeypatch):
    count_to(monkeypatch, limit)
    path, _, query = address.partition("?")
    rows = [list(row.values()) for row in downloaded(app, f"{path}.csv?{query}")]
    forwards = pages_from(app, visit(app, address).text, "next")
    shown = [name for page in forwards for name in names(page)]
    assert shown == [row[0].removeprefix("'") for row in rows]
    assert len(forwards) == -(-len(rows) // PER_PAGE) > 1
    for number, page in enumerate(forwards):
        last = min((number + 1) * PER_PAGE, len(rows))
        assert position(page) == (number * PER_PAGE + 1, last)
    backwards = pages_from(app, forwards[-1], "prev")
    assert [names(page) for page in reversed(backwards)] == [names(page) for page in forwards]
    assert [position(page) for page in reversed(backwards)] == [position(page) for page in forwards]


def test_a_page_begins_after_its_row_whatever_came_or_went_before_it(changing_ledger):
    ledger = changing_ledger
    with pages_of(ledger) as app:
        first = visit(app, "/clients").text
        second = names(turn(app, first, "next"))
        gone = names(first)[10]
        ledger.ask("update ledger.clients set name = 'zzz' where name = %s", gone)
        assert names(turn(app, first, "next")) == second
        ledger.ask("update ledger.clients set name = 'zzz'")
        beyond = turn(app, first, "next")
    assert len(names(beyond)) == PER_PAGE


@pytest.mark.parametrize("name", ["after", "before"])
def test_a_cursor_that_is_not_one_of_the_list_leads_to_its_first_page(app, name):
    first = names(visit(app, "/campaigns").text)
    good = Cursor("-start_date", 50, ("2025-06-01", "7"))
    for cursor in (
        Cursor("-goal", 50, ("100", "7")),  # of another order
        Cursor("-start_date", 50, ("2025-06-01", "7", "8")),  # of another list
        Cursor("-start_date", 50, ("2025-06-01",)),
        Cursor("-start_date", 50, ("soon", "7")),
        Cursor("-start_date", 50, ("2025-06-01", "x' or true --")),
        Cursor("-start_date", 50, ("2025-06-01", "9" * 40)),
        Cursor("-start_date", 50, ("2025-06-01", "\0")),
        Cursor("-start_date", -3, good.values),
        Cursor("-start_date", 10**12, good.values),
    ):
        answer = visit(app, asked("/campaigns", **{name: cursor.encode()}))
        assert answer.status == 200
        assert names(answer.text) == first, cursor
    for text in ("x", "", "9" * 400, "é", "[1]", good.encode()[:-3], good.encode() + "AAAA"):
        answer = visit(app, asked("/campaigns", **{name: text}))
        assert answer.status == 200
        assert names(answer.text) == first, text
    assert names(visit(app, asked("/campaigns", **{name: good.encode()})).text) != first


def test_an_address_is_read_as_it_was_written():
    cursor = Cursor("-goal", 150, ("1,000 é", "7"), is_before=True)
    params = ListParams("a & b=c", {"status": "active", "from": "2025-01-01"}, "-goal", cursor)
    query = dict(parse_qsl(urlsplit(params.address("/campaigns", cursor)).query))
    assert read_params(LISTS["/campaigns"], query) == params
    assert params.address("/campaigns", sort="goal") == (
        "/campaigns?q=a+%26+b%3Dc&status=active&from=2025-01-01&sort=goal"
    )
    assert ListParams().address("/campaigns") == "/campaigns"


def test_the_address_of_an_earlier_version_leads_to_the_list(app):
    for old, new in {
        "/doubts?severity=error&sort=row": "/issues?severity=error&sort=row",
        "/doubts.csv": "/issues.csv",
    }.items():
        answer = visit(app, old)
        assert (answer.status, answer.headers["location"]) == (301, new)


def test_a_file_holds_every_row_of_the_page_in_its_order(app):
    wanted = {"status": "complete", "sort": "-goal"}
    shown = names(visit(app, asked("/campaigns", **wanted)).text)
    rows = downloaded(app, asked("/campaigns.csv", **wanted))
    assert [row["campaign"].removeprefix("'") for row in rows[:PER_PAGE]] == shown
    assert len(rows) == total(visit(app, asked("/campaigns", **wanted)).text) > PER_PAGE
    for path in LISTS:
        answer = visit(app, f"{path}.csv")
        assert answer.status == 200
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert f'filename="{path[1:]}.csv"' in answer.headers["content-disposition"]


def test_what_a_spreadsheet_would_run_gets_an_apostrophe_in_a_file(changing_ledger):
    ledger = changing_ledger
    hostile = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =2", "\r=3"]
    rename(ledger, hostile)
    with pages_of(ledger) as app:
        given = {row["campaign"] for row in downloaded(app, "/campaigns.csv")}
    assert {f"'{name}" for name in hostile} <= given
    assert given.isdisjoint(hostile)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/campaigns?status=bogus", "Status: “bogus” is not known and was left out."),
        ("/campaigns?from=31.12.2025", "Starts from: “31.12.2025” is not known and was left out."),
        ("/campaigns?from=2025-W01-1", "Starts from: “2025-W01-1” is not known and was left out."),
        ("/campaigns?client=1", "Client: “1” is not known and was left out."),
        ("/campaigns?vendor=%00", "Vendor: “\0” is not known and was left out."),
        ("/campaigns?sort=nothing", "There is no column “nothing” to sort by."),
        ("/campaigns?salesperson=Nobody", "Nobody (not in the ledger)"),
        ("/issues?reason=bogus", "bogus (not in the ledger)"),
    ],
)
def test_a_value_that_no_filter_knows_is_named(app, address, told):
    answer = visit(app, address)
    assert answer.status == 200
    assert " ".join(told.split()) in answer.words


def test_a_vendor_that_is_not_there_finds_nothing_and_is_named(app):
    nobody = "00000000-0000-0000-0000-000000000001"
    answer = visit(app, asked("/campaigns", vendor=nobody))
    assert f"{nobody} (not in the ledger)" in answer.words
    assert "No campaigns match." in answer.words
    for odd in (f"urn:uuid:{nobody}", f"{{{nobody}}}", nobody.replace("-", "")):
        assert visit(app, asked("/campaigns", vendor=odd)).status == 200


def test_of_more_choices_than_a_page_lists_the_chosen_one_is_offered(app, ledger, monkeypatch):
    vendor, name = ledger.ask("select vendor_id::text, name from ledger.vendors order by 2")[0]
    others = [other for (other,) in ledger.ask("select vendor_id::text from ledger.vendors")]
    assert all(f'value="{other}"' in visit(app, "/campaigns").text for other in others)
    monkeypatch.setattr("playledger.web.app.MAX_OPTIONS", 3)
    chosen = visit(app, asked("/campaigns", vendor=vendor)).text
    assert [other for other in others if f'value="{other}"' in chosen] == [vendor]
    assert f'<option value="{vendor}" selected>{name}</option>' in chosen
    assert 'name="vendor"' not in visit(app, "/campaigns").text


def test_a_long_list_has_an_order_that_an_index_has_and_says_what_it_is_not_sorted_by(
    app, ledger, monkeypatch
):
    count_to(monkeypatch, 100)
    shown = visit(app, "/playlists")
    first = [
        name for (name,) in ledger.ask("select name from ledger.playlists order by 1 limit 50")
    ]
    assert names(shown.text) == first
    assert "More than 100 playlists" in shown.words
    refused = visit(app, asked("/playlists", sort="-streams_28d"))
    notice = "More than 100 playlists cannot be sorted by “28 days”: narrow the list first."
    assert notice in refused.words
    assert names(refused.text) == first
