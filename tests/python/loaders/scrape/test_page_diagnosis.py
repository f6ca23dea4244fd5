"""Why a page is not the requested one, from what it shows and how the site answered."""

import email.utils
import time
from types import SimpleNamespace

import pytest

from loaders.scrape.errors import (
    Forbidden,
    LayoutChanged,
    NotFound,
    PageTimeout,
    ScrapeError,
    SessionExpired,
    SiteBusy,
    SiteUnreachable,
    WindowNotSwitched,
)
from loaders.scrape.page_diagnosis import diagnose
from loaders.scrape.request_tracker import parse_retry_after

FILLED = {
    "isShell": False, "textCount": 20, "isLogin": False, "isSong": True, "notices": [],
    "chips": [{}] * 3, "window": None, "hasTable": True, "rows": [], "tableTextLength": 30,
    "hasSearch": True,
}  # fmt: skip
ROW = [["1"], ["Daylist"], ["—"], ["12"]]


def diagnose_page(kind: str, shown: dict, **requests: object) -> ScrapeError:
    tracker = SimpleNamespace(**{"failure": None, "refusal": None, "is_pending": False, **requests})
    return diagnose({**FILLED, **shown}, kind, "7", tracker)


@pytest.mark.parametrize(
    ("shown", "requests", "expected"),
    [
        ({"isLogin": True, "notices": ["went wrong"]}, {}, SessionExpired),
        ({"notices": ["went wrong"]}, {}, SiteBusy),
        ({"notices": ["went wrong"]}, {"failure": SiteUnreachable()}, SiteUnreachable),
        ({"notices": ["went wrong"]}, {"refusal": Forbidden()}, SiteBusy),
        ({"notices": ["not found"], "isSong": False}, {}, NotFound),
        ({}, {"failure": SiteBusy(), "refusal": Forbidden()}, SiteBusy),
        ({"isShell": True}, {"refusal": Forbidden()}, Forbidden),
        ({"isShell": True}, {}, PageTimeout),
        ({"textCount": 2}, {}, PageTimeout),
        ({}, {"is_pending": True}, PageTimeout),
        ({"window": "Last 28 days"}, {}, WindowNotSwitched),
    ],
)
def test_what_the_page_says_comes_before_what_it_lacks(shown, requests, expected):
    assert type(diagnose_page("playlists", shown, **requests)) is expected


@pytest.mark.parametrize(
    ("kind", "shown", "missing"),
    [
        ("overview", {"chips": []}, "chip"),
        ("overview", {}, "hero streams"),
        ("playlists", {}, "window button"),
        ("playlists", {"window": "Last 7 days", "hasTable": False}, "playlist table"),
        ("playlists", {"window": "Last 7 days", "rows": [ROW[:2]]}, "cell"),
        ("playlists", {"window": "Last 7 days", "tableTextLength": 300}, "playlist row"),
        ("roster", {"hasSearch": False}, "roster search"),
        ("signed-in", {}, "artist link"),
        ("songs", {}, "song link"),
    ],
)
def test_a_changed_layout_is_named_by_the_missing_element(kind, shown, missing):
    error = diagnose_page(kind, shown)
    assert isinstance(error, LayoutChanged)
    assert error.detail.startswith(f"found no {missing} ")


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("playlists", {"window": "Last 7 days", "rows": [ROW]}),
        ("playlists", {"window": "Last 7 days"}),
        ("search results", {}),
    ],
)
def test_content_that_may_still_come_is_a_timeout(kind, shown):
    assert isinstance(diagnose_page(kind, shown), PageTimeout)


def test_a_retry_after_holds_seconds_or_a_date():
    assert parse_retry_after("120") == 120
    assert parse_retry_after("soon") is None
    assert parse_retry_after("") is None
    in_a_minute = email.utils.formatdate(time.time() + 60, usegmt=True)
    assert 50 < parse_retry_after(in_a_minute) <= 60
    assert parse_retry_after("Wed, 21 Oct 2015 07:28:00 GMT") == 0
