"""Windows are told apart by the change from one to another, whatever the page shows meanwhile."""

import asyncio
from itertools import permutations

import pytest

from loaders.scrape.errors import WindowNotSwitched
from loaders.scrape.song_page import parse_window_label
from loaders.scrape.time_windows import WINDOWS, read_windows


class Page:
    """A page with a drop-down; the switches in `stuck` (by number) keep the old content."""

    def __init__(self, contents: dict[str, str], stuck: tuple[int, ...] = ()) -> None:
        self.contents, self.stuck = contents, stuck
        self.content = ""
        self.switches: list[str] = []

    async def switch(self, window: str, previous: str) -> dict:
        if len(self.switches) not in self.stuck:
            self.content = self.contents[window]
        self.switches.append(window)
        state = "unchanged" if self.content == previous else "complete"
        return {"fingerprint": self.content, "state": state}


def walk(page: Page, shown: str | None, first: str = "12months") -> tuple[dict[str, str], bool]:
    page.content = page.contents[shown or first]
    start = {"fingerprint": page.content, "state": "complete"}
    found, is_verified = asyncio.run(read_windows(page.switch, start, shown))
    return {window: state["fingerprint"] for window, state in found.items()}, is_verified


ALL = (("a", "b", "c"), ("none", "none", "c"), ("none", "b", "c"), ("a", "a", "c"), ("a", "b", "b"),
       ("a", "b", "a"))  # fmt: skip


@pytest.mark.parametrize("contents", ALL)
@pytest.mark.parametrize("order", list(permutations(WINDOWS)))
@pytest.mark.parametrize("is_known", [True, False])
def test_each_window_has_its_own_content_wherever_the_walk_begins(contents, order, is_known):
    truth = dict(zip(WINDOWS, contents, strict=True))
    found, is_verified = walk(Page(truth), order[0] if is_known else None, order[0])
    assert found == truth
    assert is_verified


def test_equal_windows_are_returned_but_not_verified():
    for shown in (*WINDOWS, None):
        assert walk(Page(dict.fromkeys(WINDOWS, "a")), shown) == (
            dict.fromkeys(WINDOWS, "a"),
            False,
        )


@pytest.mark.parametrize("contents", ALL)
@pytest.mark.parametrize("shown", WINDOWS)
@pytest.mark.parametrize("switch", range(4))
def test_a_switch_that_fails_once_puts_no_rows_under_another_name(contents, shown, switch):
    truth = dict(zip(WINDOWS, contents, strict=True))
    try:
        found, is_verified = walk(Page(truth, stuck=(switch,)), shown)
    except WindowNotSwitched:
        return
    assert not is_verified or found == truth


def test_a_page_that_never_switches_verifies_nothing():
    page = Page(dict(zip(WINDOWS, "abc", strict=True)), stuck=tuple(range(20)))
    assert walk(page, "7day")[1] is False


def test_three_switches_are_enough_where_all_differ():
    page = Page(dict(zip(WINDOWS, "abc", strict=True)))
    walk(page, "28day")
    assert page.switches == ["12months", "7day"]


@pytest.mark.parametrize(
    ("label", "window"),
    [
        ("Last 7 days", "7day"),
        ("Letzte 28 Tage", "28day"),
        ("12 months", "12months"),
        ("12 derniers mois", "12months"),
        ("All time", None),
        ("Last 2 years 2017", None),
        (None, None),
    ],
)
def test_a_label_names_its_window_by_its_number(label, window):
    assert parse_window_label(label) == window
