"""The overview: its figures are those of the ledger and of the lists that they link to."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from decimal import Decimal
from html import unescape

import pytest

from playledger.runs.table import RunTable, StageRecord
from playledger.web.background_cache import BackgroundCache
from playledger.web.linked_figures import LISTS, SUMS
from playledger.web.overview import Overview, read_overview
from tests.python.support.visiting import downloaded, pages_of, total, visit

pytestmark = pytest.mark.database
HOSTILE = "<script>alert(1)</script>"
# Figures of the page and their names in the sample's truth.
IN_TRUTH = {
    "campaigns": "campaigns",
    "clients": "clients",
    "vendors": "vendors",
    "salespeople": "salespeople",
    "tracks": "tracks",
    "with_track": "campaigns_with_track",
    "with_vendor": "campaigns_with_vendor",
    "without_client": "campaigns_without_client",
    "goal": "goal",
}


def overview_of(ledger) -> Overview:
    """The overview, read now."""
    with pages_of(ledger) as app:
        return read_overview(app.state.reader)


def counted(app, address: str) -> int:
    """How many things the list at an address says that it has."""
    answer = visit(app, address)
    assert answer.status == 200
    return total(answer.text)


def numbers_of(overview) -> dict:
    return {each.name: each for some in overview.figures.values() for each in some}


def test_every_figure_is_the_number_of_rows_in_the_list_that_it_links_to(ledger):
    with pages_of(ledger) as app:
        numbers = numbers_of(read_overview(app.state.reader))
        counts = {name: each for name, each in numbers.items() if name not in SUMS}
        assert len(counts) > 20
        assert {name: counted(app, each.link) for name, each in counts.items()} == {
            name: each.value for name, each in counts.items()
        }


def test_sums_are_those_of_the_list_that_they_link_to(ledger):
    with pages_of(ledger) as app:
        numbers = numbers_of(read_overview(app.state.reader))
        rows = downloaded(app, "/campaigns.csv")
    for name in SUMS:
        assert sum(Decimal(row[name] or 0) for row in rows) == numbers[name].value
        assert numbers[name].link.startswith("/campaigns?sort=")


def test_the_figures_are_those_that_the_sample_was_made_with(ledger):
    values = {name: each.value for name, each in numbers_of(overview_of(ledger)).items()}
    export = ledger.truth["export"]
    assert {name: values[name] for name in IN_TRUTH} == {
        name: export[known] for name, known in IN_TRUTH.items()
    }
    statuses = {name: count for name, count in export["status"].items() if count}
    assert {name: values[f"status_{name}"] for name in statuses} == statuses
    assert values["with_playlist_data"] == ledger.truth["campaigns_with_streams"]


def test_only_parts_that_are_zero_are_left_out(ledger):
    shown = numbers_of(overview_of(ledger))
    unshown = LISTS.keys() - shown.keys()
    assert all(name.startswith("status_") or name.endswith("_unused") for name in unshown)
    assert all(each.value for each in shown.values() if each.is_part)


def test_action_items_are_counted_as_in_the_lists_and_the_most_severe_comes_first(ledger):
    with pages_of(ledger) as app:
        items = read_overview(app.state.reader).action_items
        linked = [each for each in items if each.link and each.count is not None]
        assert [counted(app, each.link) for each in linked] == [each.count for each in linked]
    order = ["error", "warning", "info"]
    assert [each.severity for each in items] == sorted(
        (each.severity for each in items), key=order.index
    )
    reasons = ledger.ask("select distinct severity, reason from ledger_quality.data_issues")
    links = {each.link for each in items}
    assert {f"/issues?severity={severity}&reason={reason}" for severity, reason in reasons} <= links
    assert {"/pairs", "/rejected"} <= links
    assert all(each.advice for each in items)


def test_a_failed_check_comes_first_and_uncertain_sfa_matches_are_listed(changing_ledger):
    ledger = changing_ledger
    ledger.ask(
        "update ledger_quality.integrity_checks set status = 'failed' "
        "where name = 'every row of an export is a campaign'"
    )
    ledger.ask(
        "insert into ledger_quality.sfa_match_candidates (campaign_id, sfa_url, created_at, "
        "updated_at) select campaign_id, 'https://artists.spotify.com/', now(), now() "
        "from ledger.campaigns limit 2"
    )
    with pages_of(ledger) as app:
        items = read_overview(app.state.reader).action_items
        (pages,) = [each for each in items if each.link == "/pages"]
        assert counted(app, items[0].link) == items[0].count == 1
        assert counted(app, pages.link) == pages.count == 2
    assert items[0].title == "Failed checks"


def test_the_page_shows_the_figures_with_their_links_and_what_to_do(ledger):
    with pages_of(ledger) as app:
        first = visit_when_counted(app)
        overview = read_overview(app.state.reader)
    page = unescape(first.text)
    for each in [*numbers_of(overview).values(), *overview.action_items]:
        assert f'href="{each.link}"' in page or each.link is None
    for each in overview.action_items:
        assert each.advice in page
    assert "campaigns_export.csv" in first.words
    assert first.text.count("<svg") == 3
    assert "default-src 'none'" in first.headers["content-security-policy"]
    assert "<style" not in first.text and "style=" not in first.text


def test_coverage_is_of_active_and_complete_campaigns(ledger):
    with pages_of(ledger) as app:
        coverage = {each.status: each for each in read_overview(app.state.reader).coverage}
        assert set(coverage) == {"active", "complete"}
        for status, each in coverage.items():
            assert each.campaigns == counted(app, f"/campaigns?status={status}")
            assert each.with_sfa_url == counted(app, f"/campaigns?status={status}&has=SFA+URL")
            assert each.with_streams == counted(app, f"/campaigns?status={status}&has=streams")


def test_a_scrape_counts_as_recent_by_its_own_time(changing_ledger):
    ledger = changing_ledger
    scraped = "now() at time zone 'UTC' - interval '10 days'"
    ledger.ask(
        f"update ledger.songs set last_scraped_at = {scraped} where last_scraped_at is not null"
    )
    overview = overview_of(ledger)
    within = ledger.ask(
        "select status, count(*) from ledger.campaigns where status in ('active', 'complete') and "
        "exists (select from ledger.songs where last_scraped_at is not null "
        "and songs.track_id in (campaigns.track_id, campaigns.sfa_track_id)) group by 1"
    )
    assert {each.status: each.within_30_days for each in overview.coverage} == dict(within)
    assert {each.within_7_days for each in overview.coverage} == {0}
    assert overview.freshness.scrape_age.days == 10
    assert "The latest scrape is 10 days old" in [each.title for each in overview.action_items]


def test_a_ledger_with_nothing_to_do_says_so(changing_ledger):
    ledger = changing_ledger
    tables = ("data_issues", "rejected_records", "sfa_match_candidates")
    pairs = tuple(f"{kind}_match_candidates" for kind in ("client", "vendor", "playlist"))
    for table in (*tables, *pairs):
        ledger.ask(f"truncate ledger_quality.{table}")
    ledger.ask("update ledger.campaigns set status = 'complete' where status = 'active'")
    ledger.ask("update ledger.songs set last_scraped_at = now() at time zone 'UTC'")
    with pages_of(ledger) as app:
        words = visit_when_counted(app).words
    assert "Nothing to do: all checks passed" in words
    assert "What to do" not in words


def visit_when_counted(app):
    """The front page; a machine that is slow today shows that it counts first."""
    for _ in range(100):
        answer = visit(app, "/")
        if "is being counted" not in answer.words:
            return answer
    raise AssertionError("the ledger is never counted")


def test_hostile_names_and_messages_are_text(changing_ledger):
    ledger = changing_ledger
    ledger.ask("update ledger_quality.data_issues set suggestion = %s", HOSTILE)
    ledger.ask("update ledger.vendors set name = %s || name", HOSTILE)
    note_run(ledger, "20260101T000000Z-sync", "failed", f"{HOSTILE}\nsecond line")
    with pages_of(ledger) as app:
        pages = [visit_when_counted(app), visit(app, "/runs/20260101T000000Z-sync")]
    for page in pages:
        assert page.status == 200
        assert HOSTILE not in page.text
        assert "&lt;script&gt;alert(1)" in page.text


def note_run(ledger, run_id: str, outcome: str, message: str | None) -> None:
    """A run of two stages: one that is done, and one that came to this."""
    table = RunTable(ledger.database, ledger.schema, "1.2.3")
    now = datetime.now(UTC)
    table.write(
        run_id, StageRecord("parse", 1, now, now, "done", {"files": 1, "rows": 653, "rejected": 0})
    )
    counts = {"scraped": 5, "not_scraped": 2}
    table.write(run_id, StageRecord("streams", 6, now, now, outcome, counts, message=message))
    table.close()


def test_what_the_last_run_left_undone_is_to_do_and_links_to_its_page(changing_ledger):
    ledger = changing_ledger
    note_run(ledger, "20260101T000000Z-sync", "failed", "an older run")
    note_run(ledger, "20260102T000000Z-sync", "partly", "Try again.\nIn detail: two songs.")
    with pages_of(ledger) as app:
        items = read_overview(app.state.reader).action_items
        (left,) = [each for each in items if "/runs/" in (each.link or "")]
        page = visit(app, left.link)
        assert visit(app, "/runs/20991231T000000Z-sync").status == 404
    assert (left.severity, left.count, left.advice) == ("warning", 2, "Try again.")
    assert left.title == "Last run, 6/10 Streams: not scraped"
    assert left.link == "/runs/20260102T000000Z-sync"
    assert "1/10 Parse and normalise done 653 rows, 0 rejected" in page.words
    assert "Try again. In detail: two songs." in page.words


def test_a_stage_whose_process_is_gone_is_interrupted(changing_ledger):
    ledger = changing_ledger
    note_run(ledger, "20260101T000000Z-sync", "running", None)
    assert overview_of(ledger).run.outcome == "interrupted"


def test_a_ledger_without_campaigns_names_the_next_command(changing_ledger):
    changing_ledger.ask("truncate ledger.campaigns cascade")
    with pages_of(changing_ledger) as app:
        answer = visit_when_counted(app)
    assert answer.status == 200
    assert "holds no campaigns yet" in answer.words
    assert "make sync CSV=campaigns.csv" in answer.words
    assert "To do" not in answer.words


def test_where_no_ledger_is_the_page_says_how_to_make_one(empty_ledger):
    with pages_of(empty_ledger) as app:
        answer = visit(app, "/")
    assert answer.status == 503
    assert "Run `make load` and `dbt build`" in answer.words


def test_the_mark_of_what_was_written_moves_with_a_single_row(changing_ledger):
    ledger = changing_ledger
    with pages_of(ledger) as app:
        reader = app.state.reader
        before = reader.change_marker()
        assert reader.change_marker() == before
        ledger.ask(
            "update ledger.clients set phone = '1' where name_key = (%s)",
            ledger.one("select min(name_key) from ledger.clients"),
        )
        # PostgreSQL counts what was written when the connection that wrote it has ended.
        ends = time.monotonic() + 5
        while reader.change_marker() == before and time.monotonic() < ends:
            time.sleep(0.01)
        changed = reader.change_marker()
        assert changed != before
        ledger.ask("truncate ledger.campaign_playlists")
        assert reader.change_marker().split()[-1] != changed.split()[-1]


class Counting:
    """Something slow to count: waits until it is let go, and fails when told to."""

    def __init__(self) -> None:
        self.times, self.mark, self.fails = 0, 1, False
        self.let_go = threading.Event()
        self.kept = BackgroundCache(self.count, lambda: self.mark)

    def count(self) -> int:
        self.let_go.wait(5)
        if self.fails:
            raise ValueError("no answer")
        self.times += 1
        return self.times


@pytest.fixture
def counting() -> Counting:
    return Counting()


def test_what_is_kept_is_counted_once_until_the_mark_moves(counting):
    counting.let_go.set()
    assert [counting.kept.get(5) for _ in range(3)] == [1, 1, 1]
    counting.mark = 2
    assert [counting.kept.get(5) for _ in range(3)] == [2, 2, 2]


def test_who_asks_meanwhile_sees_what_was_counted_before(counting):
    assert counting.kept.get(0.01) is None
    counting.let_go.set()
    assert counting.kept.get(5) == 1
    counting.let_go.clear()
    counting.mark = 2
    assert [counting.kept.get(0.01) for _ in range(3)] == [1, 1, 1]
    counting.let_go.set()
    assert counting.kept.get(5) == 2


def test_a_count_that_holds_for_too_long_is_made_anew(counting, monkeypatch):
    counting.let_go.set()
    assert counting.kept.get(5) == 1
    assert counting.kept.get(5) == 1
    monkeypatch.setattr("playledger.web.background_cache.TTL", -1.0)
    monkeypatch.setattr("playledger.web.background_cache.TTL_FACTOR", -1)
    counting.mark = 2
    assert [counting.kept.get(5) for _ in range(2)] == [2, 3]


def test_a_count_that_fails_is_told_and_then_tried_again(counting):
    counting.fails = True
    assert counting.kept.get(0.01) is None  # it fails after that
    counting.let_go.set()
    with pytest.raises(ValueError, match="no answer"):
        counting.kept.get(5)
    counting.fails = False
    assert counting.kept.get(5) == 1
