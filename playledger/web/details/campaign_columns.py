"""Every column of a campaign with its label, in sections.

a row of ledger.campaigns, its clients ──► column_sections() ──► sections of facts
"""

from collections.abc import Iterator
from urllib.parse import quote

from playledger.web.details.detail_page import Fact, Section
from playledger.web.details.shared import spotify_link
from playledger.web.formatting import as_words, exact
from playledger.web.ledger_reader import Row

KINDS = {"track": "a song", "album": "an album", "artist": "an artist", "playlist": "a playlist"}


def column_sections(row: Row, clients: list[Row]) -> tuple[Section, ...]:
    """The sale, the status, the people, the links, the notes."""
    people = [(name, f"/salespeople/{quote(name, safe='')}") for name in row.salespeople or ()]
    sections = {
        "Sale": (
            Fact("Artist", row.artist),
            Fact("Song", row.song),
            Fact("Goal", row.goal, "number"),
            Fact("Price", row.sale_price, "money"),
            Fact("Starts", row.start_date, "date"),
            Fact("Order", row.order_name, link=f"/orders/{row.campaign_group_id}"),
            Fact("Remaining", row.remaining, "number"),
            Fact("Daily", row.daily, "number"),
            Fact("Weekly", row.weekly, "number"),
        ),
        "Status": (
            Fact("Status", row.status, "status"),
            Fact("Invoice", row.invoice and as_words(row.invoice)),
            Fact("Curator", row.curator_status and as_words(row.curator_status)),
            Fact("Vendor paid", row.is_vendor_paid, "yes_no"),
            Fact("SFA received", row.is_sfa_received, "yes_no"),
            Fact("Notify vendor", row.is_notify_vendor, "yes_no"),
            Fact("Ask for SFA", row.is_ask_for_sfa, "yes_no"),
            Fact("Update client", row.is_update_client, "yes_no"),
            Fact("In latest export", row.is_in_latest_export, "yes_no"),
            Fact("Row in export", row.source_row, "number"),
            Fact(
                "Last modified in Airtable",
                row.last_modified_at and exact(row.last_modified_at),
            ),
            Fact("First loaded", row.created_at, "time"),
            Fact("Last changed in ledger", row.updated_at, "time"),
        ),
        "People": (
            Fact(
                "Client" if len(clients) < 2 else "Clients",
                [(each.name, f"/clients/{each.client_id}") for each in clients],
                "links",
            ),
            Fact("Client e-mail", row.client_emails),
            Fact("Vendor", row.vendor, link=f"/vendors/{row.vendor_id}"),
            Fact("Vendor e-mail", row.vendor_email),
            Fact("Sold by", people, "links"),
        ),
        "Links": tuple(_links(row)),
        "Notes": (
            Fact("Notes", row.notes, "long"),
            Fact("Playlists (from the export)", row.playlists, "long"),
            Fact("SP vendor updates", row.sp_vendor_updates, "long"),
            Fact("Spotify campaign", row.spotify_campaign, "long"),
            *(Fact(name, str(text), "long") for name, text in (row.extra or {}).items()),
        ),
    }
    return tuple(Section(title, facts=facts) for title, facts in sections.items())


def _links(row: Row) -> Iterator[Fact]:
    """The URL, the SFA URL and their songs; a song that is one of the links already is left out."""
    song = spotify_link("track", row.track_id)
    sfa_song = spotify_link("track", row.sfa_track_id)
    yield Fact(
        "URL", row.url, "outside", note=f"Links to {KINDS.get(row.url_kind, 'something else')}"
    )
    if song != row.url:
        yield Fact("Song on Spotify", song, "outside")
    source = f"Source: {as_words(row.sfa_source)}" if row.sfa_source else ""
    yield Fact("SFA URL", row.sfa_url, "outside", note=source)
    if sfa_song != song:
        yield Fact("Song of the SFA URL", sfa_song, "outside")
