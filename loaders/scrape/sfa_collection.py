"""Collect SFA URLs: one artist's campaigns in, the songs that the roster has for them out.

    campaigns ──► items_of() ──► Items, one an artist ──► Sfa.collect() ──► one file (contract, 1.3)

A song's own page is not opened: the roster's lists say all that an SFA URL needs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import blake2b

from loaders.scrape.name_normalisation import normalise
from loaders.scrape.page import SitePage
from loaders.scrape.roster_lookup import Lookup, look_up
from loaders.scrape.song_matching import SURE, Candidate, Verdict, find_song
from loaders.scrape.worklist import Item

SCHEMA_VERSION = "1"


def artist_key(artist: str) -> str:
    """The key of an artist's item: a fingerprint of the normalised name."""
    return blake2b(normalise(artist).encode(), digest_size=12).hexdigest()


def items_of(campaigns: Iterable[dict[str, object]]) -> list[Item]:
    """Items of campaigns as Sfa takes them, one an artist, in the order in which artists come.

    A campaign is `{"campaign", "client", "artist", "song", "goal", "vendor"}`; those without an
    artist cannot be searched for, and are left out.
    """
    by_artist: dict[str, list[dict[str, object]]] = {}
    for campaign in campaigns:
        if normalise(str(campaign["artist"] or "")):
            by_artist.setdefault(artist_key(str(campaign["artist"])), []).append(campaign)
    return [
        Item(key, str(group[0]["artist"]), {"artist": group[0]["artist"], "campaigns": group})
        for key, group in by_artist.items()
    ]


class Sfa:
    """The collection of `playledger scrape sfa`; see runner.Collection."""

    kind = "sfa"
    unit = "artists"

    async def check(self, page: SitePage, item: Item) -> None:
        """Nothing more: the roster, which each search begins at, was looked at."""

    async def collect(self, page: SitePage, item: Item) -> dict[str, object]:
        """The roster result of one artist; `item.content` is `{"artist", "campaigns"}`."""
        artist = str(item.content["artist"])
        campaigns = list(item.content["campaigns"])
        titles = {str(campaign["song"] or "") for campaign in campaigns} - {""}

        def has_all(found: Lookup) -> bool:
            return all(_verdict(artist, title, found).sure for title in titles)

        found = await look_up(page, artist, has_all)
        return document(artist, campaigns, found, datetime.now(UTC).replace(tzinfo=None))

    def outcomes(self, content: dict[str, object]) -> Counter[str]:
        """How many campaigns were found, and what became of the others."""
        counts: Counter[str] = Counter()
        is_on_roster = any(each["score"] == SURE for each in content["roster_artists"])
        rest = "no such song" if is_on_roster else "not on the roster"
        for result in content["clients"].values():
            found, doubtful = result["matched_songs"], result["campaigns_to_review"]
            counts["found"] += found
            counts["to review"] += doubtful
            counts[rest] += result["campaigns"] - found - doubtful
        return +counts


def document(
    artist: str, campaigns: list[dict[str, object]], found: Lookup, scraped_at: datetime
) -> dict[str, object]:
    """The content of an artist's file, by whole Client cell."""
    by_label: dict[str, list[dict[str, object]]] = {}
    for campaign in campaigns:
        by_label.setdefault(str(campaign["client"] or ""), []).append(campaign)
    return {
        "schema_version": SCHEMA_VERSION,
        "scraped_at": scraped_at.isoformat(),
        "search": artist,
        "roster_artists": [
            {
                "artist_id": each.artist_id,
                "artist": each.name,
                "songs": each.songs,
                "score": each.score,
            }
            for each in found.artists
        ],
        "notes": found.notes,
        "total_campaigns": len(campaigns),
        "total_clients": len(by_label),
        "clients": {label: _result(artist, group, found) for label, group in by_label.items()},
    }


def _result(artist: str, campaigns: list[dict[str, object]], found: Lookup) -> dict[str, object]:
    songs, candidates, doubtful = [], {}, 0
    for campaign in campaigns:
        verdict = _verdict(artist, str(campaign["song"] or ""), found)
        if verdict.sure:
            songs.append(_song(campaign, verdict))
        doubtful += bool(verdict.candidates)
        for each in verdict.candidates:  # once, however many vendors a campaign has
            key = (campaign["campaign"], each.listed.song.track_id)
            candidates.setdefault(key, _candidate(campaign, each))
    is_there = candidates or (found.listed and found.is_on_roster)
    return {
        "campaigns": len(campaigns),
        "roster_songs_found": len(found.listed),
        "matched_songs": len(songs),
        "campaigns_to_review": doubtful,
        "status": "success" if is_there else "no_roster_songs",
        "songs": songs,
        "candidates": list(candidates.values()),
    }


def _verdict(artist: str, title: str, found: Lookup) -> Verdict:
    return find_song(artist, title, found.listed, is_whole=found.is_whole)


def _song(campaign: dict[str, object], verdict: Verdict) -> dict[str, object]:
    song = verdict.sure.song
    return {
        **{name: campaign[name] for name in ("campaign", "client", "artist", "song")},
        "sfa_url": song.sfa_url,
        "track_id": song.track_id,
        "goal": campaign.get("goal"),
        "vendor": campaign.get("vendor"),
        "score": SURE,
    }


def _candidate(campaign: dict[str, object], candidate: Candidate) -> dict[str, object]:
    listed = candidate.listed
    return {
        "campaign": campaign["campaign"],
        "client": campaign["client"],
        "artist": listed.artist,
        "song": listed.title,
        "sfa_url": listed.song.sfa_url,
        "track_id": listed.song.track_id,
        "score": candidate.score,
    }
