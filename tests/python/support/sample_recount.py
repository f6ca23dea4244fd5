"""The figures of a sample counted a second time, from its files: csv, json, regular expressions.

It shares no code with `sample`, so the generated values and the written files must agree.
"""

import csv
import json
import re
import unicodedata
from collections import Counter
from decimal import Decimal
from itertools import combinations

TRACK = re.compile(
    r"\s*https://open\.spotify\.com/(?:intl-\w\w/)?track/([0-9A-Za-z]{22})(?:[/?]|\s*$)"
)
SFA = re.compile(r"https://artists\.spotify\.com/c/artist/[0-9A-Za-z]{22}/song/([0-9A-Za-z]{22})/")
SPOTIFY_KIND = re.compile(r"https://open\.spotify\.com/(?:intl-\w\w/)?(album|artist|playlist)/")


def key(text):
    return " ".join(unicodedata.normalize("NFKC", text).split()).lower()


def client_names(cell):
    names = next(csv.reader([cell.strip()], skipinitialspace=True), [])
    return list(dict.fromkeys(key(name) for name in names if name.strip()))


def url_kind(url):
    if TRACK.match(url):
        return "track"
    if match := SPOTIFY_KIND.match(url.strip()):
        return match[1]
    return "other" if url.strip() else "none"


def read_export(out):
    with (out / "campaigns_export.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def read_scrapes(out):
    """Return (documents, number of files that are not JSON)."""
    documents, broken = [], 0
    for path in sorted((out / "scraped").iterdir()):
        try:
            documents.append(json.loads(path.read_text("utf-8")))
        except json.JSONDecodeError:
            broken += 1
    return documents, broken


def read_roster(out):
    files = [json.loads(path.read_text("utf-8")) for path in sorted((out / "roster").iterdir())]
    return files, [pair for file in files for pair in songs_of(file)]


def songs_of(file):
    return [
        (label, song)
        for label, client in file["clients"].items()
        for song in client.get("songs", ())
    ]


def recount_export(rows):
    clients = [client_names(row["Client"]) for row in rows]
    tracks = [match[1] for row in rows if (match := TRACK.match(row["URL"]))]
    lines = [line.strip() for row in rows for line in row["Playlists"].split("\n")]
    links = {m[1] for line in lines if (m := re.search(r"/playlist/(\w{22})", line))}
    named = (re.sub(r"\s*\[new\]$", "", line, flags=re.I) for line in lines if "http" not in line)
    claimed = {key(re.sub(r"^['\"]?-(?:\s+|$)", "", line)) for line in named} - {""}
    people = {p for row in rows for p in re.split("[/,]", row["Salesperson"]) if p}
    statuses = {"complete": "complete", "completed": "complete", "updated via api": "unknown"}
    kinds = ("track", "album", "artist", "playlist", "other", "none")
    counted = Counter(url_kind(row["URL"]) for row in rows)
    prices = [Decimal(row["Sale price"].removeprefix("$")) for row in rows if row["Sale price"]]
    return {
        "rows": len(rows),
        "cells": sum(cell != "" for row in rows for cell in row.values()),
        "campaigns": len(rows),
        "client_labels": len({row["Client"].strip() for row in rows} - {""}),
        "clients": len({name for names in clients for name in names}),
        "campaign_clients": sum(map(len, clients)),
        "campaigns_without_client": sum(not names for names in clients),
        "vendors": len({row["Vendor"] for row in rows} - {""}),
        "campaigns_with_vendor": sum(row["Vendor"] != "" for row in rows),
        "salespeople": len(people),
        "status": dict(Counter(statuses.get(s := row["Status"].lower(), s) for row in rows)),
        "url_kind": {kind: counted[kind] for kind in kinds},
        "tracks": len(set(tracks)),
        "campaigns_with_track": len(tracks),
        "goal": sum(int(row["Goal"] or 0) for row in rows),
        "sale_price": f"{sum(prices, Decimal()):.2f}",
        "start_dates": sum(row["Start Date"] != "" for row in rows),
        "last_modified": sum(row["Last Modified"] != "" for row in rows),
        "claimed_playlists": len(claimed),
        "claimed_links": len(links),
    }


def recount_scrapes(documents, broken):
    """Return (figures, tracks with a stream row)."""
    counts, playlists, songs, streams = Counter(), set(), set(), set()
    for document in documents:
        track = SFA.match(document["url"])[1]
        accepted = {}
        for window, content in document["time_ranges"].items():
            if content["stats"]["title"] == "Welcome back":
                counts["rejected_windows"] += 1
                continue
            accepted[window] = content["stats"]["playlists"]
            songs.add(track)
            for row in accepted[window]:
                name, by = row["name"], row["made_by"]
                glued = by == "Spotify" and re.search(r"\SPersonalized$", name)
                playlist = (key(name.removesuffix("Personalized") if glued else name), by)
                stream = (track, playlist, window, document["scraped_at"])
                counts["glued_names"] += bool(glued)
                counts["playlist_rows"] += 1
                counts["repeated_rows"] += stream in streams
                streams.add(stream)
                playlists.add(playlist)
        counts["accepted_windows"] += len(accepted)
        equal = (a and a == b for a, b in combinations(accepted.values(), 2))
        counts["stale_window_pairs"] += sum(map(bool, equal))
    kinds = ("rejected_windows", "accepted_windows", "glued_names", "playlist_rows")
    return {
        **{kind: counts[kind] for kind in (*kinds, "repeated_rows", "stale_window_pairs")},
        "files": len(documents) + broken,
        "rejected_files": broken,
        "playlists": len(playlists),
        "songs": len(songs),
        "stream_rows": len(streams),
    }, {track for track, *_ in streams}


def recount(out):
    rows, (files, found) = read_export(out), read_roster(out)
    scrapes, streamed = recount_scrapes(*read_scrapes(out))
    sfa = {
        (key(song["campaign"]), key(label)): SFA.match(song["sfa_url"])[1] for label, song in found
    }
    reached = [sfa.get((key(row["Campaign"]), key(row["Client"]))) for row in rows]
    tracks = [(m[1] if (m := TRACK.match(row["URL"])) else None) for row in rows]
    return {
        "export": recount_export(rows),
        "scrapes": scrapes,
        "roster": {
            "files": len(files),
            "songs": len(found),
            "campaigns_with_sfa_url": sum(track is not None for track in reached),
            "tracks": len(set(sfa.values())),
        },
        "campaigns_with_streams": sum(
            bool({a, b} & streamed) for a, b in zip(reached, tracks, strict=True)
        ),
    }
