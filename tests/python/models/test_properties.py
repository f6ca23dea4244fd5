"""Properties of the ledger that hold for every list and every edit, on a real database.

    generated list ──► edits ──► export ──► load ──► build ──► the same checks after every step

Hypothesis makes up the lists. PROPERTY_RUNS=20 (or more) looks for twenty times as long.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, assume, given, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.python.support.properties.cells import (
    HEADERS,
    OTHER_ARTIST,
    POOLS,
    TRACK,
    page,
    unreadable,
)
from tests.python.support.properties.expected_ledger import ExpectedLedger, differences
from tests.python.support.properties.sheets import (
    Edit,
    Export,
    SetColumn,
    Shape,
    Sheet,
    edit_lists,
    indexes,
    shapes,
    sheets,
)
from tests.python.support.properties.world import World, empty_world

RUNS = int(os.environ.get("PROPERTY_RUNS", "1"))
STEPS = 4 if os.environ.get("THOROUGH") else 3
LIMITS = settings(
    deadline=None,
    database=None,
    print_blob=True,
    report_multiple_bugs=False,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
TRUTHS = (
    "assert_no_value_of_an_export_is_forgotten",
    "assert_the_history_ends_at_the_ledger",
)
row_keys = st.lists(st.integers(0, 9), min_size=1, max_size=9)  # rows are put in order by these
SHORTEST = 2  # rows to begin with: the list that Hypothesis tries first is the simplest


@pytest.fixture(scope="module")
def world(ledger, tmp_path_factory):
    with empty_world(ledger, tmp_path_factory.mktemp("exports")) as made:
        yield made


class Exports(RuleBasedStateMachine):
    """One export after another, of a list that people change between them."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.world.restore("empty")
        self.sheet = Sheet()
        self.expected = ExpectedLedger()
        self.sightings: dict[str, dict[int, tuple[int, str, bool]]] = {}
        self.clients: dict[str, str] = {}
        self.vendors: dict[str, str] = {}
        self.typed: dict[tuple[str, str, str], str] = {}
        self.last: tuple[Path, Export] | None = None
        self.is_built = True
        self.is_checked = False

    # -- steps

    @initialize(sheet=sheets(SHORTEST), shape=shapes)
    def first_export(self, sheet: Sheet, shape: Shape) -> None:
        self.sheet = sheet.copy()
        self.load_and_build(shape.of(self.sheet))

    @rule(edits=edit_lists, shape=shapes)
    def next_export(self, edits: list[Edit], shape: Shape) -> None:
        self.edit(edits)
        self.load_and_build(shape.of(self.sheet))

    @rule(first=edit_lists, second=edit_lists, shape=shapes)
    def two_exports_and_one_build(
        self, first: list[Edit], second: list[Edit], shape: Shape
    ) -> None:
        self.edit(first)
        one = Shape().of(self.sheet)
        self.edit(second)
        self.load_and_build(one, shape.of(self.sheet))

    @precondition(lambda self: not self.last[1].is_view)
    @rule(delimiter=st.sampled_from(",;\t"), seed=indexes)
    def the_same_list_written_in_another_way(self, delimiter: str, seed: int) -> None:
        """The same rows in another order match themselves: no campaign is new or moves."""
        before, ids = self.world.campaigns(), self.expected.ids
        export = self.last[1]
        at = seed % len(export.records)
        records = (*export.records[at:], *export.records[:at])
        self.load_and_build(
            replace(export, records=records, has_bom=not export.has_bom, delimiter=delimiter)
        )
        self.is_checked = False
        assert self.expected.ids == ids
        after = self.world.campaigns()
        for record in (*before.values(), *after.values()):
            del record["source_row"], record["updated_at"]
        assert differences(after, before) == []
        self.is_checked = True

    @rule(at=indexes, what=st.sampled_from(["client phone", "client contact", "vendor", "sfa"]))
    def somebody_types(self, at: int, what: str) -> None:
        """Into the ledger itself; the next build leaves it there."""
        if what == "sfa":
            free = self.expected.campaigns_without_sfa_url()
            if free:
                number, url = free[at % len(free)], page(OTHER_ARTIST, TRACK)
                self.world.ask(
                    "update ledger.campaigns set sfa_url = %s where campaign_id = %s", url, number
                )
                self.expected.set_sfa_url(number, url, TRACK)
                self.is_built = False
            return
        table = "vendors" if what == "vendor" else "clients"
        column = "phone" if what == "client phone" else "contact_person"
        names = sorted(self.world.ids_by_name(table))
        if names:
            name = names[at % len(names)]
            text = f"typed {at}"
            self.world.ask(
                f"update ledger.{table} set {column} = %s where name_key = %s", text, name
            )
            self.typed[table, column, name] = text

    def teardown(self) -> None:
        """Property 1: the last file again and another build change nothing, no time either."""
        if not self.is_checked:
            return  # a step has failed: that is what is to be seen
        if not self.is_built:
            self.world.build()
        before = self.world.versions()
        result = self.world.load_file(*self.last)
        assert result.loaded == []
        self.world.build()
        assert self.world.versions() == before

    # -- what every step does

    def edit(self, edits: list[Edit]) -> None:
        for edit in edits:
            edit.apply(self.sheet)

    def load_and_build(self, *exports: Export) -> None:
        self.is_checked = False
        before = self.world.versions()
        loaded = []
        for export in exports:
            path, result = self.world.load(export)
            note(f"{path.name} (loaded as a view: {export.is_declared_view}):\n{path.read_text()}")
            self.last = path, export
            loaded += [(file.sha256, export) for file in result.loaded]
        self.world.build()
        self.is_built = True
        for sha256, export in loaded:
            self.check_matches(sha256, export)
        self.check_earlier_sightings()
        self.check_values()
        self.check_people()
        self.check_times(before)
        self.check_accounts()
        self.is_checked = True

    def check_accounts(self) -> None:
        """Property 5: the ledger's own counts add up, and no cell is lost."""
        checks = "select name, expected, actual from ledger_quality.integrity_checks"
        assert self.world.ask(f"{checks} where status <> 'ok'") == []
        assert self.world.ask("select * from ledger_quality.lost_cells") == []

    def check_matches(self, sha256: str, export: Export) -> None:
        """Properties 5 and 6 for one file: each row is a sighting or rejected; one to one."""
        found = self.world.sightings(sha256)
        assert found.keys() == export.campaigns.keys()
        rejected = self.world.one(
            "select count(*) from ledger_quality.rejected_records "
            "inner join staging_airtable.files on source_file = file_name where file_sha256 = %s",
            sha256,
        )
        assert len(found) + rejected == len(export.records)
        ids = {number: campaign_id for number, (campaign_id, *_) in found.items()}
        assert len(set(ids.values())) == len(ids), "two rows of one export are one campaign"
        for campaign_id, matched_by, _ in found.values():
            assert (matched_by == "new") == (campaign_id not in self.expected.ids)
        self.sightings[sha256] = found
        self.expected.add_export(export, ids)

    def check_earlier_sightings(self) -> None:
        """Property 6: what a row was, it stays; and every id comes from a row."""
        for sha256, found in self.sightings.items():
            assert self.world.sightings(sha256) == found
        assert {
            number
            for (number,) in self.world.ask("select campaign_id from ledger.campaign_sightings")
        } == self.expected.ids

    def check_values(self) -> None:
        """Properties 3, 4 and 7: every column of every campaign has the expected value."""
        assert differences(self.world.campaigns(), self.expected.records()) == []

    def check_people(self) -> None:
        """Ids of clients and vendors stay with their names, and so does what was typed in."""
        for table in ("clients", "vendors"):
            known, now = getattr(self, table), self.world.ids_by_name(table)
            assert known.items() <= now.items()
            setattr(self, table, now)
        for (table, column, name), text in self.typed.items():
            query = f"select {column} from ledger.{table} where name_key = %s"
            assert self.world.one(query, name) == text

    def check_times(self, before: dict[str, tuple[object, ...]]) -> None:
        """Property 1 for the rows that a build leaves as they are: not written, no new time."""
        after = self.world.versions()
        assert [row for row in before if row in after and before[row] != after[row]] == []


def test_every_sequence_of_exports_keeps_the_ledger_whole(world):
    Exports.world = world
    run_state_machine_as_test(
        Exports, settings=settings(LIMITS, max_examples=RUNS, stateful_step_count=STEPS)
    )


@pytest.mark.thorough
@given(first=sheets(SHORTEST), edits=edit_lists, shape=shapes, keys=row_keys)
@settings(LIMITS, max_examples=RUNS)
def test_the_order_of_rows_plays_no_part(world, first, edits, shape, keys):
    """Property 2: from one state, an export and the same in another order give the same ledger."""
    sheet = first.copy()
    world.restore("empty")
    world.load(Shape(delimiter="\t").of(sheet))
    world.build()
    world.save("first")
    known = set(world.campaigns())

    for edit in edits:
        edit.apply(sheet)
    export = replace(shape.of(sheet), delimiter=",")
    indexes = sorted(range(len(export.records)), key=lambda at: (keys[at % len(keys)], -at))
    records = tuple(export.records[at] for at in indexes)
    shuffled = replace(export, records=records, has_bom=not export.has_bom)
    contents: list[Counter[str]] = []
    for written in (export, shuffled):
        world.restore("first")
        path, _ = world.load(written)
        note(f"{path.name}:\n{path.read_text()}")
        world.build()
        contents.append(world.contents(known))
    as_it_was, in_another_order = contents
    assert sorted(as_it_was - in_another_order) == sorted(in_another_order - as_it_was)


@pytest.mark.thorough  # a short sequence of any files shows it in test_sameness.py
def test_one_build_of_two_exports_does_what_two_builds_do(ledger, world):
    """A newer cell that cannot be read hides no older one that can."""
    spoilt = {header: cells[0] for header in HEADERS if (cells := unreadable(header))}
    assert {"Client", "Client Email", "Vendor Email", "Invoice", "Salesperson"} < spoilt.keys()
    row = {"Campaign": "Luna - Tide"} | {
        header: next(cell for cell in POOLS[header] if cell and cell not in unreadable(header))
        for header in spoilt
    }
    exports = [Shape().of(Sheet([row])), Shape().of(Sheet([row | spoilt]))]
    results = []
    for is_built_between in (True, False):
        world.restore("empty")
        expected = ExpectedLedger()
        loaded = []
        for export in exports:
            _, result = world.load(export)
            loaded.append(result.loaded[0].sha256)
            if is_built_between or export is exports[-1]:
                world.build()
        for sha256, export in zip(loaded, exports, strict=True):
            found = world.sightings(sha256)
            expected.add_export(
                export, {number: campaign_id for number, (campaign_id, *_) in found.items()}
            )
        assert differences(world.campaigns(), expected.records()) == []
        results.append(world.contents(expected.ids))
    assert ledger.failures(*TRUTHS) == {name: [] for name in TRUTHS}
    apart, together = results
    assert sorted(together - apart) == sorted(apart - together)


@pytest.mark.thorough
@given(
    sheet=sheets(SHORTEST),
    edits=st.tuples(edit_lists, edit_lists),
    order=st.sampled_from([(2, 0, 1), (1, 2, 0), (2, 1, 0), (0, 2, 1), (1, 0, 2)]),
)
@settings(LIMITS, max_examples=RUNS)
def test_newer_exports_win_whenever_they_are_loaded(world, sheet, edits, order):
    """Property 3 by age: each of three lists has its newest `Last Modified` a day later."""
    sheet = sheet.copy()
    exports = []
    for day, changes in enumerate(([], *edits), 1):
        for edit in changes:
            edit.apply(sheet)
        SetColumn("Last Modified", f"01/0{day}/2026 04:42PM").apply(sheet)
        exports.append(Shape().of(sheet))
        assume(exports[-1].campaigns)

    world.restore("empty")
    ids: dict[int, dict[int, int]] = {}
    for age in order:
        path, result = world.load(exports[age])
        note(f"{path.name}:\n{path.read_text()}")
        world.build()
        found = world.sightings(result.loaded[0].sha256)
        ids[age] = {number: campaign_id for number, (campaign_id, *_) in found.items()}
        expected = ExpectedLedger()
        for loaded, rows in ids.items():  # a known SFA URL stays, whatever its age
            expected.add_sfa_urls(exports[loaded], rows)
        for loaded in sorted(ids):
            expected.add_export(exports[loaded], ids[loaded])
        assert differences(world.campaigns(), expected.records()) == []
