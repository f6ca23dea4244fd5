"""The rate holds for all workers, halves when the site is busy, and recovers."""

import asyncio
import random
from itertools import pairwise

import pytest

from loaders.scrape.throttle import BURST, MAX_RETRY_AFTER, Throttle


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
    random.seed(1)
    return Clock(monkeypatch)


def turns(throttle: Throttle, count: int) -> None:
    async def go() -> None:
        for _ in range(count):
            await throttle.wait_turn()

    asyncio.run(go())


def test_a_minute_has_as_many_turns_as_the_limit(clock):
    turns(Throttle(60), 121)
    assert 100 < clock.now - 1000 < 140


def test_turns_are_not_evenly_spaced(clock):
    throttle, moments = Throttle(60), []
    turns(throttle, BURST)
    for _ in range(10):
        turns(throttle, 1)
        moments.append(clock.now)
    gaps = {round(after - before, 3) for before, after in pairwise(moments)}
    assert len(gaps) >= 8


def test_unused_turns_do_not_add_up(clock):
    throttle = Throttle(60)
    turns(throttle, 1)
    clock.now += 600
    before = clock.now
    turns(throttle, BURST)
    assert clock.now == before
    turns(throttle, 10)
    assert 5 < clock.now - before < 15


def test_a_busy_site_halves_the_rate_until_it_recovers(clock):
    throttle = Throttle(60)
    assert not throttle.is_slowed
    throttle.slow_down(None)
    throttle.slow_down(None)
    before = clock.now
    turns(throttle, 31)
    assert clock.now - before > 90
    assert throttle.is_slowed
    for _ in range(20):
        throttle.speed_up()
    assert not throttle.is_slowed


def test_a_retry_after_is_waited_for_and_has_a_limit(clock):
    throttle = Throttle(6000)
    throttle.slow_down(30)
    turns(throttle, 1)
    assert 30 <= clock.now - 1000 < 31
    throttle.slow_down(10**9)
    before = clock.now
    turns(throttle, 1)
    assert clock.now - before <= MAX_RETRY_AFTER + 1


def test_each_change_of_the_rate_is_logged(clock, caplog):
    throttle = Throttle(60)
    with caplog.at_level("INFO", "loaders.scrape"):
        throttle.slow_down(30)
        throttle.speed_up()
        throttle.speed_up()
    assert caplog.messages == [
        "Throttle changed from 60.0 to 30.0 pages a minute",
        "Waiting 30 s, as the site's Retry-After says",
        "Throttle changed from 30.0 to 37.5 pages a minute",
        "Throttle changed from 37.5 to 46.9 pages a minute",
    ]
