"""Try again what may pass, by the kind of trouble: how often and after how long.

work ──► retrying() ──► its answer, or the last Trouble, which knows how often it was tried
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from typing import TypeVar

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, wait_exponential_jitter

from loaders.scrape.errors import ScrapeError

Answer = TypeVar("Answer")

BACKOFF = wait_exponential_jitter(initial=1, max=30, jitter=2)  # seconds


async def retrying(
    work: Callable[[], Awaitable[Answer]], may_go_on: Callable[[], bool], retries: Counter[str]
) -> Answer:
    """Do it until it is done, as long as `may_go_on`; `retries` counts tries again by cause."""
    attempts = 0

    async def once() -> Answer:
        nonlocal attempts
        attempts += 1
        return await work()

    def is_worth_it(error: BaseException) -> bool:
        return isinstance(error, ScrapeError) and error.is_passing and may_go_on()

    def count(state: RetryCallState) -> None:
        retries[state.outcome.exception().cause] += 1

    again = AsyncRetrying(
        retry=retry_if_exception(is_worth_it),
        stop=_was_tried_enough,
        wait=BACKOFF,
        before_sleep=count,
        reraise=True,
    )
    try:
        return await again(once)
    except ScrapeError as trouble:
        trouble.attempts = attempts
        raise


def _was_tried_enough(state: RetryCallState) -> bool:
    return state.attempt_number >= getattr(state.outcome.exception(), "tries", 1)
