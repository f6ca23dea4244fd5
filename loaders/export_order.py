"""Whether an export may follow those that are loaded: later wins, in any order of loading.

    new exports, loaded ones ──► order_exports() ──► the new exports, oldest first, or a refusal

An export's age is its newest `Last Modified`; one without any is taken in the order given. A
filtered view need not show the newest change: it is older when it shows a campaign as it was before
a loaded export. An older export that is accepted is put before the newer ones, whose values stay.
The rule is "Later wins, in any order" in section 3 of docs/contract.md.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from loaders.errors import UserError
from loaders.files.export import ExportShape, read_export
from loaders.files.last_modified import ChangeTally, Order, read_change
from loaders.source_file import ExportFile

SMALLEST_SHARE = 0.8  # of the last full export's rows; fewer look like a filter left on

Change = tuple[str, str | None]  # Campaign, Last Modified in ISO 8601
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LoadOverrides:
    """Accept an older export (`--allow-older`), one with under 80% of the last full export's rows
    (`--allow-shrink`), or one whose columns are another list's (`--accept-list`).
    """

    older: bool = False
    shrink: bool = False
    other_list: bool = False


NO_OVERRIDES = LoadOverrides()


@dataclass(frozen=True, slots=True)
class KnownExport:
    """An export that others are compared with; `newest_change` is in ISO 8601.

    `changes` gives the changes of its rows of some campaigns, by name.
    """

    name: str
    rows: int
    newest_change: str | None
    is_full: bool
    changes: Callable[[set[str]], Iterable[Change]]


@dataclass(frozen=True, slots=True)
class _NewExport(KnownExport):
    """A new export, read once; `shown` are a view's rows with the time of their last change.

    `other_change` is its newest change by the other order of day and month, where no cell says
    which is meant.
    """

    file: ExportFile
    shown: frozenset[tuple[str, str]]
    other_change: str | None


def order_exports(
    files: list[ExportFile], known: list[KnownExport], allowed: LoadOverrides
) -> list[ExportFile]:
    """New exports, oldest first, each marked if it is older than one before it.

    Raises UserError when one is older than a loaded one or shrank, unless that is allowed, and when
    a file cannot be read.
    """
    if len(files) + len(known) < 2:
        return files
    present: list[KnownExport] = list(known)
    ordered = []
    for new in _in_order([_survey(file) for file in files]):
        newer = next((other for other in reversed(present) if _is_older(new, other)), None)
        if newer:
            _accept_older(new, newer, allowed)
        elif new.is_full and not allowed.shrink:
            _refuse_shrunk(new, present)
        ordered.append(replace(new.file, is_older=newer is not None))
        present.append(new)
    return ordered


def _survey(file: ExportFile) -> _NewExport:
    """Read an export for its age, before anything is loaded."""
    rows, tally, readings = 0, ChangeTally(), set()
    try:
        for batch in read_export(file.shape):
            rows += len(batch)
            tally.add(batch.changes)
            if not file.is_full:
                readings.update(zip(batch.campaigns, batch.changes, strict=True))
    except OSError as error:
        why = error.strerror or error
        raise UserError(f"{file.path} cannot be read: {why}. Nothing was loaded.") from None
    order = tally.order(file.date_order)
    newest = tally.newest_change(order)
    log.debug("%s: %d rows, newest change %s (%s)", file.path.name, rows, newest, order)
    facts = (file.path.name, rows, newest, file.is_full, partial(_changes_of, file.shape, order))
    shown = ((campaign, read_change(cell).read(order)) for campaign, cell in readings)
    is_assumed = not (tally.month_day or tally.day_month or file.date_order)
    other = tally.newest_change("day_month") if is_assumed else None
    return _NewExport(*facts, file, frozenset(one for one in shown if one[1]), other)


def _changes_of(shape: ExportShape, order: Order | None, campaigns: set[str]) -> Iterator[Change]:
    for batch in read_export(shape):
        for campaign, cell in zip(batch.campaigns, batch.changes, strict=True):
            if campaign in campaigns:
                yield campaign, read_change(cell).read(order)


def _in_order(exports: list[_NewExport]) -> list[_NewExport]:
    """By age; a view behind all full exports, or before the first that is newer than it."""
    exports.sort(key=lambda export: (export.newest_change or "", export.name))
    ordered = [export for export in exports if export.is_full]
    for view in (export for export in exports if not export.is_full):
        newer = (at for at, other in enumerate(ordered) if _is_older(view, other))
        ordered.insert(next(newer, len(ordered)), view)
    return ordered


def _is_older(new: _NewExport, other: KnownExport) -> bool:
    """Whether a new export shows the list as it was before another one was made."""
    change, known = new.newest_change, other.newest_change
    if not (change and known and change < known):
        return False
    return new.is_full or (other.is_full and _shows_earlier_rows(new, other))


def _shows_earlier_rows(view: _NewExport, other: KnownExport) -> bool:
    """Whether a view shows a campaign with a change that the other has overtaken."""
    known: dict[str, set[str]] = defaultdict(set)
    for campaign, change in other.changes({campaign for campaign, _ in view.shown}):
        if change:
            known[campaign].add(change)
    return any(
        change not in known[campaign] and change < max(known[campaign])
        for campaign, change in view.shown
        if known[campaign]
    )


def _accept_older(export: _NewExport, newer: KnownExport, allowed: LoadOverrides) -> None:
    if allowed.older:
        log.info("%s is older than %s and accepted", export.name, newer.name)
        return
    own, its = (each.newest_change.replace("T", " ") for each in (export, newer))
    hint = ""
    if export.other_change and export.other_change >= newer.newest_change:
        hint = (
            "\nIts cells do not say whether the month or the day comes first: if it is the day, "
            "add --date-order day_month."
        )
    raise UserError(
        f"{export.name} is older than {newer.name}, which is loaded: its newest change is of "
        f"{own}, that one's of {its}.\nAdd --allow-older to load it all the same: it then fills "
        f"what is empty, and newer values stay.{hint} Nothing was loaded."
    )


def _refuse_shrunk(export: KnownExport, present: list[KnownExport]) -> None:
    last = next((each for each in reversed(present) if each.is_full), None)
    if last and export.rows < SMALLEST_SHARE * last.rows:
        raise UserError(
            f"{export.name} has {export.rows:,} rows, {last.name} had {last.rows:,}: over a fifth "
            "is missing.\nIs it a filtered view? Then add --view, and campaigns that it does not "
            "show stay current. If the list did shrink, add --allow-shrink. Nothing was loaded."
        )
