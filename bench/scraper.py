"""The scraper in its own process, for bench/scrape.py: HOME SITE LOGIN-SITE SONGS PAGES."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from pathlib import Path

from loaders.scrape.options import ScrapeOptions
from loaders.scrape.run import scrape
from loaders.scrape.streams_collection import StreamsCollection
from loaders.scrape.worklist import Item
from loaders.settings import Settings
from playledger.console.terminal import console

home, site, login_site, songs, pages = sys.argv[1:]
settings = Settings(Path(home), "ledger", None, site, login_site)
items = [
    Item(track, title, {"artist_id": artist, "track_id": track})
    for artist, track, title in json.loads(Path(songs).read_text())
]
options = ScrapeOptions(pages=int(pages), pace=240, max_age=timedelta(hours=1))
sys.exit(int(scrape(settings, console(), StreamsCollection(), options, lambda: items)))
