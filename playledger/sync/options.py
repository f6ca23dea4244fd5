"""What a person asked of the main job, once it is sure that the options can be meant together.

options ──► read_wishes() ──► SyncOptions, or a UserError that names two that cannot
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loaders.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from loaders.export_order import LoadOverrides

FILES = ("--csv", "--scraped", "--roster")
SCRAPES = ("--scrape-sfa", "--scrape-streams")
ONLY = ("--scrape-sfa-only", "--scrape-streams-only")
# Each with what it cannot be meant with. `--local-only` is with anything: it always wins.
AGAINST = {
    "--sync-only": (*ONLY, *SCRAPES, "--deploy-production"),
    "--scrape-sfa-only": ("--scrape-streams-only", "--scrape-streams", "--deploy-production"),
    "--scrape-streams-only": ("--scrape-sfa", "--deploy-production"),
    "--dry-run": (*ONLY, *SCRAPES, "--deploy-production"),
}
NOT_ASKED = "not asked for (`--deploy-production`)"


@dataclass(frozen=True, slots=True)
class SyncOptions:
    """What a person asked for.

    `scrapes` are the stages (`sfa`, `streams`) that also scrape, and `only` is the one that does
    nothing else; `limit` is how many campaigns are tried, or how many songs or artists `only`
    scrapes. `no_production` says why production is left alone, and is None where it is not.
    """

    csv: Path | None = None
    scraped: Path | None = None
    roster: Path | None = None
    is_view: bool = False
    allowed: LoadOverrides | None = None
    scrapes: tuple[str, ...] = ()
    only: str | None = None
    limit: int | None = None
    is_yes: bool = False
    no_production: str | None = NOT_ASKED

    @property
    def is_trial(self) -> bool:
        """Whether all of it is tried on a few campaigns, and nothing is changed."""
        return self.limit is not None and self.only is None


def read_options(given: dict[str, object]) -> SyncOptions:
    """The options of `playledger sync` by their names, as one wish; UserError naming two that
    contradict each other.
    """
    from loaders.export_order import LoadOverrides

    options = {f"--{name.replace('_', '-')}" for name, value in given.items() if value}
    against = {**AGAINST, **{one: (*AGAINST[one], *FILES) for one in ONLY}}
    for option, others in against.items():
        for other in others:
            if {option, other} <= options:
                raise UserError(
                    f"{option} and {other} contradict each other: {_why(option, other)}. "
                    "Leave one of them out."
                )
    is_deployed = "--deploy-production" in options and "--local-only" not in options
    refused = "--local-only keeps it out" if "--local-only" in options else NOT_ASKED
    return SyncOptions(
        given.get("csv"),
        given.get("scraped"),
        given.get("roster"),
        bool(given.get("view")),
        LoadOverrides(older=bool(given.get("allow_older")), shrink=bool(given.get("allow_shrink"))),
        tuple(stage for stage in ("sfa", "streams") if f"--scrape-{stage}" in options),
        next((s for s in ("sfa", "streams") if f"--scrape-{s}-only" in options), None),
        given.get("limit"),
        bool(given.get("yes")),
        None if is_deployed else refused,
    )


def _why(option: str, other: str) -> str:
    if other in FILES:
        return "the one loads nothing, the other names files to load"
    if option == "--sync-only":
        return "the one takes what is there, and neither scrapes nor deploys"
    if option == "--dry-run":
        return "the one only shows what a run would change"
    return "the one scrapes for its own stage and does nothing else"
