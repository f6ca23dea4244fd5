"""The lists of open and resolved issues, of rejected records and of integrity checks."""

from playledger.web.listing import Column, Filter, Listing
from playledger.web.lists.filters import by_entity, by_text
from playledger.web.search import LinkedText, Search

SEVERITIES = ("error", "warning", "info")
# The index `data_issues_by_gravity` has the same expression.
BY_SEVERITY = (
    "array[array_position(array['error', 'warning', 'info'], issues.severity)::text, "
    "issues.reason, issues.source_file, lpad(issues.source_row::text, 9, '0')]"
)

ISSUES = Listing(
    path="/issues",
    title="Issues",
    singular="issue",
    plural="issues",
    description="Cells, files and matches to look at, the most severe first. A line in "
    "seeds/known_issues.csv leaves out what you know of.",
    empty_hint="Every cell could be read as it stands.",
    table="{quality}.data_issues as issues",
    key=("issues.issue_id",),
    joins="left join {ledger}.campaigns as campaigns on issues.campaign_id = campaigns.campaign_id",
    columns=(
        Column("campaign_id", "Campaign id", "issues.campaign_id", is_hidden=True),
        Column("rank", "Rank", BY_SEVERITY, is_hidden=True),
        Column("severity", "Severity", "issues.severity", "severity"),
        Column("reason", "Reason", "replace(issues.reason, '_', ' ')"),
        Column("campaign", "Campaign", "campaigns.name", link="/campaigns/{campaign_id}"),
        Column("value", "Value", "issues.raw_value", is_sorted=False),
        Column("column", "Column", "issues.column_name"),
        Column("file", "File", "issues.source_file"),
        Column("row", "Row", "issues.source_row", "number"),
        Column("suggestion", "Suggestion", "issues.suggestion", is_sorted=False),
    ),
    order="rank",
    search=Search(
        own=("replace(issues.reason, '_', ' ')", "left(coalesce(issues.raw_value, ''), 10000)"),
        linked=(
            LinkedText(
                "issues.campaign_id", "campaigns", "campaign_id", "campaigns.name", keys_per_row=3
            ),
        ),
        max_count=1_000,
    ),
    search_hint="Reason, campaign or value",
    filters=(
        Filter(
            "severity",
            "Severity",
            choices={each: f"issues.severity = '{each}'" for each in SEVERITIES},
        ),
        by_text("reason", "Reason", "issues.reason", "{quality}.data_issues as issues"),
        by_text("entity", "About", "issues.entity", "{quality}.data_issues as issues"),
        Filter(
            "known",
            "Known",
            choices={"known": "issues.is_known", "all": "true"},
            default="issues.is_known is not true",
            nothing="not known",
        ),
        by_entity("campaign", "issues.campaign_id = {value}::bigint"),
    ),
)

RESOLVED = Listing(
    path="/resolved",
    title="Resolved issues",
    singular="resolved issue",
    plural="resolved issues",
    description="What newer files or a seed have mended, the latest first.",
    empty_hint="No issue was resolved yet.",
    table="{quality}.resolved_issues as issues",
    key=("issues.issue_id",),
    joins="left join {ledger}.campaigns as campaigns on issues.campaign_id = campaigns.campaign_id",
    columns=(
        Column("campaign_id", "Campaign id", "issues.campaign_id", is_hidden=True),
        Column("reason", "Reason", "replace(issues.reason, '_', ' ')"),
        Column("campaign", "Campaign", "campaigns.name", link="/campaigns/{campaign_id}"),
        Column("value", "Value", "issues.raw_value", is_sorted=False),
        Column("column", "Column", "issues.column_name"),
        Column("file", "Last file", "issues.source_file"),
        Column("row", "Row", "issues.source_row", "number"),
        Column("first_seen", "First seen", "issues.first_seen_at", "time"),
        Column("last_seen", "Last seen", "issues.last_seen_at", "time"),
        Column("resolved", "Resolved", "issues.resolved_at", "time"),
    ),
    order="-resolved",
    search=Search(own=("replace(issues.reason, '_', ' ')", "coalesce(issues.raw_value, '')")),
    search_hint="Reason or value",
    filters=(
        by_text("reason", "Reason", "issues.reason", "{quality}.resolved_issues as issues"),
        by_entity("campaign", "issues.campaign_id = {value}::bigint"),
    ),
    required_table="{quality}.resolved_issues",
)

REJECTED = Listing(
    path="/rejected",
    title="Files and rows we could not read",
    singular="rejected record",
    plural="rejected records",
    description="Rows, time windows and files that are not in the ledger, each with its text.",
    empty_hint="Every file and row was read.",
    table="{quality}.rejected_records as rejected",
    key=("rejected.record_id",),
    columns=(
        Column("reason", "Reason", "replace(rejected.reason, '_', ' ')"),
        Column("kind", "Kind", "rejected.file_kind"),
        Column("file", "File", "rejected.source_file"),
        Column("row", "Row", "rejected.source_row", "number"),
        Column("place", "Where", "rejected.place"),
        Column("text", "Text", "left(rejected.raw_text, 500)", is_sorted=False),
        Column("loaded_at", "Loaded", "rejected.loaded_at", "time"),
    ),
    order="-loaded_at",
    search=Search(own=("replace(rejected.reason, '_', ' ')", "rejected.source_file")),
    search_hint="Reason or file",
    filters=(
        by_text("reason", "Reason", "rejected.reason", "{quality}.rejected_records as rejected"),
    ),
)

CHECKS = Listing(
    path="/checks",
    title="Integrity checks",
    singular="check",
    plural="checks",
    description="Counts that must agree, as of the last build.",
    empty_hint="The ledger was never built: run dbt build.",
    table="{quality}.integrity_checks as checks",
    key=("checks.name",),
    columns=(
        Column("check", "Check", "checks.name"),
        Column("expected", "Expected", "checks.expected", "number"),
        Column("actual", "Actual", "checks.actual", "number"),
        Column("status", "Result", "checks.status", "status"),
    ),
    order="status",
    search=Search(own=("replace(checks.name, '_', ' ')",)),
    search_hint="Check",
    filters=(
        Filter(
            "status",
            "Result",
            choices={"passed": "checks.status = 'ok'", "failed": "checks.status <> 'ok'"},
        ),
    ),
)
