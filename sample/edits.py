"""The edits that people make to one campaign in a week.

    Campaign, kind of edit ──► edit() ──► its later state ──► differences() ──► kinds of edits

Randomness is seeded with the song, so the rows of one order get the same edit. A new status also
changes what follows from it: progress, the invoice, playlists, a remark. No edit empties a filled
cell, except the vendor's e-mail where the new vendor has none.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random

from sample import observed_frequencies as observed
from sample.catalogue import SONGS_IN_ERA, Campaign, Catalogue
from sample.claims import make_claims
from sample.links import url_kind
from sample.names import CLIENTS_PER_ERA
from sample.schedule import Progress, progress
from sample.seeded_random import rng_for, spotify_id

NEXT_STATUSES = {  # from: {to: weight}
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

DIFFERENCES: dict[str, Callable[[Campaign], object]] = {  # kind of edit: the value it changes
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
    """Return the kinds of edits between two states; progress is not an edit."""
    return [name for name, value in DIFFERENCES.items() if value(before) != value(after)]


def edit(kind: str, campaign: Campaign, catalogue: Catalogue) -> Campaign:
    """Return the campaign after one edit, which always changes it."""
    rng = rng_for(catalogue.seed, "edit", kind, campaign.song.number)
    return EDITS[kind](campaign, catalogue, rng)


def _name(campaign: Campaign, catalogue: Catalogue, rng: Random) -> Campaign:
    """Add a featured artist, or remove one letter."""
    name = campaign.song.name
    if rng.random() < 0.5:
        name += f" (feat. {catalogue.names.artist(int(rng.random() * 10**6))})"
    else:
        at = rng.choice([at for at, letter in enumerate(name) if letter.isalpha()])
        name = name[:at] + name[at + 1 :]
    return replace(campaign, song=replace(campaign.song, name=name))


def _client(campaign: Campaign, catalogue: Catalogue, rng: Random) -> Campaign:
    """Mostly replace the first client; else add one, or remove the last."""
    clients, draw = campaign.clients, rng.random()
    if draw < 0.2 and len(clients) > 1:
        return replace(campaign, clients=clients[:-1])
    first = max(campaign.song.number, 0) // SONGS_IN_ERA * CLIENTS_PER_ERA
    other = first + int(CLIENTS_PER_ERA * rng.random() ** 2)
    while other in clients:
        other += 1
    kept = clients if draw < 0.2 else clients[1:]
    return replace(campaign, clients=(*kept, other) if draw < 0.2 else (other, *kept))


def _url(campaign: Campaign, catalogue: Catalogue, rng: Random) -> Campaign:
    """Replace any other link by the track's; replace a track's link by another track's."""
    if url_kind(campaign.link) != "track":
        return replace(campaign, link=rng.choice(("track", "track, shared")))
    track = spotify_id(catalogue.seed, "track put right", campaign.song.number)
    return replace(campaign, song=replace(campaign.song, track_id=track))


def _status(campaign: Campaign, catalogue: Catalogue, rng: Random) -> Campaign:
    """Change the status and what follows from it."""
    following = NEXT_STATUSES[campaign.status]
    status = rng.choices(list(following), list(following.values()))[0]
    invoice, curator, claims = campaign.invoice, campaign.curator_status, campaign.claims
    if rng.random() < 0.6 and (invoice != "Paid" or status == "Cancelled"):
        invoice = INVOICES.get(status, invoice)
    if status == "Cancelled" or (status == "Paused" and rng.random() < 0.5):
        curator = "Denied"
    if status in ("Active", "Complete"):
        curator = "Accepted" if curator in ("", "TBD") else curator
        if rng.random() < 0.4:
            named = {claim.playlist for claim in claims}
            added = make_claims(1 + int(rng.random() * 3), "", campaign.vendor or 0, rng)
            claims += tuple(claim for claim in added if claim.playlist not in named)
    return replace(
        campaign,
        status=status,
        progress=_progress(campaign, status, rng),
        invoice=invoice,
        curator_status=curator,
        claims=claims,
        remark=REMARKS[status] if rng.random() < 0.25 else campaign.remark,
    )


def _progress(campaign: Campaign, status: str, rng: Random) -> Progress:
    before = campaign.progress
    if status == "Paused" and before.remaining is not None:
        return Progress(before.remaining, 0, 0)
    after = progress(status, campaign.goal or 0, rng)
    return before if after.remaining is None else after


def _start(campaign: Campaign, catalogue: Catalogue, rng: Random) -> Campaign:
    if campaign.start is None:
        return campaign
    return replace(campaign, start=campaign.start + timedelta(days=rng.choice(DAYS_MOVED)))


def _vendor(campaign: Campaign, catalogue: Catalogue, rng: Random) -> Campaign:
    return replace(campaign, vendor=another_vendor({campaign.vendor}, rng))


def another_vendor(taken: set[int | None], rng: Random) -> int:
    """Return a vendor that is not taken, frequent ones more often."""
    free = {
        vendor: rows
        for vendor, rows in observed.VENDOR.items()
        if vendor is not None and vendor not in taken
    }
    return rng.choices(list(free), list(free.values()))[0]


EDITS: dict[str, Callable[[Campaign, Catalogue, Random], Campaign]] = {
    "name": _name,
    "client": _client,
    "url": _url,
    "status": _status,
    "start date": _start,
    "vendor": _vendor,
}
