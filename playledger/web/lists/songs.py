"""The list of songs: Spotify tracks, and when each was last scraped."""

from playledger.web.listing import Column, Filter, Listing
from playledger.web.lists.filters import by_entity
from playledger.web.search import LinkedText, Search

SONGS = Listing(
    path="/songs",
    title="Songs",
    singular="song",
    plural="songs",
    description="Spotify tracks of campaigns and of scrapes, the longest not scraped first.",
    empty_hint="The first export with track links brings them.",
    table="{ledger}.songs as songs",
    key=("songs.track_id",),
    aggregates={
        "work": """
            select min(campaigns.name) as campaign, count(*) as campaigns
            from {ledger}.campaigns
            where songs.track_id in (campaigns.track_id, campaigns.sfa_track_id)
        """,
    },
    columns=(
        Column("track_id", "Track", "songs.track_id", link="/campaigns?q={track_id}"),
        Column("campaign", "First campaign", "work.campaign"),
        Column("campaigns", "Campaigns", "work.campaigns", "number",
               link="/campaigns?q={track_id}"),
        Column("sfa_url", "SFA", "songs.sfa_url", "outside"),
        Column("sfa_source", "SFA URL from", "songs.sfa_source"),
        Column("last_scraped_at", "Last scraped", "songs.last_scraped_at", "time"),
    ),
    order="last_scraped_at",
    track_condition="songs.track_id = any({tracks})",
    search=Search(
        linked=(
            LinkedText(
                "songs.track_id", "campaigns", "unnest(array[track_id, sfa_track_id])",
                "campaigns.name",
                join="songs.track_id in (campaigns.track_id, campaigns.sfa_track_id)",
                keys_per_row=8,
            ),
        ),
        max_count=10_000,
    ),
    search_hint="Campaign, or a Spotify link",
    filters=(
        Filter(
            "has", "Has", choices={
                "campaign link": "exists (select from {ledger}.campaigns as campaigns "
                "where campaigns.track_id = songs.track_id)",
                "SFA URL": "songs.sfa_url is not null",
                "no SFA URL": "songs.sfa_url is null",
                "a scrape": "songs.last_scraped_at is not null",
                "no scrape": "songs.last_scraped_at is null",
            },
        ),
        by_entity(
            "playlist", "songs.track_id = any(array(select track_id "
            "from {ledger}.playlist_streams as seen where seen.playlist_id = {value}::uuid))",
        ),
    ),
)  # fmt: skip
