"""What roster results say, counted from their JSON.

roster/*.json ──► read_rosters() ──► Rosters (SFA URLs by campaign and label) ──► counts, profile
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from loaders.report.cells import key, sfa_ids
from loaders.report.pages import BAD_CONTENT, parse


@dataclass
class Rosters:
    """Found songs: (scrape time, artist, track) by the keys of campaign and label."""

    songs: int = 0
    found: dict[tuple[str, str], set[tuple[str, str, str]]] = field(
        default_factory=lambda: defaultdict(set)
    )

    def track_of(self, campaign: str, label: str) -> str | None:
        """The track found first for a campaign, by the keys of its name and whole Client cell."""
        found = self.found.get((campaign, label)) if label else None
        return min(found)[2] if found else None

    @property
    def is_ambiguous(self) -> bool:
        """Whether two tracks were found for one campaign."""
        return any(len({track for *_, track in found}) > 1 for found in self.found.values())


def read_rosters(paths: list[Path]) -> Rosters:
    """Count roster results."""
    rosters = Rosters()
    for path in paths:
        for time, label, song in _roster_songs(path):
            rosters.songs += 1
            if ids := sfa_ids(song["sfa_url"]):
                rosters.found[key(song["campaign"]), key(label)].add((time, *ids))
    return rosters


def _roster_songs(path: Path) -> Iterator[tuple[str, str, dict]]:
    """(scrape time, label, song) per song with a campaign and an SFA URL."""
    try:
        content = path.read_bytes()
        document = parse(content)
        time, clients = str(document["scraped_at"]), document["clients"].items()
    except BAD_CONTENT:
        return
    for label, result in clients if b"\\u0000" not in content else ():
        songs = result.get("songs") if isinstance(result, dict) and "status" in result else None
        for song in songs if isinstance(songs, list) else ():
            try:
                is_complete = bool(song["campaign"].strip() and song["sfa_url"].strip())
            except BAD_CONTENT:
                is_complete = False
            if is_complete:
                yield time, label, song
