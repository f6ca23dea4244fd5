"""The pace holds for all workers, halves when the site is busy, and comes back."""

import asyncio
import email.utils
import time
from itertools import pairwise

import pytest

from loaders.scrape.page_diagnosis import retry_after
from loaders.scrape.throttle import BURST, LONGEST_WAIT, Pace


class Clock:
    """Time that passes only in sleep."""

    def __init__(self, monkeypatch) -> None:
        self.now = 1000.0
        monkeypatch.setattr("loaders.scrape.throttle.time.monotonic", lambda: self.now)
        monkeypatch.setattr("loaders.scrape.throttle.asyncio.sleep", self.sleep)

    async def sleep(self, seconds: float) -> None:
        self.now += max(0.0, seconds)


@pytest.fixture
def clock(monkeypatch) -> Clock:
    return Clock(monkeypatch)


def turns(pace: Pace, count: int) -> None:
    async def go() -> None:
        for _ in range(count):
            await pace.turn()

    asyncio.run(go())


def test_a_minute_has_as_many_turns_as_were_asked_for(clock):
    turns(Pace(60, seed=1), 121)
    assert 100 < clock.now - 1000 < 140


def test_turns_are_not_evenly_spaced(clock):
    pace, moments = Pace(60, seed=1), []
    turns(pace, BURST)
    for _ in range(10):
        turns(pace, 1)
        moments.append(clock.now)
    gaps = {round(after - before, 3) for before, after in pairwise(moments)}
    assert len(gaps) >= 8


def test_time_that_was_not_used_is_not_made_up_for(clock):
    pace = Pace(60, seed=1)
    turns(pace, 1)
    clock.now += 600
    before = clock.now
    turns(pace, BURST)
    assert clock.now == before
    turns(pace, 10)
    assert 5 < clock.now - before < 15


def test_a_busy_site_is_asked_half_as_often_until_it_recovers(clock):
    pace = Pace(60, seed=1)
    assert not pace.is_slowed
    pace.slow_down(None)
    pace.slow_down(None)
    before = clock.now
    turns(pace, 31)
    assert clock.now - before > 90
    assert pace.is_slowed
    for _ in range(20):
        pace.went_well()
    assert not pace.is_slowed


def test_a_retry_after_is_waited_for_and_has_a_limit(clock):
    pace = Pace(6000, seed=1)
    pace.slow_down(30)
    turns(pace, 1)
    assert 30 <= clock.now - 1000 < 31
    pace.slow_down(10**9)
    before = clock.now
    turns(pace, 1)
    assert clock.now - before <= LONGEST_WAIT + 1


def test_a_retry_after_is_read_in_both_forms():
    assert retry_after("120") == 120
    assert retry_after("soon") is None
    assert retry_after("") is None
    in_a_minute = email.utils.formatdate(time.time() + 60, usegmt=True)
    assert 50 < retry_after(in_a_minute) <= 60
    assert retry_after("Wed, 21 Oct 2015 07:28:00 GMT") == 0
