"""The script in the page returns what its Python type declares."""

import pytest

from loaders.scrape.page import BrowserPage
from loaders.scrape.page_state import PageState
from loaders.scrape.site import SONG_PATH, Song
from tests.python.support.scraping import CONTENT

pytestmark = pytest.mark.browser


def test_a_page_state_has_the_declared_fields(site, read):
    async def look(page: BrowserPage) -> PageState:
        song = Song(*SONG_PATH.fullmatch(CONTENT.path("plain")).groups())
        await page.open(page.site.song(song, "stats"))
        return await page.wait_for("overview")

    (state,) = read(look)
    assert state.keys() == PageState.__annotations__.keys()
    assert state["state"] == "complete"
    assert (state["heading"], len(state["chips"]), state["window"]) == ("Night Drive", 3, None)
