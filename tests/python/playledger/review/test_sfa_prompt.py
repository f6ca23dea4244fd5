"""Candidates for SFA URLs: from a search through a person to the ledger."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from rich.console import Console

from loaders import cell_rules
from loaders.errors import UserError
from loaders.scrape_results import find_results
from playledger.audit import seed_rules
from playledger.review.sfa_decisions import CampaignRef, SfaDecisions
from playledger.review.sfa_prompt import (
    OpenCampaign,
    SfaCandidate,
    print_sfa_queue,
    review_campaigns,
    undecided,
)
from playledger.sync.scrape_targets import campaigns_without_sfa_url
from tests.python.playledger.review.test_workflow import account, project, review  # noqa: F401
from tests.python.support.ledger import load_into

DAY = date(2025, 11, 3)
HEADER = "campaign,client,sfa_url,decision,decided_on\n"


def url(track: str, artist: str = "a") -> str:
    return f"https://artists.spotify.com/c/artist/{artist * 22}/song/{track * 22}/stats"


def wanted(campaign: str, client: str, *tracks: str, artist: str = "Ada") -> OpenCampaign:
    candidates = {
        url(track): SfaCandidate(
            url(track), track * 22, artist, "One", Decimal(90 - n), "same artist"
        )
        for n, track in enumerate(tracks)
    }
    return OpenCampaign(
        CampaignRef(campaign, client), {1: "active"}, {"https://x.example"}, candidates
    )


@pytest.fixture
def folder(tmp_path) -> Path:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "sfa_decisions.csv").write_text(HEADER)
    return seeds


def lines(folder: Path) -> list[list[str]]:
    with (folder / "sfa_decisions.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))[1:]


def reviewed(folder: Path, asked: list[OpenCampaign], *answers: str) -> tuple[str, dict[str, int]]:
    shown = io.StringIO()
    answer = iter(answers)
    console = Console(file=shown, width=200)
    done = review_campaigns(asked, SfaDecisions(folder), console, lambda _: next(answer, None), DAY)
    return shown.getvalue(), dict(done)


def test_every_answer_is_done(folder):
    asked = [wanted(f"Ada - {n}", "North", "b", "c", "d") for n in range(6)]
    answers = ["a", "9", "x", "2", "r1", "accept 1", "none", "L", "r3", "q"]
    shown, done = reviewed(folder, asked, *answers)
    assert done == {"accepted": 2, "rejected": 5}
    day = DAY.isoformat()
    assert lines(folder) == [
        ["Ada - 0", "North", url("c"), "accepted", day],
        ["Ada - 1", "North", url("b"), "rejected", day],
        ["Ada - 1", "North", url("c"), "accepted", day],
        *(["Ada - 2", "North", url(track), "rejected", day] for track in "bcd"),
        ["Ada - 4", "North", url("d"), "rejected", day],
    ]
    assert "Ada - 0, for North" in shown
    assert "1 campaign; active; https://x.example" in shown
    assert "1  Ada - One: same artist" in shown
    assert f"score 90, {url('b')}" in shown
    assert "5 of 6" in shown
    assert "6 of 6" not in shown
    left = undecided(asked, SfaDecisions(folder))
    assert [(one.ref.campaign, len(one.candidates)) for one in left] == [
        ("Ada - 3", 3), ("Ada - 4", 2), ("Ada - 5", 3),
    ]  # fmt: skip


def test_a_single_page_needs_no_number_and_the_end_of_answers_ends_the_review(folder):
    asked = [wanted(name, "North", "b") for name in ("A - 1", "A - 2", "A - 3")]
    _, done = reviewed(folder, asked, "a", "r")
    assert done == {"accepted": 1, "rejected": 1}
    assert [row[3] for row in lines(folder)] == ["accepted", "rejected"]


def test_a_page_is_decided_once_and_one_is_accepted(folder):
    decisions, ref = SfaDecisions(folder), CampaignRef("Ada - One", "North")
    same = CampaignRef(" ADA -  one", "north ")
    assert "is rejected" in decisions.write(ref, url("b"), "rejected", DAY)[-1]
    decisions.write(same, url("b"), "accepted", DAY)
    assert lines(folder) == [["Ada - One", "North", url("b"), "accepted", "2025-11-03"]]
    said = decisions.write(same, url("c"), "accepted", DAY)
    assert said[0] == f"No longer accepted: {url('b')}"
    assert [row[2:4] for row in lines(folder)] == [[url("c"), "accepted"]]
    decisions.write(ref, url("b"), "rejected", DAY)
    assert decisions.by_campaign() == {ref.key: {"c" * 22: "accepted", "b" * 22: "rejected"}}


NAMES = [
    '=HYPERLINK("https://evil.example")', "@SUM(A1)", "-1+1", "+1", "'=1", "'Til Dawn", "a,b",
    "<script>alert(1)</script>", "[bold]x[/bold]", "\x1b[2Jx",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_harmless_in_the_seed_and_on_the_screen(folder, name, monkeypatch):
    one = wanted(name, name, "b", artist=name)
    shown, _ = reviewed(folder, [one], "a")
    table = io.StringIO()
    print_sfa_queue([one], Console(file=table, width=300))
    assert "\x1b" not in shown + table.getvalue()
    if "\x1b" not in name:
        assert name in shown
        assert name in table.getvalue()
    (row,) = lines(folder)
    assert not row[0].startswith(("=", "@", "-", "+"))
    assert undecided([one], SfaDecisions(folder)) == []
    monkeypatch.setattr(seed_rules, "find_project", lambda: folder.parent)
    seed_rules.sfa_decisions.cache_clear()
    assert seed_rules.sfa_decisions() == {
        (cell_rules.text_key(name), cell_rules.text_key(name), "b" * 22): "accepted"
    }
    seed_rules.sfa_decisions.cache_clear()


def test_a_name_that_dbt_reads_as_nothing_is_refused(folder):
    with pytest.raises(UserError, match="null"):
        SfaDecisions(folder).write(CampaignRef("Ada - One", "Null"), url("b"), "accepted", DAY)
    assert lines(folder) == []


# In the ledger


class Search:
    """A search's result for some campaigns of the ledger, as the scraper writes it."""

    def __init__(self, ledger, scraped_at: str) -> None:
        self.ledger, self.scraped_at = ledger, scraped_at
        self.labels: dict[str, dict] = {}

    def found(self, campaign: dict, *tracks: str, sure: bool = False, **changes: object) -> None:
        label = self.labels.setdefault(
            campaign["client"], {"status": "success", "songs": [], "candidates": []}
        )
        for n, track in enumerate(tracks):
            song = {
                "campaign": campaign["campaign"], "client": campaign["client"],
                "artist": campaign["artist"], "song": "<script>alert(1)</script>",
                "sfa_url": url(track), "track_id": track * 22, "score": 88.5 - n, **changes,
            }  # fmt: skip
            label["songs" if sure else "candidates"].append(song)

    def load(self) -> None:
        folder = self.ledger.home / "scrape" / "sfa" / "20251101T120000Z" / "results"
        folder.mkdir(parents=True, exist_ok=True)
        document = {"schema_version": "1", "scraped_at": self.scraped_at, "clients": self.labels}
        (folder / f"{len(list(folder.iterdir()))}.json").write_text(json.dumps(document))
        load_into(self.ledger.database, find_results(self.ledger.home), self.ledger.home)


def lacking(ledger) -> list[dict]:
    """Campaigns without an SFA URL that can be told by name and client, each name once."""
    with ledger.database.connect() as conn:
        every = campaigns_without_sfa_url(conn, ledger.schema)
    names = [cell_rules.text_key(str(each["campaign"])) for each in every]
    return [
        each
        for each, name in zip(every, names, strict=True)
        if each["client"] and each["artist"] and names.count(name) == 1
    ]


def waiting(ledger) -> list[tuple]:
    return ledger.ask(
        "select campaign_id, left(track_id, 1), score, artist, evidence "
        "from ledger_quality.sfa_match_candidates order by campaign_id, score desc"
    )


@pytest.mark.thorough  # the rules themselves are in the unit tests of int_sfa_near_matches
@pytest.mark.database
def test_a_person_decides_which_page_is_a_campaigns(changing_ledger, project, review):  # noqa: F811
    ledger = changing_ledger
    # As an earlier version left it: without the table, and with a check that knows no reviews.
    ledger.ask("drop table staging_spotify.roster_candidates cascade")
    ledger.ask("alter table staging_spotify.scraped_playlists drop column is_personalized cascade")
    ledger.ask(
        "alter table ledger.campaigns drop constraint campaigns_sfa_source_check, "
        "add check (sfa_source in ('export', 'roster', 'typed'))"
    )
    one, two, three, four, *_ = lacking(ledger)
    numbers = [each["campaign_id"] for each in (one, two, three, four)]
    search = Search(ledger, "2025-11-01T12:00:00")
    search.found(one, "x", "y", "z")
    search.found(two, "v")
    search.found(three, "v", "w")
    search.found({**one, "campaign": "Nobody - Nothing"}, "x")
    search.found(four, "x", sfa_url="https://evil.example/c/artist/x/song/y/stats")
    search.load()
    later = Search(ledger, "2025-11-02T12:00:00")
    later.found(three, "u", artist="Some One Else", score=60)
    later.load()
    before = ledger.one("select count(sfa_url) from ledger.campaigns")
    ledger.build(project=project)

    # The latest search of a campaign counts; what is no page or nobody's is reported.
    same = "same artist; another title"
    assert waiting(ledger) == [
        *((numbers[0], track, 88.5 - n, one["artist"], same) for n, track in enumerate("xyz")),
        (numbers[1], "v", 88.5, two["artist"], same),
        (numbers[2], "u", 60, "Some One Else", "another artist; another title"),
    ]
    assert ledger.ask(
        "select reason, count(*) from ledger_quality.data_issues "
        "where place like 'candidate%%' group by 1 order by 1"
    ) == [("not_an_sfa_url", 1), ("roster_song_unmatched", 1)]
    checked = account(ledger, *find_results(ledger.home))
    figures = {figure.name: figure for figure in checked.figures}
    assert (figures["candidates of roster results"].ledger, checked.failed) == (9, [])

    listed = review("--kind", "sfa", "--list")
    assert "<script>" in listed
    assert "3 campaigns with candidates for an SFA URL" in review("--list")
    said = review("--kind", "sfa", answers="r2\na1\nn\nl\n")
    assert "1 SFA URLs accepted, 2 rejected; 1 of 3 campaigns left for later." in said
    assert "Nothing to review" not in review("--kind", "sfa", "--list")

    ledger.build(project=project)
    assert ledger.ask(
        "select sfa_url, sfa_source, sfa_track_id from ledger.campaigns where campaign_id = %s",
        numbers[0],
    ) == [(url("x"), "review", "x" * 22)]
    by_track = "select sfa_source from ledger.songs where track_id = %s"
    assert ledger.one(by_track, "x" * 22) == "review"
    assert ledger.one("select count(sfa_url) from ledger.campaigns") == before + 1
    assert [row[0] for row in waiting(ledger)] == [numbers[2]]
    assert account(ledger, *find_results(ledger.home)).failed == []

    # What was rejected no search finds again, sure or not; another page for one that has one is
    # reported, and the known one stays.
    again = Search(ledger, "2025-11-03T12:00:00")
    again.found(two, "v", sure=True)
    again.found(two, "v", "t")
    again.found(three, "v", sure=True)
    again.load()
    with (project / "seeds" / "sfa_decisions.csv").open("a") as seed:
        known = ledger.ask(
            "select name, client_cell from ledger.campaigns inner join "
            "ledger_intermediate.int_campaigns using (campaign_id, name) "
            "where sfa_source = 'roster' order by campaign_id limit 1"
        )[0]
        csv.writer(seed, lineterminator="\n").writerow([*known, url("s"), "accepted", "2025-11-03"])
    ledger.build(project=project)
    assert [row[:2] for row in waiting(ledger)] == [(numbers[1], "t")]
    by_id = "select campaign_id, sfa_source from ledger.campaigns where campaign_id = any(%s)"
    sources = dict(ledger.ask(by_id, numbers))
    assert [sources[number] for number in numbers] == ["review", None, "roster", None]
    assert (
        ledger.one(
            "select count(*) from ledger_quality.data_issues "
            "where reason = 'sfa_url_differs' and raw_value like %s",
            f"{url('s')} instead of %",
        )
        > 0
    )
    assert account(ledger, *find_results(ledger.home)).failed == []

    # A second build writes nothing.
    rows = "select xmin::text, * from ledger_quality.sfa_match_candidates order by 2, 5"
    written = ledger.ask(rows)
    ledger.build("--select", "int_sfa_near_matches", "sfa_match_candidates", project=project)
    assert ledger.ask(rows) == written

    # Without its line an accepted page stays, and the account does not call that a fault.
    (project / "seeds" / "sfa_decisions.csv").write_text(HEADER)
    ledger.build("--select", "sfa_decisions+", project=project)
    assert ledger.one("select count(*) from ledger.campaigns where sfa_source = 'review'") == 1
    assert account(ledger, *find_results(ledger.home)).failed == []
