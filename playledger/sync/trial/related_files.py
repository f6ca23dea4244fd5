"""What was scraped for some campaigns: roster results cut to them, scraped files of their songs.

    campaigns, files ──► RelatedFiles.select() ──► the files related to them

A roster result names campaigns by name and Client cell, a scraped file names its song's track. A
campaign's tracks are in its links, in the SFA URLs that rosters found, and in one that a person
accepted.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import orjson

from loaders.cell_rules import text_key
from loaders.link_rules import sfa_ids, track_id
from loaders.source_file import SourceFile, inspect_file
from playledger.audit.scraped_documents import BAD_CONTENT, parse
from playledger.audit.seed_rules import accepted_pages

SONG = re.compile(rb"/song\\?/([0-9A-Za-z]{22})")


class RelatedFiles:
    """The files related to some campaigns, which are cells by staging column; cut files are written
    to `folder`.
    """

    def __init__(self, campaigns: Iterable[dict[str, str]], folder: Path) -> None:
        self._folder = folder
        # Campaigns by client, both as keys.
        self._names: defaultdict[str, set[str]] = defaultdict(set)
        self._tracks: set[str] = set()
        for cells in campaigns:
            campaign, client = text_key(cells["campaign"]), text_key(cells["client"])
            self._names[client].add(campaign)
            self._add_tracks(cells["url"], cells["sfa"])
            if accepted := accepted_pages().get((campaign, client)):
                self._tracks.add(accepted)

    def select(self, files: Iterable[SourceFile]) -> list[SourceFile]:
        """The related files; roster results are cut to these campaigns."""
        files = list(files)
        rosters = [cut for file in files if file.kind == "roster" and (cut := self._cut(file))]
        scraped = [file for file in files if file.kind == "scrape" and self._has_track(file)]
        return scraped + rosters

    def _add_tracks(self, *links: object) -> None:
        for link in links:
            if isinstance(link, str):
                ids = sfa_ids(link)
                self._tracks |= {ids[1] if ids else None, track_id(link)} - {None}

    def _has_track(self, file: SourceFile) -> bool:
        songs = SONG.findall(file.path.read_bytes())
        return not self._tracks.isdisjoint(song.decode() for song in songs)

    def _cut(self, file: SourceFile) -> SourceFile | None:
        """A roster result with these campaigns alone; None without any, or if it is unreadable."""
        content = file.path.read_bytes()
        try:
            document = parse(content)
            labels = document["clients"].items()
        except BAD_CONTENT:
            return None
        if b"\\u0000" in content:
            return None
        kept = {
            label: self._of_campaigns(result, self._names[text_key(label)])
            for label, result in labels
            if text_key(label) in self._names
        }
        if not kept:
            return None
        folder = self._folder / file.sha256
        folder.mkdir(exist_ok=True)
        cut = folder / file.path.name
        cut.write_bytes(orjson.dumps({**document, "clients": kept}))
        return inspect_file(cut, "roster")

    def _of_campaigns(self, result: object, campaigns: set[str]) -> object:
        """A label's result without the songs and candidates of other campaigns."""
        if not isinstance(result, dict):
            return result
        kept = dict(result)
        for name in ("songs", "candidates"):
            if isinstance(result.get(name), list):
                kept[name] = [each for each in result[name] if _campaign_of(each) in campaigns]
        for song in kept.get("songs") or ():
            self._add_tracks(song.get("sfa_url"))
        return kept


def _campaign_of(song: object) -> str | None:
    try:
        return text_key(song["campaign"])
    except BAD_CONTENT:
        return None
