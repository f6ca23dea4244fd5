"""The account's figures, each with the address of the list that it counts.

ledger ──► read_figures() ──► LinkedFigure ..., in the groups and words of the account
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from playledger.audit import ledger_queries
from playledger.audit.figures import FIGURES, STATUSES, Value
from playledger.web.ledger_reader import Reader

# Name in FIGURES → path of the list, and the filters that leave what is counted.
LISTS: dict[str, tuple[str, dict[str, str]]] = {
    "campaigns": ("/campaigns", {}),
    **{f"status_{name}": ("/campaigns", {"status": name}) for name in STATUSES},
    "status_none": ("/campaigns", {"has": "no status"}),
    "with_url": ("/campaigns", {"has": "URL"}),
    "with_track": ("/campaigns", {"has": "track link"}),
    "with_sfa_url": ("/campaigns", {"has": "SFA URL"}),
    "with_streams": ("/campaigns", {"has": "streams of either track"}),
    "with_playlist_data": ("/campaigns", {"has": "streams"}),
    "active_without_playlist_data": ("/campaigns", {"status": "active", "has": "no streams"}),
    "goal": ("/campaigns", {"sort": "-goal"}),
    "sale_price": ("/campaigns", {"sort": "-sale_price"}),
    "clients": ("/clients", {"has": "campaign"}),
    "clients_unused": ("/clients", {"has": "no campaign"}),
    "without_client": ("/campaigns", {"has": "no client"}),
    "vendors": ("/vendors", {"has": "campaign"}),
    "vendors_unused": ("/vendors", {"has": "no campaign"}),
    "with_vendor": ("/campaigns", {"has": "vendor"}),
    "salespeople": ("/salespeople", {}),
    "tracks": ("/songs", {"has": "campaign link"}),
    "songs_scraped": ("/songs", {"has": "a scrape"}),
    "playlists": ("/playlists", {}),
    "observed_playlists": ("/playlists", {"seen": "seen"}),
    "claimed_playlists": ("/playlists", {"seen": "claimed, not found"}),
}
SUMS = {"goal": "number", "sale_price": "money"}  # of a column; the list has them row by row


@dataclass(frozen=True, slots=True)
class LinkedFigure:
    """One figure: its name in `FIGURES`, its label, and the address of what it counts.

    `is_part` says that it is a part of the figure above it.
    """

    name: str
    label: str
    value: Value
    kind: str
    link: str
    is_part: bool


def read_figures(reader: Reader) -> dict[str, list[LinkedFigure]]:
    """The figures that a list can show, by group; parts that are 0 are left out."""
    found: dict[str, Value] = dict.fromkeys((f"status_{name}" for name in STATUSES), 0)
    for query in ledger_queries.LEDGER:
        (row,) = reader.stream(query, {})
        found |= row._asdict()
    found |= {f"status_{name}": count for name, count in reader.stream(ledger_queries.STATUS, {})}
    groups: dict[str, list[LinkedFigure]] = {}
    for name, entry in FIGURES.items():
        is_part = entry.name.startswith(" ") or name.endswith(("_none", "_unused"))
        if name not in LISTS or (is_part and not found[name]):
            continue
        path, filters = LISTS[name]
        link = f"{path}?{urlencode(filters)}" if filters else path
        label = entry.name.strip()
        label = label if is_part else f"{label[0].upper()}{label[1:]}"
        figure = LinkedFigure(name, label, found[name], SUMS.get(name, "number"), link, is_part)
        groups.setdefault(entry.group, []).append(figure)
    return groups
