"""Read the time windows of a page, never one window's content under another's name.

    Switch (chips, drop-down) ──► read_windows() ──► {window: PageState}

After a switch a page may keep the old content for a while under the new label. A window counts as
read once the content was seen to change to it. Where it did not change, the walk goes by way of a
window that is known to differ, and comes back.
"""

from collections.abc import Awaitable, Callable

from loaders.scrape.errors import WindowNotSwitched
from loaders.scrape.page_state import PageState

WINDOWS = ("28day", "7day", "12months")  # as the result files name them
LABEL_NUMBERS = {"28day": "28", "7day": "7", "12months": "12"}  # in labels of any language
LONGEST_FIRST = ("12months", "28day", "7day")

# Selects a window: the page once it differs from a fingerprint, or in the state `unchanged`.
Switch = Callable[[str, str], Awaitable[PageState]]


async def read_windows(
    switch: Switch, first: PageState, shown: str | None
) -> tuple[dict[str, PageState], bool]:
    """The page for each window, and whether each was seen to change from another one.

    `first` is what the page shows now, for the window `shown` if the page says which. No change
    can be seen only where all three windows are equal; the caller must judge that. Raises
    WindowNotSwitched when a window cannot be told from the one before.
    """
    found: dict[str, PageState] = {} if shown is None else {shown: first}
    unchanged: dict[str, PageState] = {}
    now = first
    for window in LONGEST_FIRST:
        if window in found:
            continue
        if now["fingerprint"] == "none" and (other := _differing(found, "none")):
            # From an empty window the next one, often empty too, would show no change.
            now = await _go_back(switch, other, found[other], now)
        now = await switch(window, now["fingerprint"])
        (unchanged if now["state"] == "unchanged" else found)[window] = now
    for window, state in unchanged.items():
        if now["fingerprint"] == state["fingerprint"]:
            other = _differing(found, state["fingerprint"])
            if other is None:
                return {**found, **unchanged}, False
            now = await _go_back(switch, other, found[other], now)
        found[window] = now = await switch(window, now["fingerprint"])
        if now["state"] == "unchanged":
            raise WindowNotSwitched(f"the page did not change when {window} was selected")
    return found, True


def _differing(found: dict[str, PageState], fingerprint: str) -> str | None:
    """A window that is known to have another content."""
    return next(
        (name for name, state in found.items() if state["fingerprint"] != fingerprint), None
    )


async def _go_back(switch: Switch, window: str, known: PageState, now: PageState) -> PageState:
    """The page for a window that was read before; WindowNotSwitched when it differs now."""
    state = await switch(window, now["fingerprint"])
    if state["state"] == "unchanged" or state["fingerprint"] != known["fingerprint"]:
        raise WindowNotSwitched(f"{window} did not come back as it was")
    return state
