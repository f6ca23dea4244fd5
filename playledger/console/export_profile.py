"""A profile of an export as tables.

Profile, Console ──► render_profile()
"""

from collections.abc import Mapping

from rich.console import Console
from rich.text import Text

from playledger.audit.date_columns import count_text, describe
from playledger.audit.export_profile import Profile
from playledger.audit.figures import Value
from playledger.console.account import make_table, number, print_list

TOP = 10
TOTALS = {
    "rows": "rows",
    "unreadable_rows": "rows that are no campaign",
    "campaigns": "campaigns",
    "names": "different names",
    "clients": "clients",
    "client_labels": "client labels",
    "vendors": "vendors",
    "salespeople": "salespeople",
    "tracks": "tracks",
    "claims": "claimed playlists",
    "unread_claim_lines": "lines of Playlists that were not read",
    "goal": "sum of goals (streams)",
    "sale_price": "sum of prices (US dollars)",
}


def render_profile(profile: Profile, console: Console, limit: int = 20) -> None:
    """Print a profile, with at most `limit` of the campaigns that need an SFA URL."""
    file = f"{profile.file_name}: {profile.encoding}, {profile.delimiter}-separated"
    console.print(Text(file, "bold"))
    if profile.missing_columns:
        console.print(Text(f"Without the columns {', '.join(profile.missing_columns)}"))
    if profile.unknown_columns:
        console.print(Text(f"With unknown columns {', '.join(profile.unknown_columns)}"))
    if profile.other_list:
        console.print(Text(f"Not the Spotify campaign list? {'; '.join(profile.other_list)}"))
    if not profile.is_well_quoted:
        console.print("A quote is open or astray: rows are missing below. A load names the lines.")
    console.print()
    totals = {words: getattr(profile, name) for name, words in TOTALS.items()}
    _print_numbers(console, "Totals", totals, len(totals))
    _print_unread(profile, console)
    _print_dates(console, profile)
    _print_numbers(console, "Campaigns by status", profile.by_status)
    _print_numbers(console, "Campaigns by vendor", profile.by_vendor)
    _print_numbers(console, "Campaigns by URL kind", profile.by_url_kind)
    if profile.by_link_doubt:
        _print_numbers(console, "Links to look at", profile.by_link_doubt)
    _print_numbers(console, "Campaigns by client", profile.by_client)
    _print_needed(profile, console, limit)


def _print_dates(console: Console, profile: Profile) -> None:
    """How each date column is read, and why; a load also asks the dates of known campaigns."""
    rows = []
    for header, tally in profile.dates.items():
        typed = profile.date_order
        words = Text(describe(tally.order(typed), tally.reason(typed)))
        words.append(f"\n{count_text(tally.month_day, tally.day_month, tally.either)}", "dim")
        unread = tally.cells - tally.readable(typed)
        if unread:
            words.append(f"\n{unread:,} of {tally.cells:,} cells give no day")
        rows.append((Text(f"  {header}"), words))
    print_list(console, "Day and month", ("left", "left"), rows)


def _print_numbers(
    console: Console, title: str, numbers: Mapping[str, Value], top: int = TOP
) -> None:
    """A table of names and numbers; of a long one only the beginning."""
    rows = [(Text(f"  {name}"), number(value)) for name, value in numbers.items()]
    if len(rows) > top:
        rows[top:] = [(Text(f"  and {len(rows) - top:,} more", "dim"), "")]
    print_list(console, title, ("left", "right"), rows)


def _print_unread(profile: Profile, console: Console) -> None:
    """The columns in which cells could not be read, with some of their texts."""
    rows = []
    for each in profile.unread_cells:
        told = "not one of" if each.unread == each.filled else f"{each.unread:,} of"
        texts = Text(", ".join(each.examples), "dim")
        rows.append((Text(f"  {each.header}"), Text(f"{told} {each.filled:,}"), texts))
    print_list(console, "Cells that cannot be read", ("left", "left", "left"), rows)


def _print_needed(profile: Profile, console: Console, limit: int) -> None:
    needed = profile.needs_sfa_url
    title = f"Active and complete campaigns without an SFA URL: {len(needed):,}"
    console.print(Text(title, "bold"))
    if not needed or limit <= 0:
        return
    table = make_table(("row", "right"), ("campaign", "left"), ("client", "left"))
    for campaign in needed[:limit]:
        name = Text(campaign.campaign)
        if campaign.url:
            name.append(f"\n{campaign.url}", "dim")
        table.add_row(str(campaign.row), name, Text(campaign.client))
    console.print(table)
    if len(needed) > limit:
        console.print(Text(f"and {len(needed) - limit:,} more", "dim"))
