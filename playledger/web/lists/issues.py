"""What needs a person: doubts, rejected records, pairs of names, unsure pages, checks."""

from __future__ import annotations

from playledger.web.listing import Column, Filter, Listing
from playledger.web.search import Search, There

SEVERITIES = ("error", "warning", "info")
# The gravest first, those of one reason together, row by row: index `data_issues_by_gravity`.
IN_ORDER = (
    "array[array_position(array['error', 'warning', 'info'], doubts.severity)::text, "
    "doubts.reason, doubts.source_file, lpad(doubts.source_row::text, 9, '0')]"
)
KINDS = ("client", "vendor", "playlist")


def _pairs(kind: str) -> str:
    return (
        f"select '{kind}' as kind, {kind}_id_a as id_a, {kind}_id_b as id_b, name_a, name_b, "
        f"score, evidence from {{quality}}.{kind}_match_candidates"
    )


DOUBTS = Listing(
    path="/doubts",
    title="Doubts",
    one="doubt",
    many="doubts",
    lead="What the files leave unclear: one line for each cell, file or match, the gravest first.",
    empty="Nothing is doubtful.",
    table="{quality}.data_issues as doubts",
    key="doubts.issue_id",
    joins="left join {ledger}.campaigns as campaigns on doubts.campaign_id = campaigns.campaign_id",
    columns=(
        Column("campaign_id", "Campaign id", "doubts.campaign_id", is_hidden=True),
        Column(
            "rank",
            "Rank",
            IN_ORDER,
            is_hidden=True,
        ),
        Column("severity", "Severity", "doubts.severity", "severity"),
        Column("reason", "Reason", "replace(doubts.reason, '_', ' ')"),
        Column("campaign", "Campaign", "campaigns.name", link="/campaigns/{campaign_id}"),
        Column("value", "What it says", "doubts.raw_value", is_sorted=False),
        Column("column", "Column", "doubts.column_name"),
        Column("file", "File", "doubts.source_file"),
        Column("row", "Row", "doubts.source_row", "number"),
        Column("suggestion", "What to do", "doubts.suggestion", is_sorted=False),
    ),
    order="rank",
    search=Search(
        own=("replace(doubts.reason, '_', ' ')", "coalesce(doubts.raw_value, '')"),
        there=(
            There("doubts.campaign_id", "campaigns", "campaign_id", "campaigns.name", per_row=3),
        ),
        enough=1_000,
    ),
    search_hint="Reason, campaign or what the cell says",
    filters=(
        Filter(
            "severity",
            "Severity",
            conditions={each: f"doubts.severity = '{each}'" for each in SEVERITIES},
        ),
        Filter(
            "reason",
            "Reason",
            "doubts.reason = {value}",
            options="select distinct reason, replace(reason, '_', ' ') "
            "from {quality}.data_issues order by 1",
        ),
        Filter(
            "entity",
            "About",
            "doubts.entity = {value}",
            options="select distinct entity as value, entity as words "
            "from {quality}.data_issues order by 1",
        ),
        Filter(
            "campaign",
            "Campaign",
            "doubts.campaign_id = {value}::bigint",
            "number",
            named="select name from {ledger}.campaigns where campaign_id = {value}::bigint",
        ),
    ),
)

REJECTED = Listing(
    path="/rejected",
    title="Rejected records",
    one="rejected record",
    many="rejected records",
    lead="Rows, windows and files that did not become data, with what they hold.",
    empty="Nothing was rejected.",
    table="{quality}.rejected_records as rejected",
    key="rejected.record_id",
    columns=(
        Column("reason", "Reason", "replace(rejected.reason, '_', ' ')"),
        Column("kind", "Kind", "rejected.file_kind"),
        Column("file", "File", "rejected.source_file"),
        Column("row", "Row", "rejected.source_row", "number"),
        Column("place", "Where", "rejected.place"),
        Column("text", "What it holds", "left(rejected.raw_text, 500)", is_sorted=False),
        Column("loaded_at", "Loaded", "rejected.loaded_at", "time"),
    ),
    order="-loaded_at",
    search=Search(own=("replace(rejected.reason, '_', ' ')", "rejected.source_file")),
    search_hint="Reason or file",
    filters=(
        Filter(
            "reason",
            "Reason",
            "rejected.reason = {value}",
            options="select distinct reason, replace(reason, '_', ' ') "
            "from {quality}.rejected_records order by 1",
        ),
    ),
)

PAIRS = Listing(
    path="/pairs",
    title="Names that may be one",
    one="pair of names",
    many="pairs of names",
    lead="Nobody merges them but a person: playledger review asks about each.",
    empty="No two names wait for an answer.",
    table=f"({' union all '.join(_pairs(kind) for kind in KINDS)}) as pairs",
    key="pairs.kind || pairs.id_a || pairs.id_b",
    columns=(
        Column("id_a", "One id", "pairs.id_a", is_hidden=True),
        Column("id_b", "Other id", "pairs.id_b", is_hidden=True),
        Column("score", "Score", "pairs.score", "number"),
        Column("kind", "Kind", "pairs.kind"),
        Column("name_a", "One", "pairs.name_a", link="/{kind}s/{id_a}"),
        Column("name_b", "The other", "pairs.name_b", link="/{kind}s/{id_b}"),
        Column("evidence", "What speaks for it", "pairs.evidence", is_sorted=False),
    ),
    order="-score",
    search=Search(own=("pairs.name_a", "pairs.name_b")),
    search_hint="Name",
    filters=(
        Filter(
            "kind",
            "Kind",
            conditions={each: f"pairs.kind = '{each}'" for each in KINDS},
        ),
    ),
)

PAGES = Listing(
    path="/pages",
    title="SFA pages that are not sure",
    one="page",
    many="pages",
    lead="Pages that a search found near a campaign: playledger review --kind sfa asks about each.",
    empty="No page waits for an answer.",
    table="{quality}.sfa_match_candidates as pages",
    key="pages.campaign_id || pages.sfa_url",
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

CHECKS = Listing(
    path="/checks",
    title="Integrity checks",
    one="check",
    many="checks",
    lead="What must add up, as the last build found it.",
    empty="The ledger was never built: run dbt build.",
    table="{quality}.integrity_checks as checks",
    key="checks.name",
    columns=(
        Column("check", "Check", "checks.name"),
        Column("expected", "Expected", "checks.expected", "number"),
        Column("actual", "Found", "checks.actual", "number"),
        Column("status", "Verdict", "checks.status", "status"),
    ),
    order="status",
    search=Search(own=("replace(checks.name, '_', ' ')",)),
    search_hint="Check",
    filters=(
        Filter(
            "status", "Verdict", conditions={
                "holds": "checks.status = 'ok'", "differs": "checks.status <> 'ok'",
            },
        ),
    ),
)  # fmt: skip
