"""One campaign as the 26 cells of a row, with the mistakes of the people who type them.

    Campaign ──► RowFormatter.row() ──► 26 cells

The campaign has the values; decks, one for each kind of cell, say how they are typed.
"""

from datetime import date, datetime
from random import Random

from sample import observed_frequencies as observed
from sample.catalogue import Campaign, Catalogue
from sample.claims import typed_claims
from sample.links import typed_url
from sample.names import text_key
from sample.seeded_random import Deck, rng_for, spotify_id

HEADER = (
    "Campaign", "Client", "Goal", "Salesperson", "Remaining", "Daily", "Weekly", "URL",
    "Sale price", "Start Date", "Status", "Invoice", "Vendor", "Paid Vendor?", "Curator Status",
    "Playlists", "SFA", "Notify Vendor?", "Ask For SFA", "Update Client", "Client Email",
    "Vendor Email", "Notes", "Last Modified", "SP Vendor Updates",
    "Spotify Campaign (from SP Vendor Updates)",
)  # fmt: skip
NAME_ENDINGS = {"blank at the end": " ", "two blanks at the end": "  "}


class RowFormatter:
    """Formats campaigns the way that the people of an agency type them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._seed, self._names = catalogue.seed, catalogue.names
        self._campaign_names = self._deck("name as typed", observed.NAME_AS_TYPED)
        self._clients = self._deck("client as typed", observed.CLIENT_AS_TYPED)
        self._emails = self._deck("email", observed.EMAIL)
        self._notes = self._deck("notes", observed.NOTES)
        self._updates = self._deck("vendor update", observed.VENDOR_UPDATE)
        self._boxes = [
            self._deck(box, {"checked": checked, "": 585 - checked})
            for box, checked in observed.BOXES.items()
        ]

    def row(self, campaign: Campaign) -> list[str]:
        """Return the campaign's cells in the order of the header."""
        number, song, names = campaign.number, campaign.song, self._names
        paid, sfa, notify, ask, update = (box[number] for box in self._boxes)
        has_update = self._updates[number]
        return [
            song.name + NAME_ENDINGS.get(self._campaign_names[number], ""),
            self.client_cell(campaign),
            _number(campaign.goal),
            self._salesperson_cell(campaign.salespeople),
            _number(campaign.progress.remaining),
            _number(campaign.progress.daily),
            _number(campaign.progress.weekly),
            typed_url(
                campaign.link,
                track=song.track_id,
                artist=song.artist_id,
                other=spotify_id("other", song.track_id),
            ),
            "" if campaign.cents is None else f"${dollars(campaign.cents)}",
            _day(campaign.start) if campaign.start else "",
            campaign.status,
            campaign.invoice,
            "" if campaign.vendor is None else names.vendors[campaign.vendor],
            paid,
            campaign.curator_status,
            typed_claims(campaign.claims, campaign.claims_flaw, self._seed, names),
            sfa,
            notify,
            ask,
            update,
            self._email_cell(campaign),
            self._vendor_email(campaign.vendor),
            "\n".join(filter(None, (self._note(number), campaign.remark))),
            _minute(campaign.modified) if campaign.modified else "",
            self._vendor_update(number) if has_update else "",
            song.name.strip() if has_update else "",
        ]

    def client_cell(self, campaign: Campaign) -> str:
        """Return the Client cell; a name that contains a comma is quoted."""
        names = map(self._names.client, campaign.clients)
        style = campaign.song.client_style
        joiner = ", " if style == "two, blank" else ","
        cell = joiner.join(f'"{name}"' if "," in name else name for name in names)
        if case := self._clients[campaign.number]:
            varied = cell.lower() if case == "small" else cell.upper()
            cell = varied if text_key(varied) == text_key(cell) else cell
        if style == "blank in front":
            return f" {cell}"
        return f"{cell} " if style == "blank at the end" else cell

    def _salesperson_cell(self, salespeople: tuple[int, ...]) -> str:
        joiner = "," if salespeople == observed.SALESPEOPLE_WITH_COMMA else "/"
        return joiner.join(self._names.people[person] for person in salespeople)

    def _email_cell(self, campaign: Campaign) -> str:
        style = self._emails[campaign.number]
        if style == "none":
            return ""
        clients = campaign.clients or (campaign.song.number,)
        if style == "one":
            return ", ".join(map(self._email, clients))
        several = [self._email(client) for client in (*clients, clients[0] + 1)]
        one = several[0]
        return {
            "several": ", ".join(several),
            "several, semicolon": ";".join(several),
            "blank at the end": f"{one} ",
            "capitals": one.upper() if campaign.number % 2 else one.capitalize(),
            "no top-level domain": one.removesuffix(".example"),
            "a blank before the comma": " , ".join(several),
            "twice": f"{one}, {one}",
            "dot at the end": f"{one}.",
            "N/A": "N/A",
        }[style]

    def _email(self, client: int) -> str:
        words = self._names.words
        host = words[client * 13 % len(words)] if client % 2 else "mail"
        return f"{words[client * 29 % len(words)]}{client}@{host}.example".lower()

    def _vendor_email(self, vendor: int | None) -> str:
        if vendor is None or vendor in observed.VENDORS_WITHOUT_EMAIL:
            return ""
        return f"{self._names.words[vendor * 17]}.playlists@mail.example"

    def _note(self, number: int) -> str:
        kind = self._notes[number]
        if kind == "":
            return ""
        rng = rng_for(self._seed, "note", number)
        words = self._words(rng.choice((2, 4, 7, 12)), rng)
        return {
            "one line": words,
            "lines": f"{words}.\n\n{self._words(30, rng)}. \n",
            "quoted": f'"{words}" and then\n"{self._words(2, rng)}", please',
            "curly": f"“{words}\u202f(take\u202f9),” {self._words(9, rng)} ",
        }[kind]

    def _vendor_update(self, number: int) -> str:
        rng = rng_for(self._seed, "vendor update", number)
        return f'"- {self._words(1, rng)}\n- {self._words(3, rng)}"'

    def _words(self, number: int, rng: Random) -> str:
        return " ".join(rng.choices(self._names.words, k=number))

    def _deck(self, name: str, cards: dict) -> Deck:
        return Deck(self._seed, name, cards)


def dollars(cents: int) -> str:
    """Return cents as dollars, in exact decimal text."""
    return f"{cents // 100}.{cents % 100:02d}"


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _day(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year}"


def _minute(moment: datetime) -> str:
    half = "am" if moment.hour < 12 else "pm"
    return f"{_day(moment)} {moment.hour % 12 or 12}:{moment.minute:02d}{half}"
