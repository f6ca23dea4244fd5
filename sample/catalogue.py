"""The true values of each song and campaign, and the styles in which they are typed.

    seed, number ──► Catalogue ──► Song, Campaign ──► export, roster, scrapes

Both follow from (seed, number) alone, in any order, so a million of them need no memory. The next
export and the tests' simulated site use the same ones; `dataclasses.replace` gives a campaign's
later state.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from random import Random

from sample import observed_frequencies as observed
from sample.claims import Claim, make_claims
from sample.links import LINKS_BY_SONG
from sample.names import CLIENTS_PER_ERA, COMMA_CLIENTS, Names, campaign_name
from sample.schedule import (
    ROWS_IN_BLOCK,
    SONGS_IN_BLOCK,
    Progress,
    arrange_block,
    modified_at,
    progress,
    start_day,
)
from sample.seeded_random import Deck, rng_for, spotify_id

CLIENTS_IN_CELL = {"none": 0, "two": 2, "two, blank": 2, "two with a comma": 2, "three": 3}
PARTNERS = (1, 2, 3, 8)  # clients of an era that are named together with others
SONGS_IN_ERA = sum(observed.CLIENT_OF_ERA.values())


@dataclass(frozen=True, slots=True)
class Song:
    """One song; a negative number is one without a campaign in the export."""

    number: int
    artist: str
    title: str
    name: str  # artist and title, as typed in the Campaign cell
    clients: tuple[int, ...]
    client_style: str
    artist_id: str
    track_id: str
    sfa_track_id: str  # differs where Spotify for Artists lists the copy on an album

    @property
    def sfa_url(self) -> str:
        """The address of the song's page on Spotify for Artists."""
        return (
            f"https://artists.spotify.com/c/artist/{self.artist_id}/song/{self.sfa_track_id}/stats"
        )


@dataclass(frozen=True, slots=True)
class Campaign:
    """One row of the agency's list: one song with one vendor."""

    number: int
    song: Song
    clients: tuple[int, ...]  # in the order typed, which may differ between the rows of a song
    vendor: int | None
    salespeople: tuple[int, ...]
    link: str  # a kind of `links.LINKS`
    status: str  # as typed; `observed_frequencies.CANONICAL_STATUS` has the canonical one
    goal: int | None
    progress: Progress
    cents: int | None
    start: date | None
    modified: datetime | None
    claims: tuple[Claim, ...]
    claims_flaw: str
    invoice: str
    curator_status: str
    remark: str = ""  # a line added to the notes since the first export


class Catalogue:
    """Every song and campaign of one seed."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.names = Names(seed)
        self._block = arrange_block(seed)
        self._clients = Deck(seed, "client", observed.CLIENT_OF_ERA)
        self._client_styles = Deck(seed, "client style", observed.CLIENT_STYLE)
        self._name_styles = Deck(seed, "name style", observed.NAME_STYLE)
        self._copies = Deck(seed, "copy", observed.SFA_IS_A_COPY)
        self._links = Deck(seed, "link", LINKS_BY_SONG)
        self._vendors = Deck(seed, "vendor", observed.VENDOR)
        self._salespeople = Deck(seed, "salespeople", observed.SALESPEOPLE)
        self._statuses = Deck(seed, "status", observed.STATUS)
        self._goals = Deck(seed, "goal", observed.GOAL)
        self._cents = Deck(seed, "price", observed.PRICE_IN_CENTS)
        self._fridays = Deck(seed, "friday", observed.STARTS_ON_FRIDAY)
        self._has_start = Deck(seed, "start", observed.HAS_START_DATE)
        self._has_modified = Deck(seed, "modified", observed.HAS_LAST_MODIFIED)
        self._invoices = Deck(seed, "invoice", observed.INVOICE)
        self._curators = Deck(seed, "curator", observed.CURATOR_STATUS)
        self._claimed_lines = Deck(seed, "claimed lines", observed.CLAIMED_LINES)
        self._claims_flaws = Deck(seed, "claims flaw", observed.CLAIMS_FLAW)
        self.song = lru_cache(maxsize=SONGS_IN_BLOCK)(self._song)

    def song_of(self, campaign: int) -> int:
        """Return the number of the campaign's song."""
        block, row = divmod(campaign, ROWS_IN_BLOCK)
        return block * SONGS_IN_BLOCK + self._block[row].song

    def campaigns_of(self, song: int) -> list[int]:
        """Return the numbers of a song's campaigns, in the order of the export."""
        block, place = divmod(song, SONGS_IN_BLOCK)
        top = block * ROWS_IN_BLOCK
        return [top + row for row, slot in enumerate(self._block) if slot.song == place]

    def campaign(self, number: int) -> Campaign:
        """Return the campaign in this row of the export, counted from 0."""
        rng = rng_for(self.seed, "campaign", number)
        row = number % ROWS_IN_BLOCK
        slot, song = self._block[row], self.song(self.song_of(number))
        clients, link = song.clients, self._links[song.number]
        if slot.repeat and rng.random() < 0.3:
            clients, link = clients[::-1], self._links[song.number + 7 * slot.repeat]
        order = number - row + slot.run
        start = start_day(order, self._fridays[order])
        status, goal, vendor = self._statuses[number], self._goals[number], self._vendors[number]
        flaw = self._claims_flaws[number]
        return Campaign(
            number=number,
            song=song,
            clients=clients,
            vendor=vendor,
            salespeople=self._salespeople[number],
            link=link,
            status=status,
            goal=goal,
            progress=progress(status, goal or 0, rng),
            cents=self._cents[number],
            start=start if self._has_start[number] else None,
            modified=modified_at(start, rng) if self._has_modified[number] else None,
            claims=make_claims(self._claimed_lines[number], flaw, vendor or 0, rng),
            claims_flaw=flaw,
            invoice=self._invoices[number],
            curator_status=self._curators[number],
        )

    def _song(self, number: int) -> Song:
        rng = rng_for(self.seed, "song", number)
        style = self._client_styles[number]
        clients = self._clients_of(number, style, rng)
        is_own = bool(clients) and rng.random() < 0.5  # half the clients are the artist
        artist = self.names.client(clients[0]) if is_own else ""
        if not artist or "," in artist:
            artist = self.names.artist(int(rng.random() * 10**6))
        title = self.names.title(number)
        track = spotify_id(self.seed, "track", number)
        copied = self._copies[number]
        return Song(
            number=number,
            artist=artist,
            title=title,
            name=campaign_name(artist, title, self._name_styles[number]),
            clients=clients,
            client_style=style,
            artist_id=spotify_id(self.seed, "artist", artist),
            track_id=track,
            sfa_track_id=spotify_id(self.seed, "copy", number) if copied else track,
        )

    def _clients_of(self, song: int, style: str, rng: Random) -> tuple[int, ...]:
        """Return up to three clients, some of them from the first era, who order in every one."""
        era = max(song, 0) // SONGS_IN_ERA
        first = 0 if era and rng.random() < 0.1 else era * CLIENTS_PER_ERA
        lead = first + self._clients[song]
        if "with a comma" in style:
            lead = first + rng.choice(COMMA_CLIENTS)
        wanted = CLIENTS_IN_CELL.get(style, 1)
        if wanted < 2:
            return (lead,)[:wanted]
        others = [first + partner for partner in PARTNERS if first + partner != lead]
        rng.shuffle(others)
        return (lead, *others)[:wanted]


@lru_cache(maxsize=4)
def catalogue_of(seed: int) -> Catalogue:
    """Return the catalogue of this seed; cached per process."""
    return Catalogue(seed)
