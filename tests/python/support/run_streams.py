"""A scrape in its own process, for tests that kill it: HOME SITE LOGIN-SITE SONGS."""

import sys
from datetime import timedelta
from pathlib import Path

from rich.console import Console

from loaders.scrape.options import ScrapeOptions
from loaders.scrape.run import scrape
from loaders.scrape.streams_collection import StreamsCollection
from loaders.scrape.worklist import Item
from loaders.settings import Settings

home, site, login_site, songs = sys.argv[1:]
settings = Settings(Path(home), "ledger", None, site, login_site)
items = []
for song in songs.split(","):
    artist, track = song.split("/")
    items.append(Item(track, f"Song {track}", {"artist_id": artist, "track_id": track}))
options = ScrapeOptions(pages=4, pace=6000, max_age=timedelta(hours=1))
console = Console(soft_wrap=True)
sys.exit(int(scrape(settings, console, StreamsCollection(), options, lambda: items)))
