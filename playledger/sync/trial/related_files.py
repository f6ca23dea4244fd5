"""What was scraped for some campaigns: roster results cut to them, scraped files of their songs.

    campaigns, files ──► Belonging.take() ──► the files that belong to them

A roster result names campaigns by name and Client cell, a scraped file its song's track; the track
is in a campaign's links, in the SFA URL that a roster found for it, or one that a person accepted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from loaders.cell_rules import sfa_ids, text_key, track_id
from loaders.source_file import SourceFile, inspect_file
from playledger.audit.scraped_files import BAD_CONTENT, parse
from playledger.audit.seed_rules import accepted_pages

if TYPE_CHECKING:
    from collections.abc import Iterable

SONG = re.compile(rb"/song\\?/([0-9A-Za-z]{22})")


class Belonging:
    """What belongs to some campaigns (cells by column of staging); cut files go into a folder."""

    def __init__(self, campaigns: Iterable[dict[str, str]], folder: Path) -> None:
        self._folder = folder
        self._names: defaultdict[str, set[str]] = defaultdict(set)  # campaigns by client, as keys
        self._tracks: set[str] = set()
        for cells in campaigns:
            campaign, client = text_key(cells["campaign"]), text_key(cells["client"])
            self._names[client].add(campaign)
            self._know(cells["url"], cells["sfa"])
            if accepted := accepted_pages().get((campaign, client)):
                self._tracks.add(accepted)

    def take(self, files: Iterable[SourceFile]) -> list[SourceFile]:
        """Those of the files that belong to the campaigns; roster results hold nothing else."""
        found = {"scrape": [], "roster": []}
        for file in files:
            found[file.kind].append(file)
        rosters = [cut for file in found["roster"] if (cut := self._cut(file))]
        return [*(file for file in found["scrape"] if self._is_theirs(file)), *rosters]

    def _know(self, *links: object) -> None:
        for link in links:
            if isinstance(link, str):
                ids = sfa_ids(link)
                self._tracks |= {ids[1] if ids else track_id(link)} - {None}

    def _is_theirs(self, file: SourceFile) -> bool:
        songs = SONG.findall(file.path.read_bytes())
        return not self._tracks.isdisjoint(song.decode() for song in songs)

    def _cut(self, file: SourceFile) -> SourceFile | None:
        """A roster result with these campaigns alone; None when it has none of them, or is none."""
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
        place = self._folder / file.sha256
        place.mkdir(exist_ok=True)
        cut = place / file.path.name
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
            self._know(song.get("sfa_url"))
        return kept


def _campaign_of(song: object) -> str | None:
    try:
        return text_key(song["campaign"])
    except BAD_CONTENT:
        return None
