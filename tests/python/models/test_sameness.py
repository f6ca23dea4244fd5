"""A ledger built step by step equals one built from nothing from the same files.

steps in any order ──► a build after each ──► the ledger from nothing ──► nothing differs
"""

from __future__ import annotations

import random
import shutil

import pytest

from loaders.settings import Settings
from playledger.rebuild.check import Rebuild
from playledger.rebuild.ledgers import Comparison
from tests.project import PROJECT
from tests.python.support.ledger import Ledger
from tests.python.support.steps import Steps

SHORT = ("pass_over", "late_export", "edit_seed", "edit_rule")
ANY = (
    *("week", "pass_over", "late_export", "late_scrapes", "view"),
    *("edit_seed", "edit_rule", "load_again", "undo", "undo"),
)
LONG = 14  # steps
# What the ledger may have beside: what an edited client or link leaves behind.
NEVER_KEPT = {"ledger.campaigns", "ledger.playlist_streams"}


@pytest.fixture
def project(copied):
    """The dbt project, with the seeds and models as they are in the end."""
    yield copied
    for folder in ("seeds", "models"):
        shutil.rmtree(copied / folder)
        shutil.copytree(PROJECT / folder, copied / folder)


def compare(ledger: Ledger, steps: Steps) -> list[Comparison]:
    settings = Settings(ledger.home, ledger.schema, None)
    with Rebuild.open(ledger.database, settings) as made:
        result = made.build(project=steps.project)
        assert result.failures == [], steps.taken
        return made.compare()


def assert_same(ledger: Ledger, steps: Steps) -> None:
    compared = compare(ledger, steps)
    assert [each for each in compared if each.count] == [], steps.taken
    assert [each for each in compared if each.kept and each.table in NEVER_KEPT] == [], steps.taken


def test_a_short_sequence_gives_the_ledger_that_its_files_give(empty_ledger, project, tmp_path):
    steps = Steps(empty_ledger, project, tmp_path, seed=1, weeks=2)
    assert all(steps.take(name) for name in SHORT)
    assert_same(empty_ledger, steps)


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(1, 9))
def test_any_sequence_gives_the_ledger_that_its_files_give(empty_ledger, project, tmp_path, seed):
    steps = Steps(empty_ledger, project, tmp_path, seed, weeks=8)
    chosen = random.Random(seed)  # noqa: S311
    steps.take("week")
    while len(steps.taken) < LONG:
        if steps.take(chosen.choice(ANY)) and len(steps.taken) % 5 == 0:
            assert_same(empty_ledger, steps)
    assert_same(empty_ledger, steps)
