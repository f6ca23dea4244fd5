"""Progress of a run: its share of the list, and what slows it down."""

import io
from types import SimpleNamespace

from rich.console import Console

from loaders.scrape.progress import RunProgress
from loaders.scrape.worklist import Item, WorkList

ITEMS = [Item(f"song{number}", f"Song {number}", {}) for number in range(8)]


def runner(**values: object) -> SimpleNamespace:
    usual = {"finished": 0, "in_flight": 2, "is_stopping": False, "is_slowed": False}
    return SimpleNamespace(collection=SimpleNamespace(unit="songs"), **{**usual, **values})


def shown(work: WorkList, counts: SimpleNamespace) -> str:
    counts.work = work
    terminal = Console(file=io.StringIO(), width=160, force_terminal=True, color_system=None)
    with RunProgress(terminal, counts, "2 h 05 min old") as progress:
        progress.refresh()
    lines = terminal.file.getvalue().splitlines()
    return next(line for line in reversed(lines) if "done" in line)


def test_what_an_earlier_process_did_counts(tmp_path):
    work = WorkList.create(tmp_path, ITEMS, {})
    for item in ITEMS[:5]:
        work.finish(item, {})
    work.fail(ITEMS[5], "rows_late", "", 4)
    line = shown(work, runner())
    assert "6/8" in line
    assert "5 done, 1 failed, 2 in progress, session 2 h 05 min old" in line


def test_a_slowed_or_stopping_run_says_so(tmp_path):
    work = WorkList.create(tmp_path, ITEMS, {})
    assert "slowed down for the site" in shown(work, runner(is_slowed=True))
    assert "stopping" in shown(work, runner(is_slowed=True, is_stopping=True))
    assert " s each, " in shown(work, runner(finished=1))
