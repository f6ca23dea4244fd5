"""What people do to one campaign in a week.

    Campaign, kind of edit ──► edit() ──► its later state ──► differences() ──► what was edited

Rows of one order that meet the same edit come out alike: chance belongs to the song. A status
brings with it what follows from it: streams still to come, the invoice, playlists, a remark.
No edit empties a filled cell, except the e-mail of a vendor who is followed by one without.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random

from sample import observed_frequencies as real
from sample.catalogue import SONGS_IN_ERA, Campaign, Catalogue
from sample.claims import make_claims
from sample.links import url_kind
from sample.names import CLIENTS_PER_ERA
from sample.schedule import Progress, progress
from sample.seeded_random import dice, spotify_id

NEXT_STATUSES = {  # from: to, and how often
    "Active": {"Complete": 36, "Paused": 3, "Cancelled": 2},
    "Unreleased": {"Active": 1},
    "Pending": {"Active": 3, "Cancelled": 1},
    "Paused": {"Active": 1},
    "Updated via API": {"Active": 1},
    "Completed": {"Complete": 1},
    "Cancelled": {"Pending": 1},
    "Complete": {"Active": 1},
}
INVOICES = {"Complete": "Paid", "Cancelled": "N/A", "Active": "Sent"}
REMARKS = {
    "Complete": "Goal reached, report sent.",
    "Cancelled": "Client asked to stop.",
    "Paused": "On hold until the new master is up.",
    "Active": "Pitched, first adds are live.",
    "Pending": "Client wants to go on after all.",
}
DAYS_MOVED = (-7, -3, -1, 1, 2, 3, 7, 7, 7, 14, 14, 21)

DIFFERENCES: dict[str, Callable[[Campaign], object]] = {  # what is edited: what it says
    "name": lambda campaign: campaign.song.name,
    "client": lambda campaign: campaign.clients,
    "url": lambda campaign: (campaign.link, campaign.song.track_id),
    "status": lambda campaign: campaign.status,
    "start date": lambda campaign: campaign.start,
    "vendor": lambda campaign: campaign.vendor,
    "invoice": lambda campaign: campaign.invoice,
    "curator status": lambda campaign: campaign.curator_status,
    "playlists": lambda campaign: campaign.claims,
    "notes": lambda campaign: campaign.remark,
}


def differences(before: Campaign, after: Campaign) -> list[str]:
    """Return the names of what a person edited; a week's streams are nobody's edit."""
    return [name for name, says in DIFFERENCES.items() if says(before) != says(after)]


def edit(kind: str, campaign: Campaign, catalogue: Catalogue) -> Campaign:
    """Return the campaign after one edit, which never leaves it as it was."""
    chance = dice(catalogue.seed, "edit", kind, campaign.song.number)
    return EDITS[kind](campaign, catalogue, chance)


def _name(campaign: Campaign, catalogue: Catalogue, chance: Random) -> Campaign:
    """A guest is named, or a letter too many is taken out."""
    name = campaign.song.name
    if chance.random() < 0.5:
        name += f" (feat. {catalogue.names.artist(int(chance.random() * 10**6))})"
    else:
        at = chance.choice([at for at, letter in enumerate(name) if letter.isalpha()])
        name = name[:at] + name[at + 1 :]
    return replace(campaign, song=replace(campaign.song, name=name))


def _client(campaign: Campaign, catalogue: Catalogue, chance: Random) -> Campaign:
    """Mostly another client; one beside the first, or one fewer."""
    clients, luck = campaign.clients, chance.random()
    if luck < 0.2 and len(clients) > 1:
        return replace(campaign, clients=clients[:-1])
    first = max(campaign.song.number, 0) // SONGS_IN_ERA * CLIENTS_PER_ERA
    other = first + int(CLIENTS_PER_ERA * chance.random() ** 2)
    while other in clients:
        other += 1
    kept = clients if luck < 0.2 else clients[1:]
    return replace(campaign, clients=(*kept, other) if luck < 0.2 else (other, *kept))


def _url(campaign: Campaign, catalogue: Catalogue, chance: Random) -> Campaign:
    """The track's link for what stood there before it came out; else the link to another track."""
    if url_kind(campaign.link) != "track":
        return replace(campaign, link=chance.choice(("track", "track, shared")))
    track = spotify_id(catalogue.seed, "track put right", campaign.song.number)
    return replace(campaign, song=replace(campaign.song, track_id=track))


def _status(campaign: Campaign, catalogue: Catalogue, chance: Random) -> Campaign:
    """Another status, and what follows from it."""
    following = NEXT_STATUSES[campaign.status]
    status = chance.choices(list(following), list(following.values()))[0]
    invoice, curator, claims = campaign.invoice, campaign.curator_status, campaign.claims
    if chance.random() < 0.6 and (invoice != "Paid" or status == "Cancelled"):
        invoice = INVOICES.get(status, invoice)
    if status == "Cancelled" or (status == "Paused" and chance.random() < 0.5):
        curator = "Denied"
    if status in ("Active", "Complete"):
        curator = "Accepted" if curator in ("", "TBD") else curator
        if chance.random() < 0.4:
            named = {claim.playlist for claim in claims}
            added = make_claims(1 + int(chance.random() * 3), "", campaign.vendor or 0, chance)
            claims += tuple(claim for claim in added if claim.playlist not in named)
    return replace(
        campaign,
        status=status,
        progress=_progress(campaign, status, chance),
        invoice=invoice,
        curator_status=curator,
        claims=claims,
        remark=REMARKS[status] if chance.random() < 0.25 else campaign.remark,
    )


def _progress(campaign: Campaign, status: str, chance: Random) -> Progress:
    was = campaign.progress
    if status == "Paused" and was.remaining is not None:
        return Progress(was.remaining, 0, 0)
    now = progress(status, campaign.goal or 0, chance)
    return was if now.remaining is None else now


def _start(campaign: Campaign, catalogue: Catalogue, chance: Random) -> Campaign:
    if campaign.start is None:
        return campaign
    return replace(campaign, start=campaign.start + timedelta(days=chance.choice(DAYS_MOVED)))


def _vendor(campaign: Campaign, catalogue: Catalogue, chance: Random) -> Campaign:
    return replace(campaign, vendor=another_vendor({campaign.vendor}, chance))


def another_vendor(taken: set[int | None], chance: Random) -> int:
    """Return a vendor that is not taken, the much used ones more often."""
    free = {
        vendor: rows
        for vendor, rows in real.VENDOR.items()
        if vendor is not None and vendor not in taken
    }
    return chance.choices(list(free), list(free.values()))[0]


EDITS: dict[str, Callable[[Campaign, Catalogue, Random], Campaign]] = {
    "name": _name,
    "client": _client,
    "url": _url,
    "status": _status,
    "start date": _start,
    "vendor": _vendor,
}
