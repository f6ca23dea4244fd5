"""Collect SFA URLs: one artist's campaigns in, the matching songs on the roster out.

    campaigns ──► make_items() ──► Items, one per artist ──► SfaCollection.collect() ──► one file

A song's own page is not opened: the roster's lists have the ids that an SFA URL needs. The file's
shape is that of roster results in docs/contract.md.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import blake2b

from loaders.scrape.name_normalisation import normalise
from loaders.scrape.page import BrowserPage
from loaders.scrape.roster_lookup import ArtistLookup, look_up_artist
from loaders.scrape.song_matching import EXACT, RosterSong, SongMatch, match_song
from loaders.scrape.worklist import Item

SCHEMA_VERSION = "1"


def item_key(artist: str) -> str:
    """The key of an artist's item: a hash of the normalised name."""
    return blake2b(normalise(artist).encode(), digest_size=12).hexdigest()


def make_items(campaigns: Iterable[dict[str, object]]) -> list[Item]:
    """The items of an SfaCollection: one per artist, in the order of their first campaign.

    A campaign is `{"campaign", "client", "artist", "song", "goal", "vendor"}`; those without an
    artist cannot be searched for and are left out.
    """
    by_artist: dict[str, list[dict[str, object]]] = {}
    for campaign in campaigns:
        if normalise(str(campaign["artist"] or "")):
            by_artist.setdefault(item_key(str(campaign["artist"])), []).append(campaign)
    return [
        Item(key, str(group[0]["artist"]), {"artist": group[0]["artist"], "campaigns": group})
        for key, group in by_artist.items()
    ]


class SfaCollection:
    """The collection of `playledger scrape sfa`; see runner.Collection."""

    kind = "sfa"
    unit = "artists"

    async def check(self, page: BrowserPage, item: Item) -> None:
        """Nothing: the roster, where each search starts, is checked before every run."""

    async def collect(self, page: BrowserPage, item: Item) -> dict[str, object]:
        """The roster result of one artist; `item.content` is `{"artist", "campaigns"}`."""
        artist = str(item.content["artist"])
        campaigns = list(item.content["campaigns"])
        titles = {str(campaign["song"] or "") for campaign in campaigns} - {""}

        def is_settled(lookup: ArtistLookup) -> bool:
            return all(_match(artist, title, lookup).found for title in titles)

        lookup = await look_up_artist(page, artist, is_settled)
        return make_document(artist, campaigns, lookup, datetime.now(UTC).replace(tzinfo=None))

    def outcomes(self, content: dict[str, object]) -> Counter[str]:
        """Campaigns by whether their song was found."""
        counts: Counter[str] = Counter()
        is_on_roster = any(each["score"] == EXACT for each in content["roster_artists"])
        rest = "no such song" if is_on_roster else "not on the roster"
        for result in content["clients"].values():
            found, to_review = result["matched_songs"], result["campaigns_to_review"]
            counts["found"] += found
            counts["to review"] += to_review
            counts[rest] += result["campaigns"] - found - to_review
        return +counts


def make_document(
    artist: str, campaigns: list[dict[str, object]], lookup: ArtistLookup, scraped_at: datetime
) -> dict[str, object]:
    """The content of an artist's file, by whole Client cell; `scraped_at` is in UTC."""
    by_label: dict[str, list[dict[str, object]]] = {}
    for campaign in campaigns:
        by_label.setdefault(str(campaign["client"] or ""), []).append(campaign)
    return {
        "schema_version": SCHEMA_VERSION,
        "scraped_at": scraped_at.isoformat(),
        "search": artist,
        "roster_artists": [asdict(each) for each in lookup.artists],
        "notes": lookup.notes,
        "total_campaigns": len(campaigns),
        "total_clients": len(by_label),
        "clients": {label: _result(artist, group, lookup) for label, group in by_label.items()},
    }


def _result(
    artist: str, campaigns: list[dict[str, object]], lookup: ArtistLookup
) -> dict[str, object]:
    titles = {str(campaign["song"] or "") for campaign in campaigns}
    matches = {title: _match(artist, title, lookup) for title in titles}
    songs, candidates, to_review = [], {}, 0
    for campaign in campaigns:
        match = matches[str(campaign["song"] or "")]
        if match.found:
            names = ("campaign", "client", "artist", "song")
            song = {name: campaign[name] for name in names} | _ids(match.found)
            extra = {"goal": campaign.get("goal"), "vendor": campaign.get("vendor")}
            songs.append({**song, **extra, "score": EXACT})
        to_review += bool(match.candidates)
        for each in match.candidates:  # once, however many vendors a campaign has
            key = (campaign["campaign"], each.found.song.track_id)
            names = {"campaign": campaign["campaign"], "client": campaign["client"]}
            shown = {"artist": each.found.artist, "song": each.found.title}
            candidate = {**names, **shown, **_ids(each.found), "score": each.score}
            candidates.setdefault(key, candidate)
    has_songs = candidates or (lookup.songs and lookup.is_on_roster)
    return {
        "campaigns": len(campaigns),
        "roster_songs_found": len(lookup.songs),
        "matched_songs": len(songs),
        "campaigns_to_review": to_review,
        "status": "success" if has_songs else "no_roster_songs",
        "songs": songs,
        "candidates": list(candidates.values()),
    }


def _match(artist: str, title: str, lookup: ArtistLookup) -> SongMatch:
    return match_song(artist, title, lookup.songs, is_complete=lookup.is_complete)


def _ids(found: RosterSong) -> dict[str, object]:
    return {"sfa_url": found.song.sfa_url, "track_id": found.song.track_id}
