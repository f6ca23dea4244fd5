"""The lists of matches that wait for a decision: possible duplicates, uncertain SFA matches."""

from playledger.web.listing import Column, Filter, Listing
from playledger.web.search import Search

KINDS = ("client", "vendor", "playlist")


def _pairs(kind: str) -> str:
    return (
        f"select '{kind}' as kind, {kind}_id_a as id_a, {kind}_id_b as id_b, name_a, name_b, "
        f"score, evidence from {{quality}}.{kind}_match_candidates"
    )


PAIRS = Listing(
    path="/pairs",
    title="Possible duplicates",
    singular="possible duplicate",
    plural="possible duplicates",
    description="Names that may mean the same. Nothing is merged without your decision: "
    "playledger review asks about each pair.",
    empty_hint="Every pair of similar names is decided.",
    table=f"({' union all '.join(_pairs(kind) for kind in KINDS)}) as pairs",
    key=("pairs.kind", "pairs.id_a", "pairs.id_b"),
    columns=(
        Column("id_a", "Id A", "pairs.id_a", is_hidden=True),
        Column("id_b", "Id B", "pairs.id_b", is_hidden=True),
        Column("score", "Score", "pairs.score", "number"),
        Column("kind", "Kind", "pairs.kind"),
        Column("name_a", "Name A", "pairs.name_a", link="/{kind}s/{id_a}"),
        Column("name_b", "Name B", "pairs.name_b", link="/{kind}s/{id_b}"),
        Column("evidence", "Why", "pairs.evidence", is_sorted=False),
    ),
    order="-score",
    search=Search(own=("pairs.name_a", "pairs.name_b")),
    search_hint="Name",
    filters=(Filter("kind", "Kind", choices={each: f"pairs.kind = '{each}'" for each in KINDS}),),
)

PAGES = Listing(
    path="/pages",
    title="Uncertain SFA matches",
    singular="uncertain SFA match",
    plural="uncertain SFA matches",
    description="Pages of Spotify for Artists that may be a campaign's song: "
    "playledger review --kind sfa asks about each.",
    empty_hint="Every match is decided.",
    table="{quality}.sfa_match_candidates as pages",
    key=("pages.campaign_id", "pages.sfa_url"),
    columns=(
        Column("campaign_id", "Campaign id", "pages.campaign_id", is_hidden=True),
        Column("campaign", "Campaign", "pages.campaign", link="/campaigns/{campaign_id}"),
        Column("client", "Client", "pages.client"),
        Column("score", "Score", "pages.score", "number"),
        Column("artist", "Artist found", "pages.artist"),
        Column("song", "Song found", "pages.song"),
        Column("sfa_url", "SFA", "pages.sfa_url", "outside"),
        Column("found_at", "Found", "pages.found_at", "time"),
    ),
    order="-score",
    search=Search(own=("pages.campaign", "coalesce(pages.song, '')")),
    search_hint="Campaign or song",
)
