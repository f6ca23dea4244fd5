"""What roster results say, counted from their JSON without the loader's reader.

roster/*.json ──► read_roster() ──► RosterFacts ──► Rosters (SFA URLs) ──► tally, profile
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

from loaders.cell_rules import text_key
from loaders.link_rules import sfa_ids
from playledger.audit.scraped_documents import BAD_CONTENT, read_document
from playledger.audit.seed_rules import sfa_decisions


class RosterFacts(TypedDict):
    """A result: its numbers of songs and candidates, and of each song with an SFA URL the keys of
    campaign and label, the scrape time, artist and track.
    """

    songs: int
    candidates: int
    found: list[tuple[str, str, str, str, str]]


@dataclass
class Rosters:
    """Found songs: (scrape time, artist, track) by the keys of campaign and label.

    A page that a person rejected for a campaign is left out, and candidates are only counted.
    """

    songs: int = 0
    candidates: int = 0
    found: dict[tuple[str, str], set[tuple[str, str, str]]] = field(
        default_factory=lambda: defaultdict(set)
    )

    def add(self, facts: RosterFacts) -> None:
        """Add a result."""
        self.songs += facts["songs"]
        self.candidates += facts["candidates"]
        for campaign, label, time, artist, track in facts["found"]:
            if sfa_decisions().get((campaign, label, track)) != "rejected":
                self.found[campaign, label].add((time, artist, track))

    def track_of(self, campaign: str, label: str) -> str | None:
        """The track found first for a campaign, by the keys of its name and whole Client cell."""
        found = self.found.get((campaign, label))
        return min(found)[2] if found else None

    @property
    def is_ambiguous(self) -> bool:
        """Whether two tracks were found for one campaign."""
        return any(len({track for *_, track in found}) > 1 for found in self.found.values())


def read_roster(path: Path) -> RosterFacts:
    """The facts of a result; bad content never raises."""
    facts = RosterFacts(songs=0, candidates=0, found=[])
    for time, label, result in _labels(path):
        facts["candidates"] += sum(1 for _ in _complete(result.get("candidates")))
        for song in _complete(result["songs"]):
            facts["songs"] += 1
            if ids := sfa_ids(song["sfa_url"]):
                facts["found"].append((text_key(song["campaign"]), text_key(label), time, *ids))
    return facts


def _labels(path: Path) -> Iterator[tuple[str, str, dict]]:
    """(scrape time, label, result) of each label whose songs can be read; it always has `songs`."""
    document = read_document(path)
    try:
        time, clients = str(document["scraped_at"]), document["clients"].items()
    except BAD_CONTENT:
        return
    for label, result in clients:
        if isinstance(result, dict) and "status" in result:
            songs = result.get("songs") or []
            if isinstance(songs, list):
                yield time, label, {**result, "songs": songs}


def _complete(songs: object) -> Iterator[dict]:
    """The songs that have a campaign and an SFA URL."""
    for song in songs if isinstance(songs, list) else ():
        try:
            is_complete = bool(song["campaign"].strip() and song["sfa_url"].strip())
        except BAD_CONTENT:
            is_complete = False
        if is_complete:
            yield song
