"""Look through the windows of a page: each one's content, never one under another's name.

    Control (chips, drop-down) ──► each_window() ──► {window: what the page shows for it}

After a switch a page may keep the old content for a while, under the new label. A window counts
as read when its content came as a change from a different one. Where content stays as it was, the
walk goes by way of a window that is known to differ, and comes back.
"""

from __future__ import annotations

from typing import Protocol

from loaders.scrape.errors import NotSwitched
from loaders.scrape.page_diagnosis import Seen

WINDOWS = ("28day", "7day", "12months")  # as the files of scrapes name them
NUMBERS = {"28day": "28", "7day": "7", "12months": "12"}  # as labels do, in any language
LONGEST_FIRST = ("12months", "28day", "7day")


class Control(Protocol):
    """What switches windows on one page."""

    async def switch(self, window: str, unlike: str) -> Seen:
        """Choose a window: the page once it differs from `unlike`, or with the state `same`."""


async def each_window(
    control: Control, first: Seen, shown: str | None
) -> tuple[dict[str, Seen], bool]:
    """The page for each window, and whether each was seen to change from another one.

    `first` is what the page shows now, for the window `shown` if the page says which. Only where
    all three windows are alike can no change be seen; whether that can be, the caller must know.
    Raises NotSwitched when a window cannot be told from the one before.
    """
    found: dict[str, Seen] = {} if shown is None else {shown: first}
    doubtful: dict[str, Seen] = {}
    now = first
    for window in LONGEST_FIRST:
        if window in found:
            continue
        if now["print"] == "none" and (other := _unlike(found, "none")):
            # From an empty window its neighbour, often empty too, would show no change.
            now = await _go_back(control, other, found[other], now)
        now = await control.switch(window, now["print"])
        (doubtful if now["state"] == "same" else found)[window] = now
    for window, seen in doubtful.items():
        if now["print"] == seen["print"]:
            other = _unlike(found, seen["print"])
            if other is None:
                return {**found, **doubtful}, False
            now = await _go_back(control, other, found[other], now)
        found[window] = now = await control.switch(window, now["print"])
        if now["state"] == "same":
            raise NotSwitched(f"the page did not change when {window} was chosen")
    return found, True


def _unlike(found: dict[str, Seen], content: str) -> str | None:
    """A window that is known to have another content."""
    return next((window for window, seen in found.items() if seen["print"] != content), None)


async def _go_back(control: Control, window: str, known: Seen, now: Seen) -> Seen:
    """The page for a window that was read before; NotSwitched when it shows something else now."""
    seen = await control.switch(window, now["print"])
    if seen["state"] == "same" or seen["print"] != known["print"]:
        raise NotSwitched(f"{window} did not come back as it was")
    return seen
