"""What roster results say, counted from their JSON without the loader's reader.

roster/*.json ──► count_rosters() ──► Rosters (SFA URLs by campaign and label) ──► tally, profile
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from loaders.cell_rules import text_key
from loaders.link_rules import sfa_ids
from playledger.audit.scraped_documents import BAD_CONTENT, read_document
from playledger.audit.seed_rules import sfa_decisions


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

    def track_of(self, campaign: str, label: str) -> str | None:
        """The track found first for a campaign, by the keys of its name and whole Client cell."""
        found = self.found.get((campaign, label))
        return min(found)[2] if found else None

    @property
    def is_ambiguous(self) -> bool:
        """Whether two tracks were found for one campaign."""
        return any(len({track for *_, track in found}) > 1 for found in self.found.values())


def count_rosters(paths: list[Path]) -> Rosters:
    """Count roster results; bad content never raises."""
    rosters, decisions = Rosters(), sfa_decisions()
    for path in paths:
        for time, label, result in _labels(path):
            rosters.candidates += sum(1 for _ in _complete(result.get("candidates")))
            for song in _complete(result["songs"]):
                rosters.songs += 1
                names = text_key(song["campaign"]), text_key(label)
                ids = sfa_ids(song["sfa_url"])
                if ids and decisions.get((*names, ids[1])) != "rejected":
                    rosters.found[names].add((time, *ids))
    return rosters


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
