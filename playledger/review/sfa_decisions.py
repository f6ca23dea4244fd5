"""A person's decisions about SFA URLs, as rows of a seed that dbt reads.

    accepted page, rejected page ──► sfa_decisions.csv

The seed is read again before each decision. A page is there once for the campaigns of one name and
client, and at most one of their pages is accepted.
"""

import logging
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from loaders.cell_rules import single_line, text_key
from loaders.link_rules import sfa_ids
from playledger.review.seed_file import read_seed, require_storable, write_seed

logger = logging.getLogger(__name__)

COLUMNS = ("campaign", "client", "sfa_url", "decision", "decided_on")
FORMULA = re.compile("'*[=+@-]")  # starts a formula in a spreadsheet, unless a quote precedes it


@dataclass(frozen=True, slots=True)
class CampaignRef:
    """The campaigns with this name and Client cell; searches know no more of them."""

    campaign: str
    client: str

    @property
    def key(self) -> tuple[str, str]:
        """What two spellings of it have in common."""
        return text_key(self.campaign), text_key(self.client)


class SfaDecisions:
    """The seed of SFA decisions in one folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "sfa_decisions.csv"

    def write(self, ref: CampaignRef, sfa_url: str, decision: str, day: date) -> list[str]:
        """Store that a page is `accepted` or `rejected` for campaigns; what was done, in sentences.

        Raises UserError when the seed cannot be read or written, or cannot hold a name.
        """
        require_storable(ref.campaign, ref.client)
        table = read_seed(self._path, COLUMNS)
        notes = []
        own = None
        for row in [row for row in table.rows if _ref(row).key == ref.key]:
            if _track(row["sfa_url"]) == _track(sfa_url):
                own = row
            elif decision == row["decision"] == "accepted":
                table.rows.remove(row)
                notes.append(f"No longer accepted: {row['sfa_url']}")
        if own is None:
            own = {"campaign": _guard(ref.campaign), "client": _guard(ref.client)}
            table.rows.append(own)
        own.update(sfa_url=sfa_url, decision=decision, decided_on=day.isoformat())
        write_seed(table)
        logger.info("%s for %r: %s", decision, ref, sfa_url)
        return [*notes, f"{sfa_url} is {decision} ({self._path.name})."]

    def by_campaign(self) -> dict[tuple[str, str], dict[str, str]]:
        """Track → decision by `CampaignRef.key`, whether a build has read them or not."""
        found: dict[tuple[str, str], dict[str, str]] = {}
        for row in read_seed(self._path, COLUMNS).rows:
            found.setdefault(_ref(row).key, {})[_track(row["sfa_url"])] = row["decision"]
        return found


def _ref(row: dict[str, str]) -> CampaignRef:
    names = (re.sub("^'(?='*[=+@-])", "", row[name]) for name in ("campaign", "client"))
    return CampaignRef(*names)


def _guard(name: str) -> str:
    """The name on one line, with a quote before what a spreadsheet would run as a formula."""
    text = single_line(name)
    return f"'{text}" if FORMULA.match(text) else text


def _track(sfa_url: str) -> str:
    ids = sfa_ids(sfa_url)
    return ids[1] if ids else sfa_url
