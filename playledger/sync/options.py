"""The options of `playledger sync`, as one value that goes down through all stages.

click's options ──► read_options() ──► SyncOptions, or a UserError that names a contradiction

The command line imports this to answer `--help`: it stays light.
"""

from dataclasses import dataclass, field
from pathlib import Path

from loaders.errors import UserError
from loaders.export_order import LoadOverrides
from loaders.files.last_modified import Order
from loaders.files.other_lists import refuse_other_lists
from loaders.settings import read_settings
from loaders.source_file import ExportFile, SourceFile, find_inputs

# Defaults of a scrape, as a command of its own or within a stage.
HOURS_BETWEEN_SCRAPES = 20.0  # under a day: each nightly run scrapes what the last one did
PAGES = 4  # open at once
PACE = 240.0  # pages a minute, at most

FILES = ("--csv", "--scraped", "--roster")
SCRAPES = ("--scrape-sfa", "--scrape-streams")
ONLY = ("--scrape-sfa-only", "--scrape-streams-only")
# What an option does, and those that it excludes. `--local-only` goes with any: it always wins.
EXCLUDES = {
    "--sync-only": ("neither scrapes nor deploys", (*ONLY, *SCRAPES, "--deploy-production")),
    "--scrape-sfa-only": ("does nothing else", (ONLY[1], SCRAPES[1], "--deploy-production")),
    "--scrape-streams-only": ("does nothing else", (SCRAPES[0], "--deploy-production")),
    "--dry-run": ("only shows what a run would change", (*ONLY, *SCRAPES, "--deploy-production")),
}
NOT_REQUESTED = "not requested (`--deploy-production`)"


@dataclass(frozen=True, slots=True)
class InputOptions:
    """The files to load (none: the default ones), and what to accept of the exports."""

    csv: Path | None = None
    scraped: Path | None = None
    roster: Path | None = None
    is_view: bool = False
    overrides: LoadOverrides = field(default_factory=LoadOverrides)
    encoding: str | None = None
    date_order: Order | None = None

    def find(self) -> list[SourceFile]:
        """The named files; UserError when one is missing, is no export or is another list, or an
        order of day and month is named without an export.

        A list that was accepted once is remembered by its content.
        """
        if self.date_order and not self.csv:
            raise UserError(
                "--date-order says how an export writes its dates: name the export with --csv, "
                "also if it is loaded already. Nothing was loaded."
            )
        how = {
            "is_view": self.is_view,
            "encoding": self.encoding,
            "date_order": self.date_order,
        }
        found = find_inputs(self.csv, self.scraped, self.roster, **how)
        exports = [file for file in found if isinstance(file, ExportFile)]
        if exports and not self.overrides.other_list:
            from loaders.file_index import indexed_files  # slow to import

            known = indexed_files(read_settings().home)
            refuse_other_lists(file.shape for file in exports if file.sha256 not in known)
        return found


@dataclass(frozen=True, slots=True)
class SyncOptions:
    """What a run is to do.

    `scrape_stages` are the stages (`sfa`, `streams`) that also scrape; `only` is the one to scrape
    for and do nothing else. `limit` is the number of campaigns of a trial, or of songs or artists
    that `only` scrapes. `skip_production` is why production is left alone; None deploys.
    """

    inputs: InputOptions = field(default_factory=InputOptions)
    scrape_stages: tuple[str, ...] = ()
    only: str | None = None
    limit: int | None = None
    is_dry_run: bool = False
    is_confirmed: bool = False
    skip_production: str | None = NOT_REQUESTED

    @property
    def is_trial(self) -> bool:
        """Whether all stages are tried on a few campaigns, and nothing is changed."""
        return self.limit is not None and self.only is None


def read_options(inputs: InputOptions, limit: int | None, flags: dict[str, bool]) -> SyncOptions:
    """The options of `playledger sync`, with the flags by click's names (`scrape_sfa`).

    Raises UserError naming two options that contradict each other.
    """
    given = {f"--{name.replace('_', '-')}" for name, is_set in flags.items() if is_set}
    given |= {name for name in FILES if getattr(inputs, name.removeprefix("--"))}
    rules = [(option, *rule) for option, rule in EXCLUDES.items()]
    rules += [(option, "loads no files", FILES) for option in ONLY]
    for option, why, others in rules:
        for other in others:
            if {option, other} <= given:
                raise UserError(
                    f"{option} and {other} contradict each other: {option} {why}. "
                    "Leave one of them out."
                )
    is_deployed = "--deploy-production" in given and "--local-only" not in given
    reason = "left alone by --local-only" if "--local-only" in given else NOT_REQUESTED
    return SyncOptions(
        inputs,
        scrape_stages=tuple(name for name in ("sfa", "streams") if f"--scrape-{name}" in given),
        only=next((name for name in ("sfa", "streams") if f"--scrape-{name}-only" in given), None),
        limit=limit,
        is_dry_run="--dry-run" in given,
        is_confirmed="--yes" in given,
        skip_production=None if is_deployed else reason,
    )
