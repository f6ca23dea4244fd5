"""Progress is bars on a terminal, and a line now and then elsewhere."""

import io
import re

import pytest
from rich.console import Console

from loaders import progress
from loaders.progress import Progress


def console(is_terminal: bool) -> Console:
    return Console(file=io.StringIO(), width=100, force_terminal=is_terminal, color_system=None)


def printed_lines(console: Console) -> list[str]:
    text = re.sub(r"\x1b\[[?0-9;]*[A-Za-z]", "", console.file.getvalue())
    return [line for line in text.splitlines() if line]


def test_a_terminal_has_a_bar_for_files_and_one_for_records():
    terminal = console(is_terminal=True)
    with Progress(terminal, files=4, records=100) as shown:
        shown.advance(files=4, records=80)
    last = printed_lines(terminal)[-2:]
    assert [line.split()[0] for line in last] == ["files", "records"]
    assert "4/4" in last[0]
    assert "80/80" in last[1]  # the estimate gives way to the count


def test_an_estimate_stays_where_the_work_failed():
    terminal = console(is_terminal=True)
    with pytest.raises(ValueError, match="broken"), Progress(terminal, 4, 100) as shown:
        shown.advance(files=1, records=80)
        raise ValueError("broken")
    assert "80/100" in printed_lines(terminal)[-1]


def test_elsewhere_a_line_comes_every_few_seconds(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    log = console(is_terminal=False)
    with Progress(log, files=4, records=100) as shown:
        for _ in range(4):
            now[0] += 3
            shown.advance(files=1, records=1000)
    assert printed_lines(log) == [
        "  2 of 4 files, 2,000 records read",
        "  4 of 4 files, 4,000 records read",
    ]
